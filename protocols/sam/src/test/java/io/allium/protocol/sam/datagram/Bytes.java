package io.allium.protocol.sam.datagram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.allium.Destination;
import io.allium.DestinationKeys;
import io.allium.ErrorKind;
import io.allium.I2pException;
import io.allium.SignatureType;
import io.allium.internal.PrivateKeys;
import io.allium.internal.SigningKeys;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.Callable;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What the tests of datagrams share. */
final class Bytes {
  private Bytes() {}

  static byte[] join(byte[]... parts) {
    ByteBuffer all =
        ByteBuffer.allocate(Arrays.stream(parts).mapToInt(part -> part.length).sum());
    for (byte[] part : parts) {
      all.put(part);
    }
    return all.array();
  }

  static byte[] flip(byte[] bytes, int at) {
    byte[] flipped = bytes.clone();
    flipped[at] ^= 1;
    return flipped;
  }

  static void assertDropped(ThrowingCallable decode) {
    I2pException refused = catchThrowableOfType(I2pException.class, decode);
    assertThat(refused).isNotNull();
    assertThat(refused.kind()).isEqualTo(ErrorKind.PROTOCOL_VIOLATION);
  }

  /** No signature covers the sender's other key and padding, but they make it another destination. */
  static void assertDroppedOrOfAnother(Destination sender, Callable<Destination> decode)
      throws Exception {
    try {
      Destination read = decode.call();
      assertThat(read).isNotEqualTo(sender);
      assertThat(read.signingPublicKey().orElseThrow())
          .isEqualTo(sender.signingPublicKey().orElseThrow());
    } catch (I2pException refused) {
      assertThat(refused.kind()).isEqualTo(ErrorKind.PROTOCOL_VIOLATION);
    }
  }

  /** The key that signs, in binary. */
  static byte[] privateKey(DestinationKeys keys) throws I2pException {
    return PrivateKeys.signing(keys.export()).privateKey();
  }

  /** Keys whose signing key is elsewhere: the transient one of another destination signs (SAM V3, "Offline Signatures"). */
  static DestinationKeys offline(SignatureType type, SignatureType transientType, Instant expires)
      throws Exception {
    try (DestinationKeys keys = DestinationKeys.generate(type);
        DestinationKeys other = DestinationKeys.generate(transientType)) {
      byte[] block = ByteBuffer.allocate(6 + transientType.publicKeyLength())
          .putInt((int) expires.getEpochSecond())
          .putShort((short) transientType.code())
          .put(other.destination().signingPublicKey().orElseThrow())
          .array();
      byte[] material = keys.export();
      Arrays.fill(material, material.length - type.privateKeyLength(), material.length, (byte) 0);
      return DestinationKeys.parse(join(
          material, block, SigningKeys.sign(type, privateKey(keys), block), privateKey(other)));
    }
  }
}
