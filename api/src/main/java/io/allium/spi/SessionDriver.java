package io.allium.spi;

import io.allium.I2pException;
import io.allium.Known;
import io.allium.Protocol;
import java.util.Optional;
import java.util.function.IntPredicate;

/** One destination online. Methods may be called from several threads at once. */
public interface SessionDriver {
  /**
   * Opens a stream to a destination.
   *
   * @param request the peer, and ports
   * @param call ends the attempt early
   * @return the stream
   * @throws I2pException {@code PEER_UNREACHABLE}, {@code PEER_REFUSED}, {@code LEASESET_NOT_FOUND}, {@code
   *     SESSION_LOST}, {@code CLOSED}, {@code ROUTER_*}; {@code UNSUPPORTED} if a port is not 0 and the router has
   *     none, or the session carries no streams
   * @throws InterruptedException if the thread was interrupted; nothing is left behind
   */
  StreamDriver connect(ConnectRequest request, Call call) throws I2pException, InterruptedException;

  /**
   * Says at which ports streams are accepted from now on. A stream to another port is refused at once, if the router
   * can tell. The first call comes as soon as the session is open, even if it carries no streams; streams that come
   * earlier wait for it. The driver decides how it waits for streams at the router.
   *
   * @param ports asked from any thread, at any time until the next call; returns at once
   */
  void listening(IntPredicate ports);

  /**
   * Waits for the next incoming stream, whatever its port. For one thread at a time.
   *
   * @param call ends the wait early; no stream is lost by it
   * @return to be answered or refused by the caller
   * @throws I2pException {@code SESSION_LOST} or {@code CLOSED} when the session is over; {@code CLOSED} if the call
   *     was aborted
   * @throws InterruptedException if the thread was interrupted; no stream is lost by it
   */
  Offer accept(Call call) throws I2pException, InterruptedException;

  /**
   * The largest payload of one datagram.
   *
   * @param protocol one that the session carries, never {@code STREAM}
   * @return a number of bytes
   */
  int maxPayload(Protocol protocol);

  /**
   * Sends one datagram; returns when it was handed to the router, or fails within seconds.
   *
   * @param request the datagram
   * @throws I2pException {@code MESSAGE_TOO_LARGE} for a destination whose length leaves less room, {@code
   *     UNSUPPORTED}, {@code SESSION_LOST}, {@code CLOSED}, {@code ROUTER_*}, {@code TIMEOUT}
   * @throws InterruptedException if the thread was interrupted
   */
  void send(SendRequest request) throws I2pException, InterruptedException;

  /**
   * Says that peers look for the destination from now on, since somebody listens for streams or datagrams: until then a
   * provider may have kept its lease set from the network. May be called again; returns at once.
   */
  default void publish() {}

  /**
   * Waits until the router has published the destination's lease set.
   *
   * @param call ends the wait early
   * @return {@code CANNOT_KNOW} at once if the router does not say
   * @throws I2pException {@code SESSION_LOST}, {@code CLOSED}, or that it was not published in time
   * @throws InterruptedException if the thread was interrupted
   */
  Known awaitPublished(Call call) throws I2pException, InterruptedException;

  /**
   * Whether data from another session of the same router goes through the network to this one.
   *
   * @return false if both talk inside the router, so that such data proves nothing
   */
  boolean probeCrossesNetwork();

  /**
   * What the next session of this destination should know, such as the keys of its lease set. Asked when it is lost,
   * or about to be opened again.
   *
   * @return opaque, for {@link OpenRequest#before()}; empty by default
   */
  default Optional<Object> handOver() {
    return Optional.empty();
  }

  /**
   * Takes the destination offline; called once, after its streams were closed, also when the session was lost. Ends
   * every call in progress. Then gives what was written to streams that were closed cleanly time to arrive, until the
   * call is aborted. Where nobody says what arrived, this takes all of that time.
   *
   * @param call aborted when there is no more time; it may be from the beginning
   * @return whether all that was written to such streams was delivered
   */
  Known close(Call call);
}
