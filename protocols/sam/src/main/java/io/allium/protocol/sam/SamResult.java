package io.allium.protocol.sam;

/**
 * The value of RESULT (SAM v3, "RESULT Values" and the replies of single commands). Any other value is carried
 * verbatim: what a router adds tomorrow is an unknown failure, never a crash.
 *
 * @param name the value as it stands in the line, not empty
 */
public record SamResult(String name) {
  /** It worked. */
  public static final SamResult OK = new SamResult("OK");
  /** The peer exists but cannot be reached. */
  public static final SamResult CANT_REACH_PEER = new SamResult("CANT_REACH_PEER");
  /** The destination is already in use. */
  public static final SamResult DUPLICATED_DEST = new SamResult("DUPLICATED_DEST");
  /** The session identifier is already in use ("Session Creation Response"). */
  public static final SamResult DUPLICATED_ID = new SamResult("DUPLICATED_ID");
  /** A generic error of the router. */
  public static final SamResult I2P_ERROR = new SamResult("I2P_ERROR");
  /** The router knows no session by this identifier ("Connect Response", "Accept Response"). */
  public static final SamResult INVALID_ID = new SamResult("INVALID_ID");
  /** The key or name is malformed. */
  public static final SamResult INVALID_KEY = new SamResult("INVALID_KEY");
  /** The name cannot be resolved. */
  public static final SamResult KEY_NOT_FOUND = new SamResult("KEY_NOT_FOUND");
  /** The lease set is not found, answered to a lookup with OPTIONS=true ("Name Lookup Options"). */
  public static final SamResult LEASESET_NOT_FOUND = new SamResult("LEASESET_NOT_FOUND");
  /** No common version ("SAM Connection Handshake"). */
  public static final SamResult NOVERSION = new SamResult("NOVERSION");
  /** The peer cannot be found on the network. */
  public static final SamResult PEER_NOT_FOUND = new SamResult("PEER_NOT_FOUND");
  /** Something, such as the peer's answer, did not come in time. */
  public static final SamResult TIMEOUT = new SamResult("TIMEOUT");
  /** Another STREAM ACCEPT is pending, before 3.2 ("Accept Request"). */
  public static final SamResult ALREADY_ACCEPTING = new SamResult("ALREADY_ACCEPTING");

  /**
   * Checks the value.
   *
   * @throws IllegalArgumentException if it is empty
   */
  public SamResult {
    if (name.isEmpty()) {
      throw new IllegalArgumentException("RESULT is empty");
    }
  }

  /**
   * Whether it worked.
   *
   * @return true for OK alone
   */
  public boolean isOk() {
    return name.equals(OK.name);
  }

  /** The value, made safe to show: see {@link SamText#sanitize}. */
  @Override
  public String toString() {
    return SamText.sanitize(name);
  }
}
