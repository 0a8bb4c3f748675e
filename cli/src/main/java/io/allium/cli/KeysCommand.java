package io.allium.cli;

import io.allium.DestinationKeys;
import io.allium.I2pException;
import io.allium.SignatureType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code allium keys}: identities in files. */
@Command(
    name = "keys",
    description = "Identities: destinations and their private keys in files.",
    subcommands = {KeysCommand.New.class, KeysCommand.Show.class, KeysCommand.Import.class})
final class KeysCommand extends AlliumCommand {
  @Override
  int run(Globals globals, Output out, Stop stop) throws CommandFailure {
    throw new CommandFailure(
        ExitCodes.USAGE,
        "keys needs a command: keys new FILE, keys show FILE, or keys import FROM FILE");
  }

  private static void show(DestinationKeys keys, Output out) {
    String type = keys.destination()
        .signatureType()
        .map(SignatureType::name)
        .orElseGet(() -> Integer.toString(keys.destination().signatureTypeCode()));
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("address", keys.destination().base32().text());
    facts.put("destination", keys.destination().base64());
    facts.put("type", type);
    keys.expires().ifPresent(time -> facts.put("expires", time.toString()));
    out.record(facts);
  }

  private static void requireAbsent(Path file) throws CommandFailure {
    if (Files.exists(file)) {
      throw new CommandFailure(
          ExitCodes.CANNOT_CREATE,
          file + " exists, and key files are never overwritten: choose another name");
    }
  }

  /** A file that cannot be made is told by its own exit code. */
  private static CommandFailure cannotCreate(I2pException e) {
    return new CommandFailure(ExitCodes.CANNOT_CREATE, String.valueOf(e.getMessage()));
  }

  /** {@code allium keys new}. */
  @Command(
      name = "new",
      description = "Makes a new identity in a new file. Nobody else can read the file.")
  static final class New extends AlliumCommand {
    @Parameters(paramLabel = "FILE", description = "the new key file")
    Path file = Path.of("");

    @Option(
        names = "--type",
        paramLabel = "T",
        description = "${COMPLETION-CANDIDATES}; default ED25519")
    SignatureType type = SignatureType.ED25519;

    @Override
    int run(Globals globals, Output out, Stop stop) throws Exception {
      requireAbsent(file);
      try (DestinationKeys keys = create()) {
        show(keys, out);
      }
      return ExitCodes.OK;
    }

    private DestinationKeys create() throws CommandFailure {
      try {
        return DestinationKeys.create(file, type);
      } catch (I2pException e) {
        throw cannotCreate(e);
      }
    }
  }

  /** {@code allium keys show}. */
  @Command(name = "show", description = "Shows the public half of an identity.")
  static final class Show extends AlliumCommand {
    @Parameters(paramLabel = "FILE", description = "a key file of Allium, i2plib, Java I2P or i2pd")
    Path file = Path.of("");

    @Override
    int run(Globals globals, Output out, Stop stop) throws Exception {
      try (DestinationKeys keys = load()) {
        show(keys, out);
      }
      return ExitCodes.OK;
    }

    private DestinationKeys load() throws CommandFailure {
      try {
        return DestinationKeys.load(file);
      } catch (I2pException e) {
        throw new CommandFailure(ExitCodes.BAD_DATA, String.valueOf(e.getMessage()));
      }
    }
  }

  /** {@code allium keys import}. */
  @Command(
      name = "import",
      description =
          "Makes a key file from keys of another program: a key file of i2plib, i2pd or Java I2P, or text in"
              + " base 64.")
  static final class Import extends AlliumCommand {
    /** More than the longest keys as text. */
    private static final int MAX = 1 << 16;

    @Parameters(
        index = "0",
        paramLabel = "FROM",
        description = "the other file; - is standard input")
    Path from = Path.of("");

    @Parameters(
        index = "1",
        paramLabel = "FILE",
        description = "the new key file; nobody else can read it")
    Path file = Path.of("");

    @Override
    int run(Globals globals, Output out, Stop stop) throws Exception {
      requireAbsent(file);
      try (DestinationKeys keys = read()) {
        save(keys);
        show(keys, out);
      }
      return ExitCodes.OK;
    }

    private DestinationKeys read() throws IOException, CommandFailure {
      try {
        return from.toString().equals("-")
            ? DestinationKeys.importFrom(System.in.readNBytes(MAX))
            : DestinationKeys.importFrom(from);
      } catch (I2pException e) {
        throw new CommandFailure(ExitCodes.BAD_DATA, String.valueOf(e.getMessage()));
      }
    }

    private void save(DestinationKeys keys) throws CommandFailure {
      try {
        keys.save(file);
      } catch (I2pException e) {
        throw cannotCreate(e);
      }
    }
  }
}
