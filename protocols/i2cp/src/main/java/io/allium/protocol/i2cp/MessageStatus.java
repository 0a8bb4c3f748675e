package io.allium.protocol.i2cp;

/**
 * What became of a message that was sent with a nonce (I2CP, "MessageStatusMessage"). Routers differ: with i2pd, code 4
 * means that the message was handed to a tunnel.
 *
 * @param session whose
 * @param nonce that of the message
 * @param code what the router says
 */
public record MessageStatus(int session, long nonce, int code) implements RouterMessage {
  static final int TYPE = 22;

  /** The router knows no lease set of the peer. */
  public static final int NO_LEASE_SET = 21;

  private static final int ACCEPTED = 1;
  private static final int BEST_EFFORT_SUCCESS = 2;
  private static final int GUARANTEED_SUCCESS = 4;
  private static final int LOCAL_SUCCESS = 6;

  static MessageStatus read(Body body) throws I2cpException {
    int session = body.u16();
    body.u32(); // the router's number of the message
    int code = body.u8();
    body.u32(); // the size, for messages that wait at the router: none does
    return new MessageStatus(session, body.u32(), code);
  }

  /**
   * Whether the router will say more about this message.
   *
   * @return true if it has only taken it
   */
  public boolean isAccepted() {
    return code == ACCEPTED;
  }

  /**
   * Whether it probably went well.
   *
   * @return false for every code that says or may say otherwise
   */
  public boolean isSuccess() {
    return code == ACCEPTED
        || code == BEST_EFFORT_SUCCESS
        || code == GUARANTEED_SUCCESS
        || code == LOCAL_SUCCESS;
  }
}
