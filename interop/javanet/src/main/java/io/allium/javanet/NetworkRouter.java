package io.allium.javanet;

import java.util.Properties;
import net.i2p.data.Hash;
import net.i2p.router.NetworkDatabaseFacade;
import org.jspecify.annotations.Nullable;

/** A router with links in memory. */
final class NetworkRouter extends TestRouter {
  /** What a context asks for just after it made its transports, and before anything uses them. */
  private static final String ASKED_AFTER_TRANSPORTS = "i2p.dummyPeerManager";

  /** What a look-up asks for before it chooses whom to ask. */
  private static final String ASKED_BEFORE_LOOKUPS = "netDb.alwaysQuery";

  private final MemoryLinks links;
  private final int number;
  private final boolean zeroHopLookups;
  private volatile @Nullable MemoryCommSystem wire;

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

  /** No message leaves or reaches it from now on. */
  @Override
  void cut() {
    super.cut();
    MemoryCommSystem made = wire;
    if (made != null) {
      made.cut();
    }
  }
}
