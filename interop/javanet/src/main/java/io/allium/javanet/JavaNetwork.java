package io.allium.javanet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.i2p.data.Hash;

/**
 * A network of real Java I2P routers in this JVM. They reach each other in memory; nothing of it reaches the outside. Each
 * router serves I2CP on 127.0.0.1, at a port that it keeps for all its lives. Several networks may exist, beside each other
 * or one after the other.
 *
 * <p>The first network of a JVM makes net.i2p's global context, which stays until the JVM ends. Routers share static state of
 * net.i2p: its caches, and the system property {@code router.version}.
 *
 * <p>Routers are killed, stopped and restarted by one thread at a time; other threads may wait and ask meanwhile.
 */
public final class JavaNetwork implements AutoCloseable {
  private final List<JavaRouter> routers = new ArrayList<>();
  private final LeaseSets leaseSets = new LeaseSets(routers);
  private final JavaNetworkOptions options;
  private final Path folder;
  private final Thread closesAtExit = new Thread(this::closeAtExit, "javanet-exit");

  private JavaNetwork(JavaNetworkOptions options) throws IOException {
    this.options = options;
    this.folder = Files.createTempDirectory("allium-javanet");
    Runtime.getRuntime().addShutdownHook(closesAtExit);
  }

  /** Six routers, as {@link JavaNetworkOptions#defaults()}. */
  public static JavaNetwork start() throws IOException, InterruptedException {
    return start(JavaNetworkOptions.defaults());
  }

  /**
   * Returns once all routers know each other, have tunnels of their own, and serve I2CP.
   *
   * @throws IllegalArgumentException when the options have too few routers for the length of their own tunnels
   * @throws IllegalStateException when another version of net.i2p is on the class path, another router runs in this JVM, or a
   *     router does not come up: the message says which, and has the end of its log
   * @throws IOException when the temporary folder cannot be written, or no port is free
   */
  public static JavaNetwork start(JavaNetworkOptions options)
      throws IOException, InterruptedException {
    options.check();
    Anchor.context();
    JavaNetwork network = new JavaNetwork(options);
    try {
      network.startAll();
      return network;
    } catch (IOException | InterruptedException | RuntimeException e) {
      network.close();
      throw e;
    }
  }

  private void startAll() throws IOException, InterruptedException {
    LoopbackPorts ports = new LoopbackPorts();
    MemoryLinks links = new MemoryLinks();
    for (int i = 0; i < options.routers(); i++) {
      JavaRouter router = new JavaRouter(i, ports.next(), options, links, folder.resolve("" + i));
      routers.add(router);
      router.start();
    }
    for (JavaRouter router : routers) {
      router.awaitUp();
    }
    for (JavaRouter router : routers) {
      introduce(router);
    }
    for (JavaRouter router : routers) {
      router.awaitTunnels();
    }
  }

  /** Makes a router and all others that run known to each other. */
  private void introduce(JavaRouter router) {
    for (JavaRouter other : routers) {
      if (other != router && other.isRunning()) {
        router.meet(other);
        other.meet(router);
      }
    }
  }

  /** How many routers the network has, running or not. */
  public int size() {
    return routers.size();
  }

  /** Where a router serves I2CP. It is the same after a restart. */
  public InetSocketAddress i2cp(int router) {
    return routers.get(router).i2cp();
  }

  /** The certificate (PEM) that a router with {@link JavaNetworkOptions#tls} shows; it names localhost and 127.0.0.1. */
  public Path certificate(int router) {
    return routers.get(router).certificate();
  }

  /**
   * Ends a router as the death of its process would: its clients' connections end without a word. Returns when it has ended, and
   * the other routers have begun to replace the tunnels that led through it. A router that is down stays so.
   */
  public void kill(int router) throws IOException, InterruptedException {
    JavaRouter victim = routers.get(router);
    if (victim.isRunning()) {
      Hash dead = victim.context().routerHash();
      victim.kill();
      forget(dead);
    }
  }

  /** As {@link #kill}, but in order: its clients get a Disconnect with the reason. */
  public void stop(int router) throws InterruptedException {
    JavaRouter victim = routers.get(router);
    if (victim.isRunning()) {
      Hash dead = victim.context().routerHash();
      victim.stop();
      forget(dead);
    }
  }

  private void forget(Hash dead) {
    routers.stream().filter(JavaRouter::isRunning).forEach(router -> router.forget(dead));
  }

  /**
   * Starts a router again that is down: the same identity at the same I2CP port. Returns once the others know it and it has
   * tunnels of its own.
   *
   * @throws IllegalStateException when it runs
   */
  public void restart(int router) throws InterruptedException {
    JavaRouter again = routers.get(router);
    if (again.isRunning()) {
      throw new IllegalStateException("router " + router + " runs: kill it first");
    }
    again.start();
    again.awaitUp();
    introduce(again);
    again.awaitTunnels();
  }

  /**
   * Waits until a session of this network has published a lease set, which takes 3 s, and until its lease set has only tunnels
   * that still exist, which takes about a second after {@link #kill} ended one of them. What others know of an older one is
   * replaced; without that, a router publishes a new one only a minute after the last, and peers learn of it later. Not for
   * encrypted lease sets, nor for sessions that publish none.
   *
   * <p>A message sent before may be lost, and a router that looked in vain three times does not look again for two minutes.
   *
   * @param destination the destination's hash, 32 bytes
   * @throws IllegalStateException when the limit is over first
   */
  public void awaitLeaseSet(byte[] destination, Duration limit) throws InterruptedException {
    Hash hash = new Hash(destination);
    Await.until("a current lease set", limit, () -> leaseSets.isCurrentEverywhere(hash));
  }

  /**
   * Whether a floodfill that runs has a lease set of this destination, so that others can look it up.
   *
   * @param destination the destination's hash, 32 bytes; of an encrypted lease set, that of the day's blinded key
   */
  public boolean isPublished(byte[] destination) {
    return leaseSets.isAtFloodfill(new Hash(destination));
  }

  /**
   * Waits until the network has the encrypted lease set of a session.
   *
   * @param session from {@link StockSession#openEncrypted}
   * @throws IllegalStateException when the limit is over first
   */
  public void awaitPublished(StockSession session, Duration limit) throws InterruptedException {
    Await.until(
        "an encrypted lease set at a floodfill", limit, () -> isPublished(session.blindedHash()));
  }

  /**
   * What a router wrote to its disk about encrypted lease sets that it opened for its clients.
   *
   * @return empty where there is nothing
   */
  public String blindCache(int router) throws IOException {
    return routers.get(router).blindCache();
  }

  /** Ends all routers, at once, and removes their files. The exit of the JVM does it too. */
  @Override
  public void close() throws IOException {
    try {
      Runtime.getRuntime().removeShutdownHook(closesAtExit);
    } catch (IllegalStateException e) {
      // The JVM is at its end, and that thread closes.
      if (!Thread.currentThread().equals(closesAtExit)) {
        return;
      }
    }
    endAll();
    RouterFolder.delete(folder);
  }

  private void closeAtExit() {
    try {
      close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void endAll() {
    List<Thread> ends = new ArrayList<>();
    for (JavaRouter router : routers) {
      ends.add(Thread.ofPlatform().name("javanet-close").start(() -> endQuietly(router)));
    }
    boolean interrupted = false;
    for (Thread end : ends) {
      interrupted |= joined(end);
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean joined(Thread end) {
    boolean interrupted = false;
    while (true) {
      try {
        end.join();
        return interrupted;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
  }

  private static void endQuietly(JavaRouter router) {
    try {
      router.kill();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
