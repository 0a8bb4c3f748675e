package io.allium.spi;

import io.allium.Capability;
import io.allium.DestinationKeys;
import io.allium.I2pException;
import io.allium.I2pName;
import io.allium.Resolved;
import io.allium.RouterStatus;
import io.allium.SessionConfig;
import java.time.Duration;
import java.util.Set;

/** A router in use. Methods may be called from several threads at once. */
public interface RouterDriver {
  /**
   * What this router can do through this provider.
   *
   * @return the capabilities, the same for the life of the driver
   */
  Set<Capability> capabilities();

  /**
   * The clock that everything on this router lives by.
   *
   * @return the system's clock, unless the provider has one of its own
   */
  default TimeSource time() {
    return TimeSource.system();
  }

  /**
   * Puts a destination online.
   *
   * @param config tunnels, options and protocols
   * @param keys the destination's keys; the driver copies what it keeps
   * @param events told when the session is lost without having been closed
   * @param call ends the attempt early
   * @return the session, ready for use
   * @throws I2pException {@code DESTINATION_IN_USE}, {@code ID_IN_USE}, {@code TUNNELS_NOT_READY},
   *     {@code ROUTER_*}, {@code KEY_INVALID}, {@code UNSUPPORTED}
   * @throws InterruptedException if the thread was interrupted; nothing is left behind
   */
  SessionDriver open(SessionConfig config, DestinationKeys keys, SessionEvents events, Call call)
      throws I2pException, InterruptedException;

  /**
   * Resolves a name.
   *
   * @param name any name; a full destination is resolved only for its options
   * @param withOptions whether the options that the destination's lease set publishes are wanted, which needs it online
   * @param call ends the attempt early
   * @return the destination, and its options if they were asked for
   * @throws I2pException {@code NAME_NOT_FOUND}, {@code LEASESET_NOT_FOUND}, {@code ROUTER_*}, {@code UNSUPPORTED}
   * @throws InterruptedException if the thread was interrupted
   */
  Resolved resolve(I2pName name, boolean withOptions, Call call)
      throws I2pException, InterruptedException;

  /**
   * Asks the router how it is.
   *
   * @param call ends the attempt early
   * @return what is known now
   * @throws I2pException {@code ROUTER_*} if it does not answer
   * @throws InterruptedException if the thread was interrupted
   */
  RouterStatus status(Call call) throws I2pException, InterruptedException;

  /**
   * How long a destination must have been offline before this router, if it has not restarted meanwhile, puts it online
   * again in a way that every peer can find it.
   *
   * @return not negative; zero unless the router is known to need it
   */
  default Duration reopenPause() {
    return Duration.ZERO;
  }

  /** Releases everything; called once, after every session was closed. Does not wait. */
  void close();
}
