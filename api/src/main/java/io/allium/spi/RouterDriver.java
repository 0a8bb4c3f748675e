package io.allium.spi;

import io.allium.Capability;
import io.allium.I2pException;
import io.allium.Resolved;
import io.allium.RouterStatus;
import java.time.Duration;
import java.util.Set;

/** A router in use. Methods may be called from several threads at once. */
public interface RouterDriver {
  /**
   * What this router can do through this provider, as last seen: a restart may change it.
   *
   * @return the capabilities
   */
  Set<Capability> capabilities();

  /**
   * The clock of everything on this router.
   *
   * @return that of the request, unless the provider has one of its own
   */
  TimeSource time();

  /**
   * Waits until the router can open sessions.
   *
   * @param call ends the wait early
   * @throws I2pException {@code ROUTER_*} if it never will; {@code CLOSED} if the call was aborted
   * @throws InterruptedException if the thread was interrupted
   */
  void awaitReady(Call call) throws I2pException, InterruptedException;

  /**
   * Puts a destination online. Connects to the router again if need be.
   *
   * @param request keys, options and protocols
   * @param sink told what arrives, and when the session is lost without having been closed
   * @param call ends the attempt early
   * @return the session, ready for use
   * @throws I2pException {@code DESTINATION_IN_USE}, {@code ID_IN_USE}, {@code TUNNELS_NOT_READY}, {@code ROUTER_*},
   *     {@code KEY_INVALID}, {@code UNSUPPORTED}
   * @throws InterruptedException if the thread was interrupted; nothing is left behind
   */
  SessionDriver open(OpenRequest request, SessionSink sink, Call call)
      throws I2pException, InterruptedException;

  /**
   * Resolves a name.
   *
   * @param request the name, and what is asked for
   * @param call ends the attempt early
   * @return the destination, and its options if they were asked for, which is only done where {@link #capabilities} has
   *     them
   * @throws I2pException {@code NAME_NOT_FOUND}, {@code LEASESET_NOT_FOUND}, {@code ROUTER_*}, {@code UNSUPPORTED}
   * @throws InterruptedException if the thread was interrupted
   */
  Resolved resolve(ResolveRequest request, Call call) throws I2pException, InterruptedException;

  /**
   * Asks the router how it is. Connects to it again if need be.
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

  /**
   * For how long this router may still call a destination in use whose session was closed.
   *
   * @return not negative; zero where a destination is free once its session is closed
   */
  default Duration releaseTime() {
    return Duration.ZERO;
  }

  /**
   * For how long after a session was opened its own tunnels may be the reason why a peer cannot be reached.
   *
   * @return not negative; zero where a session that is open reaches every peer that is online
   */
  default Duration settling() {
    return Duration.ZERO;
  }

  /**
   * Releases everything; a router that is the driver's own is stopped, in phases. Called once, after every session was
   * told to close: an open that was aborted, and a close on another thread, may still be ending.
   *
   * @param call when it is aborted, no time is left, and this must end at once
   */
  void close(Call call);
}
