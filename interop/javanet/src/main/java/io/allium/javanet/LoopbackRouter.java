package io.allium.javanet;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import net.i2p.data.DataFormatException;
import net.i2p.data.router.RouterInfo;
import net.i2p.router.Router;
import net.i2p.router.RouterContext;
import net.i2p.router.TunnelManagerFacade;
import net.i2p.router.tunnel.pool.TunnelPool;
import org.jspecify.annotations.Nullable;

/**
 * A real Java I2P router in this JVM that reaches routers of any kind on this machine: its links are NTCP2, at an address of
 * 127.0.0.0/8 that it publishes, and it knows nobody but whom it {@linkplain #meet meets}. Several may run in one JVM. It serves
 * I2CP on 127.0.0.1. As for {@link JavaNetwork}, the first router of a JVM makes net.i2p's global context.
 */
public final class LoopbackRouter implements AutoCloseable {
  /** The network that it is in: routers of another number do not talk to it. */
  public static final int NETWORK = Integer.parseInt(Settings.NETWORK);

  /** 127.100.1.1 and up, one network a router: routers do not like two of one network. */
  private static final int FIRST_NETWORK = 100;

  private static final int MOST = 100;

  /** A cold JVM on a busy machine needs some seconds. */
  private static final Duration START = Duration.ofSeconds(60);

  private static final Duration STOP = Duration.ofSeconds(30);

  /** R: others can reach it. */
  private static final char REACHABLE = 'R';

  private final InetSocketAddress i2cp;
  private final RouterFolder files;
  private final Path folder;
  private final TestRouter router;
  private final Thread closesAtExit = new Thread(this::closeAtExit, "javanet-loopback-exit");

  private LoopbackRouter(InetAddress address) throws IOException {
    Anchor.context();
    int port = new LoopbackPorts(address).next();
    i2cp = new InetSocketAddress(InetAddress.getLoopbackAddress(), new LoopbackPorts().next());
    folder = Files.createTempDirectory("allium-javanet-loopback");
    Runtime.getRuntime().addShutdownHook(closesAtExit);
    files = new RouterFolder(folder);
    files.create(Settings.loopback(address.getHostAddress(), port, i2cp.getPort()));
    router = Quiet.call(() -> {
      try {
        TestRouter made = new TestRouter(files.properties());
        made.setKillVMOnEnd(false);
        made.runRouter();
        return made;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    });
  }

  /**
   * Returns once it serves I2CP and can tell others where it is.
   *
   * @param number which router of this network it is, 0 to 99: each has an address of its own
   * @throws IllegalStateException when it does not come up: the message has the end of its log
   * @throws IOException when the temporary folder cannot be written, or no port is free
   */
  public static LoopbackRouter start(int number) throws IOException, InterruptedException {
    if (number < 0 || number >= MOST) {
      throw new IllegalArgumentException("router " + number + ": use 0 to " + (MOST - 1));
    }
    InetAddress address =
        InetAddress.getByAddress(new byte[] {127, (byte) (FIRST_NETWORK + number), 1, 1});
    LoopbackRouter made = new LoopbackRouter(address);
    try {
      made.awaitUp(address);
      return made;
    } catch (InterruptedException | RuntimeException e) {
      made.close();
      throw e;
    }
  }

  private void awaitUp(InetAddress address) throws InterruptedException {
    until("its transport", START, () -> Internals.dialFrom(context(), address));
    until(
        "its network database",
        START,
        () -> context().netDb() != null && context().netDb().isInitialized());
    until(
        "its I2CP listener",
        START,
        () -> context().clientManager().isAlive() && Internals.listens(context()));
    until("its description of itself", START, this::isDescribed);
  }

  private boolean isDescribed() {
    RouterInfo info = router.getRouterInfo();
    if (info == null) {
      return false;
    }
    if (info.getCapabilities().indexOf(REACHABLE) < 0 || info.getAddresses().isEmpty()) {
      router.rebuildRouterInfo(true);
      return false;
    }
    return true;
  }

  private RouterContext context() {
    return router.getContext();
  }

  /** Where it serves I2CP. */
  public InetSocketAddress i2cp() {
    return i2cp;
  }

  /** Its RouterInfo, which says to others who and where it is. */
  public byte[] description() {
    return router.getRouterInfo().toByteArray();
  }

  /**
   * Makes another router known to it.
   *
   * @param description a RouterInfo
   * @return false if the other one does not say yet that it can be reached; this router would not use it
   * @throws IOException when it is no RouterInfo
   */
  public boolean meet(byte[] description) throws IOException {
    RouterInfo other = new RouterInfo();
    try {
      other.readBytes(new ByteArrayInputStream(description), true);
    } catch (DataFormatException e) {
      throw new IOException(e);
    }
    if (other.getCapabilities().indexOf(REACHABLE) < 0) {
      return false;
    }
    context().netDb().store(other.getHash(), other);
    context().profileManager().heardAbout(other.getHash());
    return true;
  }

  /**
   * Waits until it has tunnels of its own, in and out, through others.
   *
   * @throws IllegalStateException when the limit is over first; the message has the end of its log
   */
  public void awaitTunnels(Duration limit) throws InterruptedException {
    TunnelManagerFacade tunnels = context().tunnelManager();
    until(
        "its tunnels",
        limit,
        () -> leadsThroughOthers(tunnels.getInboundExploratoryPool())
            && leadsThroughOthers(tunnels.getOutboundExploratoryPool()));
  }

  private static boolean leadsThroughOthers(@Nullable TunnelPool pool) {
    // The router itself is one of a tunnel's members.
    return pool != null && pool.listTunnels().stream().anyMatch(tunnel -> tunnel.getLength() > 1);
  }

  /** How many tunnels of others lead through it. */
  public int carried() {
    return context().tunnelManager().getParticipatingCount();
  }

  private void until(String state, Duration limit, BooleanSupplier reached)
      throws InterruptedException {
    try {
      Await.until("the Java router: " + state, limit, reached);
    } catch (IllegalStateException e) {
      throw new IllegalStateException(e.getMessage() + "\n" + files.log(), e);
    }
  }

  /** Ends it at once, and removes its files. The exit of the JVM does it too. */
  @Override
  public void close() throws IOException {
    try {
      Runtime.getRuntime().removeShutdownHook(closesAtExit);
    } catch (IllegalStateException e) {
      // The JVM is at its end, and that thread closes.
      return;
    }
    end();
  }

  private void closeAtExit() {
    try {
      end();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void end() throws IOException {
    router.cut();
    // In a thread of its own, as a router changes the priority of the thread that stops it.
    Thread stopper = Thread.ofPlatform()
        .name("javanet-loopback-stops")
        .daemon()
        .start(() -> router.shutdown(Router.EXIT_HARD));
    try {
      stopper.join(STOP);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    router.endDetector();
    RouterFolder.delete(folder);
  }
}
