package io.allium.protocol.structures;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.time.Instant;

/** Whatever a peer sends, it is a datagram or a typed error; and what was read is written as something that reads alike. */
class DatagramFuzzTest {
  private static final byte[] RECEIVER = receiver();

  /** A fuzzer forges no signature: behind one that always fits it gets on. */
  private static final Verifier GULLIBLE = (type, publicKey, message, signature) -> true;

  private static byte[] receiver() {
    try {
      return Keys.generate(SigningType.ED25519).hash();
    } catch (StructureException e) {
      throw new AssertionError(e);
    }
  }

  @FuzzTest(maxDuration = "60s")
  void datagrams(byte[] bytes) throws StructureException {
    try {
      Datagram3 read = Datagram3.decode(bytes);
      assertThat(Datagram3.decode(read.encode())).isEqualTo(read);
    } catch (StructureException refused) {
      assertThat(refused.reason()).isEqualTo(StructureException.Reason.MALFORMED);
    }
    try {
      Datagram1 read = Datagram1.decode(bytes, GULLIBLE);
      int signature = bytes.length - read.payload().remaining() - read.from().length;
      byte[] again = read.encode(any -> new byte[signature]);
      assertThat(Datagram1.decode(again, GULLIBLE)).isEqualTo(read);
    } catch (StructureException refused) {
      assertThat(refused.reason()).isEqualTo(StructureException.Reason.MALFORMED);
    }
    try {
      Datagram2 read = Datagram2.decode(bytes, RECEIVER, GULLIBLE, Instant.EPOCH);
      int signature = read.offline()
          .map(OfflineSignature::type)
          .orElse(Sender.of(read.from()).type())
          .signatureLength();
      byte[] again = read.encode(RECEIVER, any -> new byte[signature]);
      assertThat(Datagram2.decode(again, RECEIVER, GULLIBLE, Instant.EPOCH)).isEqualTo(read);
    } catch (StructureException refused) {
      assertThat(refused.reason()).isEqualTo(StructureException.Reason.MALFORMED);
    }
  }
}
