package io.allium.tck;

import io.allium.I2p;
import io.allium.I2pException;
import io.allium.I2pSession;
import io.allium.Protocol;
import io.allium.SessionConfig;
import io.allium.SignatureType;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/** A provider and a network to try it on. One subject serves all tests of a class. */
public interface Subject extends AutoCloseable {
  /**
   * Which row of {@link CapabilityMatrix} this is.
   *
   * @return such as {@code memory}
   */
  String provider();

  /**
   * Access through one router.
   *
   * @return the same for the subject's life
   */
  I2p client();

  /**
   * Access through another router of the same network, or the same one where there is only one.
   *
   * @return the same for the subject's life
   */
  I2p server();

  /**
   * The settings that suit the network, such as the number of hops.
   *
   * @return a fresh builder
   */
  SessionConfig.Builder config();

  /**
   * How long something that works may take at most.
   *
   * @return generous: it only limits how long a failure takes
   */
  Duration patience();

  /**
   * How many streams are open at once in the test of many streams.
   *
   * @return positive
   */
  int manyStreams();

  /**
   * How much a writer may be ahead of a reader that does not read.
   *
   * @return a number of bytes, an upper bound for all buffers on the way
   */
  long maxBuffered();

  /**
   * How many datagrams of a flood are sent without a pause. It goes on until the port has dropped some.
   *
   * @return what the network takes at once, in memory more than {@link io.allium.DatagramOptions#MAX_WAITING}
   */
  default int manyDatagrams() {
    return 20_000;
  }

  /**
   * The smallest payload that the router carries.
   *
   * @param format of the datagram
   * @return bytes, more than 1 only on a router that loses smaller ones
   */
  default int smallestPayload(Protocol format) {
    return 1;
  }

  /**
   * How many streams the network may lose in a long test: connected, and never accepted or without what was written.
   *
   * @return more than 0 only for a router that does
   */
  default int lostStreams() {
    return 0;
  }

  /**
   * Types of keys with which no session can be opened.
   *
   * @return empty for a provider that takes every type
   */
  default Set<SignatureType> refusedTypes() {
    return Set.of();
  }

  /**
   * What this subject's router cannot do: the names of test methods, each with the router's fault in one sentence.
   *
   * @return empty for a provider that does everything
   */
  default Map<String, String> deviations() {
    return Map.of();
  }

  /**
   * Two sessions, one on each router, that reach each other.
   *
   * @return to be closed by the caller
   * @throws I2pException if they do not within {@link #patience()}
   */
  Pair pair() throws I2pException;

  /**
   * Two sessions, one on each router, that reach each other with the protocols that a test needs.
   *
   * @param first a protocol that both carry
   * @param more others, on routers that can
   * @return to be closed by the caller
   * @throws I2pException if they do not within {@link #patience()}
   */
  default Pair pair(Protocol first, Protocol... more) throws I2pException {
    I2pSession ours = client().open(config().protocols(first, more).build());
    try {
      return new Pair(ours, server().open(config().protocols(first, more).build()));
    } catch (I2pException e) {
      ours.close();
      throw e;
    }
  }

  /** Ends the network. */
  @Override
  void close();
}
