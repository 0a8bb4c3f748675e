package io.allium.protocol.sam;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.allium.ErrorKind;
import io.allium.I2pException;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Whatever arrives at a UDP port or before a stream, it is a header or a typed error. */
class HeaderFuzzTest {
  /** A parser of one header. */
  interface Parser<T> {
    T parse(String line) throws I2pException;
  }

  /** A printer of one header. */
  interface Print<T> {
    String print(T header);
  }

  @FuzzTest(maxDuration = "60s")
  void headers(byte[] datagram) {
    ByteBuffer in = ByteBuffer.wrap(datagram);
    try {
      Optional<String> line = new LineFramer().line(in);
      if (line.isPresent()) {
        check(line.get(), DatagramHeader::parse, DatagramHeader::print);
        check(line.get(), PeerLine::parse, PeerLine::print);
        check(line.get(), RawHeader::parse, RawHeader::print);
      }
    } catch (I2pException violation) {
      assertThat(violation.kind()).isEqualTo(ErrorKind.PROTOCOL_VIOLATION);
    }
  }

  private static <T> void check(String line, Parser<T> parser, Print<T> printer) {
    T header;
    String printed;
    try {
      header = parser.parse(line);
      printed = printer.print(header);
    } catch (I2pException refused) {
      assertThat(refused.kind()).isEqualTo(ErrorKind.PROTOCOL_VIOLATION);
      return;
    } catch (IllegalArgumentException unprintable) {
      return;
    }
    try {
      assertThat(parser.parse(printed)).isEqualTo(header);
    } catch (I2pException refused) {
      throw new AssertionError("what was printed is refused", refused);
    }
  }
}
