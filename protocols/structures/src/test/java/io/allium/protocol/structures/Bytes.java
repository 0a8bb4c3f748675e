package io.allium.protocol.structures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.allium.protocol.structures.StructureException.Reason;
import java.nio.ByteBuffer;
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
    assertRefused(Reason.MALFORMED, decode);
  }

  static StructureException assertRefused(Reason reason, ThrowingCallable call) {
    StructureException refused = catchThrowableOfType(StructureException.class, call);
    assertThat(refused).isNotNull();
    assertThat(refused.reason()).isEqualTo(reason);
    return refused;
  }

  /** No signature covers the sender's other key and padding, but they make it another destination. */
  static void assertDroppedOrOfAnother(Keys sender, Callable<byte[]> decode) throws Exception {
    try {
      byte[] read = decode.call();
      assertThat(read).isNotEqualTo(sender.destination());
      assertThat(Sender.of(read).publicKey()).isEqualTo(sender.publicKey());
    } catch (StructureException refused) {
      assertThat(refused.reason()).isEqualTo(Reason.MALFORMED);
    }
  }
}
