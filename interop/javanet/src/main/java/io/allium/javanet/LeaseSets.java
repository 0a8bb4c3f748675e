package io.allium.javanet;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import net.i2p.data.DataFormatException;
import net.i2p.data.DatabaseEntry;
import net.i2p.data.EncryptedLeaseSet;
import net.i2p.data.Hash;
import net.i2p.data.LeaseSet;
import net.i2p.data.LeaseSet2;
import net.i2p.router.NetworkDatabaseFacade;
import net.i2p.router.networkdb.kademlia.KademliaNetworkDatabaseFacade;
import org.jspecify.annotations.Nullable;

/** Who knows which lease sets. */
final class LeaseSets {
  private final List<JavaRouter> routers;

  /** Those that were published once. A router does so again only a minute later, and a floodfill forgets them when it ends. */
  private final Set<Hash> published = ConcurrentHashMap.newKeySet();

  LeaseSets(List<JavaRouter> routers) {
    this.routers = routers;
  }

  /**
   * Whether a session has a lease set of tunnels that work, and has published one. If so, all who know an older one get this
   * one, and all floodfills have it.
   */
  boolean isCurrentEverywhere(Hash destination) {
    JavaRouter home =
        running().filter(router -> router.serves(destination)).findAny().orElse(null);
    LeaseSet current = home == null ? null : home.leaseSet(destination);
    if (current == null || !isPublished(destination)) {
      return false;
    }
    running()
        .forEach(router -> router
            .databases()
            .forEach(database -> hand(
                current,
                database,
                router.isFloodfill() && database.equals(router.context().netDb()))));
    return true;
  }

  private boolean isPublished(Hash destination) {
    if (isAtFloodfill(destination)) {
      published.add(destination);
    }
    return published.contains(destination);
  }

  boolean isAtFloodfill(Hash destination) {
    return running()
        .filter(JavaRouter::isFloodfill)
        .anyMatch(router -> router.context().netDb().lookupLeaseSetLocally(destination) != null);
  }

  private Stream<JavaRouter> running() {
    return routers.stream().filter(JavaRouter::isRunning);
  }

  private static void hand(LeaseSet current, NetworkDatabaseFacade database, boolean floodfill) {
    LeaseSet known = database.lookupLeaseSetLocally(current.getHash());
    if (isOlder(known, current) || (known == null && floodfill)) {
      LeaseSet copy = copy(current);
      if (floodfill) {
        copy.setReceivedAsPublished();
      } else {
        copy.setReceivedAsReply();
      }
      database.store(copy.getHash(), copy);
    }
  }

  private static boolean isOlder(@Nullable LeaseSet known, LeaseSet current) {
    return known != null && KademliaNetworkDatabaseFacade.isNewer(current, known);
  }

  /** As if it had come from the network: what a router notes in one is of no concern to another router. */
  private static LeaseSet copy(LeaseSet original) {
    LeaseSet copy = switch (original.getType()) {
      case DatabaseEntry.KEY_TYPE_LS2 -> new LeaseSet2();
      case DatabaseEntry.KEY_TYPE_ENCRYPTED_LS2 -> new EncryptedLeaseSet();
      default -> new LeaseSet();
    };
    try {
      copy.readBytes(new ByteArrayInputStream(original.toByteArray()));
    } catch (DataFormatException | IOException e) {
      throw new IllegalStateException(e);
    }
    return copy;
  }
}
