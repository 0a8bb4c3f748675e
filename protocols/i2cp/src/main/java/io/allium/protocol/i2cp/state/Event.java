package io.allium.protocol.i2cp.state;

import io.allium.protocol.i2cp.BandwidthLimits;
import io.allium.protocol.i2cp.HostReply;
import io.allium.protocol.i2cp.MessageStatus;
import io.allium.protocol.structures.Lease2;
import java.nio.ByteBuffer;
import java.util.List;

/** What a message of the router means for its client. */
public sealed interface Event {
  /**
   * The router has greeted, or set its clock.
   *
   * @param millis its clock, in milliseconds since 1970
   */
  record Clock(long millis) implements Event {}

  /**
   * The session is known to the router, and waits for tunnels.
   *
   * @param session its number
   */
  record Created(int session) implements Event {}

  /**
   * The router has tunnels, and wants them in a lease set, signed, soon: i2pd ends a session that takes 10 s.
   *
   * @param leases the tunnels
   */
  record LeaseSetWanted(List<Lease2> leases) implements Event {
    /** Copies the list. */
    public LeaseSetWanted {
      leases = List.copyOf(leases);
    }
  }

  /**
   * Something came for the destination.
   *
   * @param payload as the sender wrapped it
   */
  record Arrived(ByteBuffer payload) implements Event {}

  /**
   * What became of a message that was sent with a nonce.
   *
   * @param status what the router says
   */
  record Fate(MessageStatus status) implements Event {}

  /**
   * The answer to a look-up.
   *
   * @param reply what the router found
   */
  record Found(HostReply reply) implements Event {}

  /**
   * How much the router may transfer.
   *
   * @param limits in kilobytes a second
   */
  record Limits(BandwidthLimits limits) implements Event {}

  /**
   * The router refused the session, or ends it.
   *
   * @param why what its words mean
   * @param said its words, empty where it used none; may name a destination
   */
  record Over(Refusal why, String said) implements Event {}

  /** Nothing that matters: a message of an unknown type, or for a session that is not ours. */
  record Nothing() implements Event {}
}
