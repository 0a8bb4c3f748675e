package io.allium.protocol.sam;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Whatever arrives at a UDP port or before a stream, it is a header or a typed error. */
class HeaderFuzzTest {
  /** A parser of one header. */
  interface Parser<T> {
    T parse(String line) throws SamException;
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
        check(line.get(), PeerLine::parse, PeerLine::print);
        check(line.get(), RawHeader::parse, HeaderFuzzTest::print);
      }
    } catch (SamException violation) {
      assertThat(violation).isInstanceOf(SamException.Violation.class);
    }
  }

  private static String print(RawHeader header) {
    return "FROM_PORT=" + header.fromPort() + " TO_PORT=" + header.toPort() + " PROTOCOL="
        + header.protocol();
  }

  private static <T> void check(String line, Parser<T> parser, Print<T> printer) {
    T header;
    String printed;
    try {
      header = parser.parse(line);
      printed = printer.print(header);
    } catch (SamException refused) {
      assertThat(refused).isInstanceOf(SamException.Violation.class);
      return;
    } catch (IllegalArgumentException unprintable) {
      return;
    }
    try {
      assertThat(parser.parse(printed)).isEqualTo(header);
    } catch (SamException refused) {
      throw new AssertionError("what was printed is refused", refused);
    }
  }
}
