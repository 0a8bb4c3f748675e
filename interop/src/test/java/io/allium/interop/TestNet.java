package io.allium.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A private I2P network of real i2pd routers on loopback, started by the script {@code testnet}, which tells all about it.
 * Which i2pd: the system property {@code allium.i2pd}, else the one that is installed.
 */
final class TestNet implements AutoCloseable {
  /** Forty times the real clock: tunnels in half a second, and every deadline of a router forty times as short. */
  static final int FAST = 40;

  /** For transfers, which a fast clock distorts. */
  static final int REAL = 1;

  private static final Path FOLDER = Path.of("target", "testnet").toAbsolutePath();
  private static final long LIMIT_SECONDS = 180;
  private static final int MAX_STARTS = 3;
  private static final AtomicInteger STARTED = new AtomicInteger();
  private static final AtomicInteger STARTED_AGAIN = new AtomicInteger();
  private static final AtomicReference<@Nullable TestNet> RUNNING = new AtomicReference<>();
  private static final Set<Process> SCRIPTS = ConcurrentHashMap.newKeySet();
  private static volatile boolean exiting;

  private final Path folder;
  private final List<URI> routers;
  private final RouterProcesses processes;

  private TestNet(Path folder, List<URI> routers) {
    this.folder = folder;
    this.routers = routers;
    processes = new RouterProcesses(folder);
  }

  /** Ends the network before it: two at once take the processor from each other, and routers then miss deadlines. */
  static TestNet start(int routers, int rate, String... more) throws IOException {
    closeIfOpen(RUNNING.get());
    int number = STARTED.incrementAndGet();
    if (number == 1) {
      removeOldRuns();
    }
    Path folder = FOLDER.resolve(ProcessHandle.current().pid() + "-" + number);
    Files.createDirectories(folder);
    AtomicReference<@Nullable TestNet> made = new AtomicReference<>();
    Runtime.getRuntime()
        .addShutdownHook(Thread.ofPlatform().unstarted(() -> endAtExit(made.get(), folder)));
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
    RUNNING.set(net);
    made.set(net);
    if (uris.size() != routers) {
      throw new IOException("the network did not start: " + output);
    }
    return net;
  }

  /** A start that is under way ends, too, and is not tried again. */
  private static void endAtExit(@Nullable TestNet net, Path folder) {
    if (net != null) {
      net.close();
      return;
    }
    exiting = true;
    SCRIPTS.forEach(Process::destroy);
    try {
      script(folder, List.of("down", "--keep"));
    } catch (IOException e) {
      throw new UncheckedIOException("routers may still run", e);
    }
  }

  private static void closeIfOpen(@Nullable TestNet net) {
    if (net != null) {
      net.close();
    }
  }

  /** What happened to the networks of this run. */
  static String summary() {
    return "test networks: " + STARTED + " started, " + RouterProcesses.broken().size()
        + " lost a router that died by itself, " + STARTED_AGAIN + " did not start at once";
  }

  /** Logs are kept for whoever looks into a failure, but only those of the last run. */
  private static void removeOldRuns() throws IOException {
    if (!Files.isDirectory(FOLDER)) {
      return;
    }
    try (Stream<Path> runs = Files.list(FOLDER)) {
      for (Path run : runs.toList()) {
        String owner = run.getFileName().toString().replaceFirst("-.*", "");
        if (!owner.matches("[0-9]{1,9}")
            || ProcessHandle.of(Long.parseLong(owner)).isPresent()) {
          continue;
        }
        script(run, List.of("down"));
        try (Stream<Path> files = Files.walk(run)) {
          for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
            Files.delete(file);
          }
        }
      }
    }
  }

  /** A router that was killed may hold its lock a moment longer than the next one waits. */
  private static String up(Path folder, List<String> options) throws IOException {
    for (int tries = 1; ; tries++) {
      try {
        return script(folder, options);
      } catch (IOException e) {
        if (tries == MAX_STARTS || exiting) {
          throw e;
        }
        System.out.println("tried again: " + e.getMessage());
        STARTED_AGAIN.incrementAndGet();
        script(folder, List.of("down"));
      }
    }
  }

  /** The SAM bridge of a router. */
  URI router(int index) {
    return routers.get(index);
  }

  /** The I2CP of a router, which the script puts two ports below its SAM bridge. */
  URI i2cp(int index) {
    URI sam = router(index);
    return URI.create("i2cp://" + sam.getHost() + ":" + (sam.getPort() - 2));
  }

  /** Where a router keeps its configuration, data and log. */
  Path folder(int index) {
    return folder.resolve("r" + index);
  }

  /** Kills a router at once, as losing power would. */
  void kill(int index) throws IOException {
    processes.killing(index);
    script(folder, List.of("kill", "" + index));
  }

  /** Stops a router without a word to anybody, as an overloaded machine would. */
  void pause(int index) throws IOException, InterruptedException {
    processes.signal(index, "STOP");
  }

  /** Lets a router that was stopped go on. */
  void resume(int index) throws IOException, InterruptedException {
    processes.signal(index, "CONT");
  }

  /** Starts a router that was killed, with its old data. */
  void restart(int index) throws IOException {
    script(folder, List.of("restart", "" + index));
    processes.restarted(index);
  }

  /** The numbers of the routers that do not run; those that only keep the network database come last. */
  List<Integer> dead() throws IOException {
    return processes.dead();
  }

  /** Whether a router died that nobody killed. */
  boolean isBroken() {
    return processes.isBroken();
  }

  boolean isClosed() {
    return processes.isClosed();
  }

  @Override
  public void close() {
    if (processes.isClosed()) {
      return;
    }
    processes.close();
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
    SCRIPTS.add(process);
    try {
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IOException("testnet " + options.get(0) + " did not end");
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      SCRIPTS.remove(process);
    }
    String output = Files.readString(log, StandardCharsets.UTF_8);
    if (process.exitValue() != 0) {
      throw new IOException("testnet " + options.get(0) + " failed: " + output);
    }
    return output;
  }
}
