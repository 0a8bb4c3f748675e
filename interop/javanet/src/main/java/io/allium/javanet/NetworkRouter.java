package io.allium.javanet;

import java.util.Properties;
import net.i2p.data.Hash;
import net.i2p.router.NetworkDatabaseFacade;
import net.i2p.router.Router;
import org.jspecify.annotations.Nullable;

/** A router of net.i2p with links in memory, which believes that it has been up for a while. */
final class NetworkRouter extends Router {
  /** A router that is up for less refuses to be a hop of others' tunnels. */
  private static final long OLDER_MILLIS = 11 * 60 * 1000;

  /** What a context asks for just after it made its transports, and before anything uses them. */
  private static final String ASKED_AFTER_TRANSPORTS = "i2p.dummyPeerManager";

  /** What a look-up asks for before it chooses whom to ask. */
  private static final String ASKED_BEFORE_LOOKUPS = "netDb.alwaysQuery";

  private final MemoryLinks links;
  private final int number;
  private final boolean zeroHopLookups;
  private volatile @Nullable MemoryCommSystem wire;
  private volatile boolean stopping;

  NetworkRouter(Properties config, MemoryLinks links, int number, boolean zeroHopLookups) {
    super(config);
    this.links = links;
    this.number = number;
    this.zeroHopLookups = zeroHopLookups;
  }

  @Override
  public @Nullable String getConfigSetting(String name) {
    if (name.equals(ASKED_AFTER_TRANSPORTS)) {
      MemoryCommSystem made = new MemoryCommSystem(getContext(), links, number);
      wire = made;
      Internals.setCommSystem(getContext(), made);
    } else if (zeroHopLookups && name.equals(ASKED_BEFORE_LOOKUPS)) {
      describeRoutersToSessions();
    }
    return super.getConfigSetting(name);
  }

  private void describeRoutersToSessions() {
    NetworkDatabaseFacade main = getContext().netDb();
    for (Hash session : getContext().clientManager().getPrimaryHashes()) {
      NetworkDatabaseFacade database = getContext().clientNetDb(session);
      if (!database.equals(main)) {
        Internals.describe(database, main.getRouters());
      }
    }
  }

  @Override
  public long getUptime() {
    return super.getUptime() + OLDER_MILLIS;
  }

  /** No message leaves or reaches it from now on. */
  void cut() {
    stopping = true;
    MemoryCommSystem made = wire;
    if (made != null) {
      made.cut();
    }
  }

  /** Else a floodfill that stops tells all others, and waits three seconds. */
  @Override
  public int scheduledGracefulExitCode() {
    return stopping ? EXIT_HARD_RESTART : super.scheduledGracefulExitCode();
  }

  /** Ends the thread that waits for an orderly shutdown. The router has stopped already. */
  void endDetector() {
    Internals.shutdownDetector(this).interrupt();
  }

  @Override
  public boolean gracefulShutdownInProgress() {
    return stopping || super.gracefulShutdownInProgress();
  }
}
