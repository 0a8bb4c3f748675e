package io.allium.interop;

import io.allium.javanet.LoopbackRouter;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One network of i2pd and of Java routers, with links by NTCP2 on loopback at the real clock. It needs an i2pd of 2.51 or newer:
 * older ones refuse addresses of loopback, and Java routers cannot see the ones that are shown instead.
 *
 * <p>The Java routers run in this JVM.
 */
final class MixedNetwork implements AutoCloseable {
  private static final int JAVA_ROUTERS = 2;
  private static final int I2PD_ROUTERS = 3;
  private static final int FLOODFILLS = 2;
  /** Ten times what it takes, as routers get slow on a busy machine. */
  private static final Duration LIMIT = Duration.ofSeconds(120);

  private static final long POLL_MILLIS = 20;

  /** On loopback, i2pd finds out that it can be reached only where it serves SSU2, too. It need not tell others of that. */
  private static final List<String> OPTIONS = List.of(
      "--no-shim",
      "--no-check",
      "--floodfills",
      "" + FLOODFILLS,
      "--set",
      "netid=" + LoopbackRouter.NETWORK,
      "--set",
      "ssu2.enabled=true",
      "--set",
      "ssu2.published=false");

  private static final Pattern VERSION = Pattern.compile("i2pd version ([0-9]+)\\.([0-9]+)");
  private static final int OLDEST = 2_051;

  private final List<LoopbackRouter> java = new ArrayList<>();
  private @Nullable TestNet i2pd;

  private MixedNetwork() {}

  /** Whether this i2pd is new enough. */
  static boolean isPossible() throws IOException {
    Process asked = new ProcessBuilder(RequiresI2pd.Condition.i2pd(), "--version").start();
    String said = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    Matcher version = VERSION.matcher(said);
    return version.find()
        && Integer.parseInt(version.group(1)) * 1000 + Integer.parseInt(version.group(2)) >= OLDEST;
  }

  static MixedNetwork start() throws IOException, InterruptedException {
    MixedNetwork network = new MixedNetwork();
    try {
      network.startAll();
      return network;
    } catch (IOException | InterruptedException | RuntimeException e) {
      network.close();
      throw e;
    }
  }

  /** The Java routers first: an i2pd learns only when it starts whom it may trust. */
  private void startAll() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("allium-mixed");
    folder.toFile().deleteOnExit();
    List<String> options = new ArrayList<>(OPTIONS);
    for (int i = 0; i < JAVA_ROUTERS; i++) {
      LoopbackRouter router = LoopbackRouter.start(i);
      java.add(router);
      Path description = Files.write(folder.resolve("java-" + i), router.description());
      description.toFile().deleteOnExit();
      options.addAll(List.of("--meet", description.toString()));
    }
    i2pd = TestNet.start(I2PD_ROUTERS, TestNet.REAL, options.toArray(new String[0]));
    for (LoopbackRouter router : java) {
      meetAll(router);
    }
    for (LoopbackRouter router : java) {
      router.awaitTunnels(LIMIT);
    }
  }

  private void meetAll(LoopbackRouter router) throws IOException, InterruptedException {
    for (int i = 0; i < I2PD_ROUTERS + FLOODFILLS; i++) {
      meet(router, i2pd().folder(i).resolve("router.info"));
    }
    for (LoopbackRouter other : java) {
      if (!other.equals(router)) {
        router.meet(other.description());
      }
    }
  }

  /** An i2pd says that it can be reached a moment after its start. */
  private static void meet(LoopbackRouter router, Path description)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (!router.meet(Files.readAllBytes(description))) {
      if (System.nanoTime() > end) {
        throw new IOException("an i2pd does not say that it can be reached: " + description);
      }
      Thread.sleep(POLL_MILLIS);
    }
  }

  private TestNet i2pd() {
    return Objects.requireNonNull(i2pd);
  }

  /** The SAM bridge of an i2pd. */
  URI sam(int router) {
    return i2pd().router(router);
  }

  /** The I2CP of an i2pd. */
  URI i2pdI2cp(int router) {
    return i2pd().i2cp(router);
  }

  /** The I2CP of a Java router. */
  URI javaI2cp(int router) {
    InetSocketAddress at = java.get(router).i2cp();
    return URI.create("i2cp://127.0.0.1:" + at.getPort());
  }

  /** How many tunnels of others lead through Java routers now. */
  int carriedByJava() {
    return java.stream().mapToInt(LoopbackRouter::carried).sum();
  }

  @Override
  public void close() throws IOException {
    TestNet started = i2pd;
    if (started != null) {
      started.close();
    }
    for (LoopbackRouter router : java) {
      router.close();
    }
  }
}
