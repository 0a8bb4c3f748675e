package io.allium.cli;

import io.allium.ConnectOptions;
import io.allium.ErrorKind;
import io.allium.I2p;
import io.allium.I2pAddress;
import io.allium.I2pException;
import io.allium.I2pSession;
import io.allium.I2pStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code allium isup}: which sites answer. */
@Command(
    name = "isup",
    description =
        "Says which I2P sites answer. Asks all of them at the same time, and each one twice before it is called down."
            + " A site is up when a byte came back: some routers say that a stream is open before the peer answered.")
final class IsUpCommand extends AlliumCommand {
  private static final Duration ANSWER = Duration.ofSeconds(60);

  /** The first look for a peer often fails, and finds it for the second. */
  private static final int TRIES = 2;

  private static final String NO_ANSWER = "no_answer";

  /** A session that was just opened would try for the whole 90 s to reach a site that is down. */
  private static final ConnectOptions QUICKLY =
      ConnectOptions.builder().timeout(Duration.ofSeconds(30)).build();

  /** A router asked for hundreds of lease sets at once finds fewer of them. */
  private static final int AT_ONCE = 32;

  @Parameters(arity = "1..*", paramLabel = "NAME", description = "host names or b32 addresses")
  List<String> names = new ArrayList<>();

  @Mixin
  SessionOptions options = new SessionOptions();

  @Override
  int run(Globals globals, Output out, Stop stop) throws Exception {
    for (String name : names) {
      I2pAddress.parse(name, 0); // what cannot be a name is no site that is down
    }
    try (I2p i2p = stop.closeAtEnd(globals.connect(out));
        I2pSession session = options.openClient(i2p, out);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Semaphore free = new Semaphore(AT_ONCE);
      List<Future<Boolean>> checks = new ArrayList<>();
      for (String name : names) {
        checks.add(threads.submit(() -> {
          free.acquire();
          try {
            return check(i2p, session, name, out);
          } finally {
            free.release();
          }
        }));
      }
      boolean allUp = true;
      for (Future<Boolean> check : checks) {
        allUp &= check.get();
      }
      return allUp ? ExitCodes.OK : ExitCodes.TRY_AGAIN;
    } catch (ExecutionException e) {
      throw e.getCause() instanceof I2pException cause ? cause : e;
    }
  }

  private static boolean check(I2p i2p, I2pSession session, String name, Output out)
      throws I2pException {
    long start = System.nanoTime();
    String down = "";
    for (int left = TRIES; left > 0; left--) {
      try {
        if (answers(i2p, session, name)) {
          long millis = (System.nanoTime() - start) / 1_000_000;
          out.line(name + " up " + millis + " ms", "name", name, "up", true, "millis", millis);
          return true;
        }
        down = NO_ANSWER;
      } catch (I2pException e) {
        if (e.kind() == ErrorKind.CLOSED || e.kind() == ErrorKind.INTERRUPTED) {
          throw e; // we were stopped, which tells nothing of the site
        }
        down = e.kind() == ErrorKind.PEER_RESET ? NO_ANSWER : Failure.small(e.kind());
        if (!e.kind().retryable() || e.kind() == ErrorKind.PEER_UNREACHABLE) {
          break; // who cannot be reached was tried several times
        }
      }
    }
    out.line(name + " down " + down, "name", name, "up", false, "why", down);
    return false;
  }

  private static boolean answers(I2p i2p, I2pSession session, String name) throws I2pException {
    try (I2pStream stream =
        session.connect(I2pAddress.parse(name, SessionOptions.portOrZero(i2p, 80)), QUICKLY)) {
      stream.readTimeout(ANSWER);
      stream
          .output()
          .write(("HEAD / HTTP/1.0\r\nHost: " + name + "\r\n\r\n")
              .getBytes(StandardCharsets.US_ASCII));
      return stream.input().read() >= 0;
    } catch (I2pException e) {
      throw e;
    } catch (IOException e) {
      return false;
    }
  }
}
