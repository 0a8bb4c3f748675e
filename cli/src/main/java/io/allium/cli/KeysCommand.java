package io.allium.cli;

import io.allium.DestinationKeys;
import io.allium.I2pException;
import io.allium.SignatureType;
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
    subcommands = {KeysCommand.New.class, KeysCommand.Show.class})
final class KeysCommand extends AlliumCommand {
  @Override
  int run(Globals globals, Output out, Stop stop) throws CommandFailure {
    throw new CommandFailure(ExitCodes.USAGE, "say what to do: keys new FILE, or keys show FILE");
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

  /** {@code allium keys new}. */
  @Command(
      name = "new",
      description =
          "Makes a new identity in a file that does not exist yet; nobody else can read it.")
  static final class New extends AlliumCommand {
    @Parameters(paramLabel = "FILE", description = "where it goes")
    Path file = Path.of("");

    @Option(
        names = "--type",
        paramLabel = "T",
        description = "${COMPLETION-CANDIDATES}; default ED25519")
    SignatureType type = SignatureType.ED25519;

    @Override
    int run(Globals globals, Output out, Stop stop) throws Exception {
      if (Files.exists(file)) {
        throw new CommandFailure(
            ExitCodes.CANNOT_CREATE, file + " exists: key files are never overwritten");
      }
      try (DestinationKeys keys = create()) {
        show(keys, out);
      }
      return ExitCodes.OK;
    }

    private DestinationKeys create() throws CommandFailure {
      try {
        return DestinationKeys.create(file, type);
      } catch (I2pException e) {
        throw new CommandFailure(ExitCodes.CANNOT_CREATE, String.valueOf(e.getMessage()));
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
}
