package io.allium.javanet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import net.i2p.data.Hash;
import net.i2p.data.LeaseSet;
import net.i2p.data.router.RouterInfo;
import net.i2p.router.NetworkDatabaseFacade;
import net.i2p.router.Router;
import net.i2p.router.RouterContext;
import net.i2p.router.TunnelInfo;
import net.i2p.router.TunnelManagerFacade;
import net.i2p.router.tunnel.pool.PooledTunnelCreatorConfig;
import net.i2p.router.tunnel.pool.TunnelPool;
import org.jspecify.annotations.Nullable;

/** One router of a {@link JavaNetwork}, through all its lives. */
final class JavaRouter {
  /** A cold JVM on a busy machine needs some seconds. */
  private static final Duration START = Duration.ofSeconds(60);

  private static final Duration STOP = Duration.ofSeconds(30);

  private final int number;
  private final int port;
  private final JavaNetworkOptions options;
  private final MemoryLinks links;
  private final RouterFolder folder;
  private volatile @Nullable NetworkRouter running;

  JavaRouter(int number, int port, JavaNetworkOptions options, MemoryLinks links, Path folder)
      throws IOException {
    this.number = number;
    this.port = port;
    this.options = options;
    this.links = links;
    this.folder = new RouterFolder(folder);
    this.folder.create(Settings.router(Anchor.context(), options, number, port));
  }

  InetSocketAddress i2cp() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  Path certificate() {
    return folder.file("certificates/i2cp/i2cp.local.crt");
  }

  String blindCache() throws IOException {
    Path file = folder.file("router.blindcache.dat");
    return Files.exists(file) ? Files.readString(file, StandardCharsets.ISO_8859_1) : "";
  }

  boolean isRunning() {
    return running != null;
  }

  RouterContext context() {
    NetworkRouter router = running;
    if (router == null) {
      throw new IllegalStateException("router " + number + " is down: restart it first");
    }
    return router.getContext();
  }

  /** Returns before the router is up. */
  void start() {
    running = Quiet.call(() -> {
      try {
        NetworkRouter router =
            new NetworkRouter(folder.properties(), links, number, options.hasZeroHopLookups());
        router.setKillVMOnEnd(false);
        router.runRouter();
        return router;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    });
  }

  /** Waits until it serves I2CP and has a RouterInfo that says what it is. */
  void awaitUp() throws InterruptedException {
    until(
        "its network database",
        START,
        () -> context().netDb() != null && context().netDb().isInitialized());
    if (isFloodfill()) {
      until(
          "its answers to look-ups",
          START,
          () -> Internals.answerLookups(context().netDb()));
      until("its duty as a floodfill", START, () -> context().netDb().floodfillEnabled());
    }
    until(
        "its I2CP listener on port " + port,
        START,
        () -> context().clientManager().isAlive() && Internals.listens(context()));
    until(
        "its place on the links",
        START,
        () -> context().routerHash() != null && links.isUp(context().routerHash()));
    until("its description of itself", START, this::isDescribed);
  }

  /** Made too early, the description lacks that it is a floodfill; that is so until the next hour. */
  private boolean isDescribed() {
    RouterInfo info = context().router().getRouterInfo();
    if (info == null) {
      return false;
    }
    boolean says = info.getCapabilities().indexOf('f') >= 0;
    if (says != isFloodfill() || info.getCapabilities().indexOf('R') < 0) {
      context().router().rebuildRouterInfo(true);
      return false;
    }
    return !info.getAddresses().isEmpty();
  }

  boolean isFloodfill() {
    return number < options.floodfills();
  }

  /** Makes another router known to this one. */
  void meet(JavaRouter other) {
    RouterInfo info = other.context().router().getRouterInfo();
    Hash hash = info.getIdentity().getHash();
    context().netDb().store(hash, info);
    context().profileManager().heardAbout(hash);
  }

  /** Waits until its own tunnels are as long as they shall be, so that sessions' tunnels are built fast from the first. */
  void awaitTunnels() throws InterruptedException {
    TunnelManagerFacade tunnels = context().tunnelManager();
    until(
        "its tunnels",
        START,
        () -> isBuilt(tunnels.getInboundExploratoryPool())
            && isBuilt(tunnels.getOutboundExploratoryPool()));
  }

  private boolean isBuilt(@Nullable TunnelPool pool) {
    // The router itself is one of a tunnel's members.
    return pool != null
        && pool.listTunnels().stream()
            .anyMatch(tunnel -> tunnel.getLength() > options.exploratoryHops());
  }

  /** Replaces all tunnels that lead through a router that is down; else tunnel tests would find it out, after minutes. */
  void forget(Hash dead) {
    List<TunnelPool> pools = new ArrayList<>();
    context().tunnelManager().listPools(pools);
    pools.stream()
        .flatMap(pool -> pool.listTunnels().stream())
        .filter(tunnel -> leadsThrough(tunnel, dead))
        .map(PooledTunnelCreatorConfig.class::cast)
        .forEach(tunnel -> {
          tunnel.tunnelFailedCompletely();
          tunnel.tunnelFailed();
        });
  }

  private static boolean leadsThrough(TunnelInfo tunnel, Hash router) {
    return IntStream.range(0, tunnel.getLength())
        .anyMatch(hop -> router.equals(tunnel.getPeer(hop)));
  }

  boolean serves(Hash destination) {
    return context().clientManager().isLocal(destination);
  }

  /** Of a session of this router; null while a tunnel in it has ended, or while there is none. */
  @Nullable
  LeaseSet leaseSet(Hash destination) {
    LeaseSet signed = context().clientNetDb(destination).lookupLeaseSetLocally(destination);
    TunnelPool inbound = context().tunnelManager().getInboundClientPools().get(destination);
    if (signed == null || inbound == null) {
      return null;
    }
    List<TunnelInfo> tunnels = inbound.listTunnels();
    boolean current = IntStream.range(0, signed.getLeaseCount())
        .mapToObj(signed::getLease)
        .allMatch(lease -> tunnels.stream()
            .anyMatch(tunnel -> tunnel.getPeer(0).equals(lease.getGateway())
                && tunnel.getReceiveTunnelId(0).equals(lease.getTunnelId())));
    return current ? signed : null;
  }

  /** Its own network database, and that of each session. */
  Set<NetworkDatabaseFacade> databases() {
    Set<NetworkDatabaseFacade> databases = new HashSet<>(Set.of(context().netDb()));
    for (Hash session : context().clientManager().getPrimaryHashes()) {
      databases.add(context().clientNetDb(session));
    }
    return databases;
  }

  /** As when its process dies: its clients and its peers hear nothing more. */
  void kill() throws IOException, InterruptedException {
    NetworkRouter router = running;
    if (router == null) {
      return;
    }
    router.cut();
    Internals.stopListening(router.getContext());
    until("the end of its listener", STOP, () -> !Internals.listens(router.getContext()));
    Internals.cutClients(router.getContext());
    end(router);
  }

  /** As when its process is told to end: its clients are told that the router shuts down. */
  void stop() throws InterruptedException {
    NetworkRouter router = running;
    if (router == null) {
      return;
    }
    router.cut();
    end(router);
  }

  private void end(NetworkRouter router) throws InterruptedException {
    AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    // In a thread of its own, as a router changes the priority of the thread that stops it.
    Thread stopper = Thread.ofPlatform()
        .name("javanet-" + number + "-stops")
        .daemon()
        .uncaughtExceptionHandler((thread, e) -> failure.set(e))
        .start(() -> router.shutdown(Router.EXIT_HARD));
    if (!stopper.join(STOP)) {
      throw failed("its end");
    }
    if (failure.get() != null) {
      throw new IllegalStateException("router " + number + " did not stop", failure.get());
    }
    router.endDetector();
    running = null;
  }

  private void until(String state, Duration limit, BooleanSupplier reached)
      throws InterruptedException {
    try {
      Await.until("router " + number + ": " + state, limit, reached);
    } catch (IllegalStateException e) {
      throw new IllegalStateException(e.getMessage() + "\n" + folder.log(), e);
    }
  }

  private IllegalStateException failed(String what) {
    return new IllegalStateException(
        "router " + number + ": " + what + " did not come\n" + folder.log());
  }
}
