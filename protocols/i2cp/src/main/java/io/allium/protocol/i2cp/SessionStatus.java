package io.allium.protocol.i2cp;

/**
 * What became of a session (I2CP, "SessionStatusMessage").
 *
 * @param session which; meaningless where the router refuses a new one
 * @param status what
 */
public record SessionStatus(int session, Status status) implements RouterMessage {
  static final int TYPE = 20;

  /** What becomes of a session. */
  public enum Status {
    /** The session is over. */
    DESTROYED,
    /** It is there. */
    CREATED,
    /** It has the new configuration. */
    UPDATED,
    /** Its configuration or its signature is wrong, or its destination is in use. */
    INVALID,
    /** The router has as many sessions as it takes. */
    REFUSED,
    /** Something that this program does not know. */
    UNKNOWN;

    private static Status of(int code) {
      return switch (code) {
        case 0 -> DESTROYED;
        case 1 -> CREATED;
        case 2 -> UPDATED;
        case 3 -> INVALID;
        case 4 -> REFUSED;
        default -> UNKNOWN;
      };
    }
  }

  static SessionStatus read(Body body) throws I2cpException {
    int session = body.u16();
    return new SessionStatus(session, Status.of(body.u8()));
  }
}
