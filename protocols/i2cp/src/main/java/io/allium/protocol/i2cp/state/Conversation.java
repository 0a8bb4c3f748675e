package io.allium.protocol.i2cp.state;

import io.allium.protocol.i2cp.BandwidthLimits;
import io.allium.protocol.i2cp.ClientMessage;
import io.allium.protocol.i2cp.Disconnect;
import io.allium.protocol.i2cp.HostReply;
import io.allium.protocol.i2cp.LeaseSetRequest;
import io.allium.protocol.i2cp.MessagePayload;
import io.allium.protocol.i2cp.MessageStatus;
import io.allium.protocol.i2cp.RouterMessage;
import io.allium.protocol.i2cp.SessionStatus;
import io.allium.protocol.i2cp.SetDate;
import io.allium.protocol.i2cp.UnknownMessage;

/**
 * One connection to a router, with at most one session: a second one on the same connection shares the keys of the first
 * with Java I2P, and breaks it with i2pd. Says what each message of the router means now. Deadlines are the driver's
 * business. Not safe for use by several threads.
 */
public final class Conversation {
  /**
   * What we say to speak. No release bears this number, and everybody counts it as 0.9.64, the newest that every router in
   * use takes: a router that says the same has only repeated it (i2pd up to 2.45 does).
   */
  public static final String OUR_VERSION = "0.9.64.0";

  /** How far the connection is. */
  public enum Phase {
    /** The router has not greeted. */
    GREETING,
    /** Look-ups can be made, and a session created. */
    GREETED,
    /** The session was asked for. */
    CREATING,
    /** The router builds tunnels. */
    BUILDING,
    /** The router has asked for a lease set, so the session has tunnels. */
    ONLINE,
    /** The router has ended it. */
    OVER
  }

  private static final Event NOTHING = new Event.Nothing();

  private Phase phase = Phase.GREETING;
  private String version = "";
  private int session = ClientMessage.NO_SESSION;

  /** Of a connection on which {@link ClientMessage#greeting} was sent. */
  public Conversation() {}

  /**
   * How far it is.
   *
   * @return the phase
   */
  public Phase phase() {
    return phase;
  }

  /**
   * What the router speaks.
   *
   * @return the version of its API; empty if it does not say, or only repeats ours
   */
  public String version() {
    return version;
  }

  /**
   * The session of this connection.
   *
   * @return its number; {@link ClientMessage#NO_SESSION} while there is none
   */
  public int session() {
    return session;
  }

  /** {@link ClientMessage#createSession} was sent. Once, after the router has greeted. */
  public void creating() {
    if (phase != Phase.GREETED) {
      throw new IllegalStateException("a session can be created after the greeting, once");
    }
    phase = Phase.CREATING;
  }

  /**
   * Takes a message.
   *
   * @param message of the router
   * @return what it means
   */
  public Event on(RouterMessage message) {
    if (phase == Phase.OVER) {
      return NOTHING;
    }
    return switch (message) {
      case SetDate date -> greeted(date);
      case SessionStatus status -> onStatus(status);
      case LeaseSetRequest request -> onRequest(request);
      case MessagePayload payload ->
        isOurs(payload.session()) ? new Event.Arrived(payload.payload()) : NOTHING;
      case MessageStatus status -> isOurs(status.session()) ? new Event.Fate(status) : NOTHING;
      case HostReply reply -> new Event.Found(reply);
      case BandwidthLimits limits -> new Event.Limits(limits);
      case Disconnect end -> over(Refusal.of(end.reason()), end.reason());
      case UnknownMessage unknown -> NOTHING;
    };
  }

  private Event greeted(SetDate date) {
    if (phase == Phase.GREETING) {
      phase = Phase.GREETED;
      version = date.version().equals(OUR_VERSION) ? "" : date.version();
    }
    return new Event.Clock(date.millis());
  }

  private Event onStatus(SessionStatus status) {
    if (phase == Phase.CREATING) {
      return switch (status.status()) {
        case CREATED -> {
          phase = Phase.BUILDING;
          session = status.session();
          yield new Event.Created(session);
        }
        case REFUSED -> over(Refusal.TOO_MANY_SESSIONS, "");
        case INVALID, DESTROYED, UNKNOWN -> over(Refusal.INVALID, "");
        case UPDATED -> NOTHING;
      };
    }
    if (status.status() == SessionStatus.Status.DESTROYED && isOurs(status.session())) {
      return over(Refusal.OTHER, "");
    }
    return NOTHING;
  }

  private Event onRequest(LeaseSetRequest request) {
    if (!isOurs(request.session())) {
      return NOTHING;
    }
    phase = Phase.ONLINE;
    return new Event.LeaseSetWanted(request.leases());
  }

  private boolean isOurs(int which) {
    return session != ClientMessage.NO_SESSION && which == session;
  }

  private Event over(Refusal why, String said) {
    phase = Phase.OVER;
    return new Event.Over(why, said);
  }
}
