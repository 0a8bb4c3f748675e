package io.allium.cli;

import io.allium.I2p;
import io.allium.I2pAddress;
import io.allium.I2pException;
import io.allium.I2pSession;
import io.allium.I2pStream;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code allium receive}: the file that a sender offers, in as many attempts as it takes. */
@Command(
    name = "receive",
    description =
        "Fetches the file of 'allium send'. Goes on where it was cut off, and ends with 0 once the file is complete and has"
            + " the SHA-256 that the sender announced.")
final class ReceiveCommand extends AlliumCommand {
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  @Parameters(paramLabel = "ADDRESS", description = "the sender's address")
  String address = "";

  @Option(
      names = "-o",
      paramLabel = "FILE",
      description =
          "where to store it; default: the sender's name for it, in this folder. Never overwritten. It appears only"
              + " once it is complete; until then FILE.….part has what came")
  @Nullable
  Path file;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description = "give up after so many seconds without a new byte, 1-604800; default 600")
  int timeout = 600;

  @Mixin
  SessionOptions options = new SessionOptions();

  Path folder = Path.of("");

  Duration firstPause = Duration.ofSeconds(1);

  /** Then whoever sent the file has probably heard of its arrival and ended, or is gone. */
  Duration telling = Duration.ofMinutes(1);

  @Override
  int run(Globals globals, Output out, Stop stop) throws Exception {
    check();
    I2pAddress sender = I2pAddress.parse(address, 0);
    I2p i2p = stop.closeAtEnd(globals.connect(out));
    I2pPort.requireCarried(i2p, sender.port());
    FileReceiver receiver = new FileReceiver(file, folder, out);
    try {
      receive(receiver, i2p, sender, out);
    } catch (CommandFailure | I2pException e) {
      if (receiver.received().isEmpty()) {
        throw e;
      }
      out.talk("the file is here, but the sender may not know it: " + e.getMessage());
    }
    FileReceiver.Received received = receiver.received().orElseThrow();
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("file", received.file().toString());
    facts.put("bytes", received.length());
    facts.put("sha256", received.sha256());
    out.record(facts);
    return ExitCodes.OK;
  }

  private void check() throws CommandFailure {
    if (timeout < 1 || timeout > 604_800) {
      throw new CommandFailure(ExitCodes.USAGE, "--timeout takes 1-604800 seconds");
    }
    if (file == null) {
      return;
    }
    if (file.toString().equals("-")) {
      throw new CommandFailure(
          ExitCodes.USAGE,
          "data that is not verified yet cannot go to standard output: give -o a file, and print it afterwards");
    }
    Path parent = file.toAbsolutePath().getParent();
    if (Files.isDirectory(file) || parent == null || !Files.isDirectory(parent)) {
      throw new CommandFailure(
          ExitCodes.CANNOT_CREATE,
          "-o " + file + " is not a file in a folder that exists: choose one that is");
    }
  }

  private void receive(FileReceiver receiver, I2p i2p, I2pAddress sender, Output out)
      throws I2pException, CommandFailure, InterruptedException {
    Duration pause = firstPause;
    long since = System.nanoTime();
    long before = 0;
    boolean here = false;
    while (true) {
      Optional<IOException> cut = attempt(receiver, i2p, sender, out);
      if (cut.isEmpty()) {
        return;
      }
      if (receiver.progress() > before || receiver.received().isPresent() != here) {
        before = receiver.progress();
        here = receiver.received().isPresent();
        pause = firstPause;
        since = System.nanoTime();
      }
      Duration limit = here ? telling : Duration.ofSeconds(timeout);
      if (System.nanoTime() - since >= limit.toNanos()) {
        throw givenUp(cut.get(), limit);
      }
      out.talk(cut.get().getMessage() + "; trying again in " + pause.toMillis() / 1e3 + " s");
      Thread.sleep(pause);
      pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0
          ? pause.multipliedBy(2)
          : LONGEST_PAUSE;
    }
  }

  /** What cut it, if it was. Each comes from a new session: the sender's router may know an outdated way to an old one. */
  private Optional<IOException> attempt(
      FileReceiver receiver, I2p i2p, I2pAddress sender, Output out)
      throws I2pException, CommandFailure {
    try (I2pSession session = options.openClient(i2p, out);
        I2pStream stream = session.connect(sender)) {
      receiver.attempt(new TransferStream(stream, TransferStream.SILENCE));
      return Optional.empty();
    } catch (I2pException e) {
      if (e.kind().retryable()) {
        return Optional.of(e);
      }
      throw e;
    } catch (ProtocolException e) {
      throw new CommandFailure(
          ExitCodes.PROTOCOL,
          "the sender sent " + e.getMessage() + ": check that allium send runs at this address");
    } catch (IOException e) {
      return Optional.of(e);
    }
  }

  private static CommandFailure givenUp(IOException last, Duration limit) {
    return new CommandFailure(
        last instanceof I2pException failure ? ExitCodes.of(failure.kind()) : ExitCodes.TRY_AGAIN,
        "no new byte came within " + limit.toSeconds() + " s (" + last.getMessage()
            + "): run it again, and it goes on with what it has");
  }
}
