package io.allium.interop;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A private I2P network of real i2pd routers on loopback, started by the script {@code testnet}, which tells all about it.
 * Which i2pd: the system property {@code allium.i2pd}, else the one that is installed.
 */
final class TestNet implements AutoCloseable {
  /** Forty times the real clock: tunnels in half a second, and every deadline of a router forty times as short. */
  static final int FAST = 40;

  /** For transfers, which a fast clock distorts. */
  static final int REAL = 1;

  private static final long LIMIT_SECONDS = 180;
  private static final int MAX_STARTS = 3;
  private static final AtomicInteger STARTED = new AtomicInteger();

  private final Path folder;
  private final List<URI> routers;

  private TestNet(Path folder, List<URI> routers) {
    this.folder = folder;
    this.routers = routers;
  }

  static TestNet start(int routers, int rate, String... more) throws IOException {
    Path folder = Path.of(
            "target", "testnet", ProcessHandle.current().pid() + "-" + STARTED.incrementAndGet())
        .toAbsolutePath();
    Files.createDirectories(folder);
    List<String> options =
        new ArrayList<>(List.of("up", "" + routers, "--rate", "" + rate, "--quick"));
    options.addAll(List.of(more));
    String output = up(folder, options);
    List<URI> uris = output
        .lines()
        .filter(line -> line.matches("[0-9.]+ [0-9]+"))
        .map(line -> URI.create("sam://" + line.replace(' ', ':')))
        .toList();
    TestNet net = new TestNet(folder, uris);
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(net::close));
    if (uris.size() != routers) {
      throw new IOException("the network did not start: " + output);
    }
    return net;
  }

  /** A router that was killed may hold its lock a moment longer than the next one waits. */
  private static String up(Path folder, List<String> options) throws IOException {
    for (int tries = 1; ; tries++) {
      try {
        return script(folder, options);
      } catch (IOException e) {
        if (tries == MAX_STARTS) {
          throw e;
        }
        script(folder, List.of("down", "--keep"));
      }
    }
  }

  /** The SAM bridge of a router. */
  URI router(int index) {
    return routers.get(index);
  }

  void kill(int index) throws IOException {
    script(folder, List.of("kill", "" + index));
  }

  void restart(int index) throws IOException {
    script(folder, List.of("restart", "" + index));
  }

  /** Whether every router still runs. */
  boolean isAlive() {
    try {
      script(folder, List.of("status"));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Ends the routers; their logs stay. */
  @Override
  public void close() {
    try {
      script(folder, List.of("down", "--keep"));
    } catch (IOException e) {
      throw new IllegalStateException("routers may still run", e);
    }
  }

  private static String script(Path folder, List<String> options) throws IOException {
    List<String> command = new ArrayList<>(List.of("python3", "src/test/scripts/testnet"));
    command.addAll(options);
    command.addAll(List.of("--dir", folder.toString()));
    String i2pd = System.getProperty("allium.i2pd", "");
    if (!i2pd.isEmpty()) {
      command.addAll(List.of("--i2pd", i2pd));
    }
    Path log = folder.resolve("testnet-" + options.get(0) + ".log");
    Process process = new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
    try {
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IOException("testnet " + options.get(0) + " did not end");
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    String output = Files.readString(log, StandardCharsets.UTF_8);
    if (process.exitValue() != 0) {
      throw new IOException("testnet " + options.get(0) + " failed: " + output);
    }
    return output;
  }
}
