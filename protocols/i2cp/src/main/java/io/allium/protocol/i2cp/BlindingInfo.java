package io.allium.protocol.i2cp;

import java.util.Optional;

/**
 * What a router needs to open an encrypted lease set of which only the signing key is known (I2CP, "BlindingInfoMessage",
 * endpoint type 3).
 *
 * @param signingType the number of the signing key's type
 * @param publicKey the signing key before blinding, as long as its type says
 * @param blindedType the number of the blinded key's type
 * @param expirySeconds until when the router shall keep it, in seconds since 1970 by its clock
 * @param clientKey for an owner who admits only some clients
 * @param secret for an address with one: UTF-8, at most {@value #MAX_SECRET} bytes
 */
@SuppressWarnings("ArrayRecordComponent") // values on their way into a message
public record BlindingInfo(
    int signingType,
    byte[] publicKey,
    int blindedType,
    long expirySeconds,
    Optional<ClientKey> clientKey,
    Optional<byte[]> secret) {
  /** What a String holds (Common structures, "String"). */
  public static final int MAX_SECRET = 255;

  /** Refuses a secret that is too long. */
  public BlindingInfo {
    if (secret.filter(bytes -> bytes.length > MAX_SECRET).isPresent()) {
      throw new IllegalArgumentException("a secret has at most 255 bytes");
    }
  }

  /** Tells which secrets there are, not what they are, and nothing of the destination. */
  @Override
  public String toString() {
    return "BlindingInfo[" + clientKey + (secret.isPresent() ? ", secret]" : "]");
  }
}
