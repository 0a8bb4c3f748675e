package io.allium.protocol.i2cp;

import java.util.Optional;

/**
 * The answer to a look-up (I2CP, "HostReplyMessage").
 *
 * @param request the number of the look-up
 * @param code 0 for success, or what was in the way; {@value #UNKNOWN} from a router that does not say
 * @param destination what was found, with whatever follows it
 */
@SuppressWarnings("ArrayRecordComponent") // handed from one reader to one that waits
public record HostReply(long request, int code, Optional<byte[]> destination)
    implements RouterMessage {
  static final int TYPE = 39;

  /** Found. */
  public static final int FOUND = 0;
  /** Not found, whatever the reason. */
  public static final int UNKNOWN = 1;
  /** The address needs a secret. */
  public static final int NEEDS_SECRET = 2;
  /** The address needs a client's key. */
  public static final int NEEDS_KEY = 3;
  /** The address needs both. */
  public static final int NEEDS_BOTH = 4;
  /** Its lease set cannot be decrypted. */
  public static final int CANNOT_DECRYPT = 5;
  /** No lease set was found. */
  public static final int NO_LEASE_SET = 6;

  static HostReply read(Body body) throws I2cpException {
    body.u16(); // the session, or none
    long request = body.u32();
    int code = body.u8();
    if (code != FOUND) {
      return new HostReply(request, code, Optional.empty());
    }
    if (!body.hasMore()) {
      throw body.wrong("it has no destination");
    }
    return new HostReply(request, code, Optional.of(body.rest()));
  }
}
