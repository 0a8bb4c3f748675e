package io.allium.interop;

import io.allium.DestinationKeys;
import io.allium.protocol.structures.SigningKeys;
import io.allium.protocol.structures.SigningType;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;

/** Keys whose long-term signing key is elsewhere (common structures, "OfflineSignature"). */
final class OfflineKeys {
  private static final int KEY = 32;

  private OfflineKeys() {}

  static DestinationKeys generate() throws Exception {
    try (DestinationKeys longTerm = DestinationKeys.generate();
        DestinationKeys temporary = DestinationKeys.generate()) {
      byte[] all = longTerm.export();
      byte[] signed = ByteBuffer.allocate(Integer.BYTES + Short.BYTES + KEY)
          .putInt((int) Instant.now().plusSeconds(3600).getEpochSecond())
          .putShort((short) SigningType.ED25519.code())
          .put(temporary.destination().signingPublicKey().orElseThrow())
          .array();
      byte[] signature = SigningKeys.sign(SigningType.ED25519, last(all), signed);
      return DestinationKeys.parse(
          ByteBuffer.allocate(all.length + signed.length + signature.length + KEY)
              .put(all, 0, all.length - KEY)
              .put(new byte[KEY])
              .put(signed)
              .put(signature)
              .put(last(temporary.export()))
              .array());
    }
  }

  private static byte[] last(byte[] material) {
    return Arrays.copyOfRange(material, material.length - KEY, material.length);
  }
}
