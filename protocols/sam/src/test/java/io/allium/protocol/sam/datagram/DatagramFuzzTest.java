package io.allium.protocol.sam.datagram;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.allium.Destination;
import io.allium.DestinationKeys;
import io.allium.ErrorKind;
import io.allium.I2pException;
import java.time.Instant;

/** Whatever a peer sends, it is a datagram or a typed error; and what was read is written as something that reads alike. */
class DatagramFuzzTest {
  private static final Destination RECEIVER = receiver();

  /** A fuzzer forges no signature: behind one that always fits it gets on. */
  private static final Verifier GULLIBLE = (type, publicKey, message, signature) -> true;

  private static Destination receiver() {
    try (DestinationKeys keys = DestinationKeys.generate()) {
      return keys.destination();
    }
  }

  @FuzzTest(maxDuration = "60s")
  void datagrams(byte[] bytes) throws I2pException {
    try {
      Datagram3 read = Datagram3.decode(bytes);
      assertThat(Datagram3.decode(read.encode())).isEqualTo(read);
    } catch (I2pException refused) {
      assertThat(refused.kind()).isEqualTo(ErrorKind.PROTOCOL_VIOLATION);
    }
    try {
      Datagram1 read = Datagram1.decode(bytes, GULLIBLE);
      int signature = bytes.length - read.payload().length - read.from().toByteArray().length;
      byte[] again = Datagram1.encode(read.from(), read.payload(), any -> new byte[signature]);
      assertThat(Datagram1.decode(again, GULLIBLE)).isEqualTo(read);
    } catch (I2pException refused) {
      assertThat(refused.kind()).isEqualTo(ErrorKind.PROTOCOL_VIOLATION);
    }
    try {
      Datagram2 read = Datagram2.decode(bytes, RECEIVER, GULLIBLE, Instant.EPOCH);
      int signature = read.offline()
          .map(OfflineSignature::type)
          .orElseGet(() -> read.from().signatureType().orElseThrow())
          .signatureLength();
      byte[] again = read.encode(RECEIVER, any -> new byte[signature]);
      assertThat(Datagram2.decode(again, RECEIVER, GULLIBLE, Instant.EPOCH)).isEqualTo(read);
    } catch (I2pException refused) {
      assertThat(refused.kind()).isEqualTo(ErrorKind.PROTOCOL_VIOLATION);
    }
  }
}
