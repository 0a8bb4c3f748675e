package io.allium.i2cp;

import io.allium.Base32Address;
import io.allium.BlindedAccess;
import io.allium.ErrorKind;
import io.allium.I2pException;
import io.allium.SignatureType;
import io.allium.protocol.i2cp.BlindingInfo;
import io.allium.protocol.i2cp.ClientKey;
import io.allium.protocol.i2cp.ClientMessage;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** What a router must know before it looks up an encrypted address that asks for a secret or a client's key. */
final class Blinding {
  /**
   * Java I2P writes it to its disk, and passes over what has expired when it starts. Until then it needs it for what is
   * sent to the address.
   */
  private static final Duration KEPT = Duration.ofDays(1);

  private Blinding() {}

  /** To be wiped once it was written. */
  static byte[] message(Base32Address address, BlindedAccess access, RouterClock clock)
      throws I2pException {
    Optional<byte[]> secret = access.secret();
    Optional<byte[]> key = access.clientKey();
    try {
      if (secret.isPresent()) {
        check(secret.get());
      }
      return ClientMessage.blindingInfo(
          ClientMessage.NO_SESSION,
          new BlindingInfo(
              address.signatureType().map(SignatureType::code).orElseThrow(),
              address.publicKey().orElseThrow(),
              address.blindedSignatureType().map(SignatureType::code).orElseThrow(),
              TimeUnit.MILLISECONDS.toSeconds(clock.millis() + KEPT.toMillis()),
              key.map(bytes -> new ClientKey(scheme(access.scheme()), bytes)),
              secret));
    } finally {
      secret.ifPresent(bytes -> Arrays.fill(bytes, (byte) 0));
      key.ifPresent(bytes -> Arrays.fill(bytes, (byte) 0));
    }
  }

  private static int scheme(BlindedAccess.Scheme scheme) {
    return scheme == BlindedAccess.Scheme.DH ? ClientKey.DH : ClientKey.PSK;
  }

  /** A router reads it as text, and would take another secret for it. */
  private static void check(byte[] secret) throws I2pException {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(secret));
    } catch (CharacterCodingException e) {
      throw unfit(); // without the cause: it may tell of the secret
    }
    if (secret.length == 0 || secret.length > BlindingInfo.MAX_SECRET) {
      throw unfit();
    }
  }

  private static I2pException unfit() {
    return new I2pException(
        ErrorKind.CONFIG_INVALID,
        "I2CP carries a secret of 1 to " + BlindingInfo.MAX_SECRET
            + " bytes of UTF-8 alone: give such a one, or leave it out");
  }
}
