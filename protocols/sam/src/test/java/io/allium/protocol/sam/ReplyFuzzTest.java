package io.allium.protocol.sam;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Whatever a server sends, it is replies or a typed error, however it is cut; and what prints reads back equal. */
class ReplyFuzzTest {
  @FuzzTest(maxDuration = "60s")
  void repliesInAnySegmentation(byte[] input) {
    List<String> whole = read(List.of(input));
    int cut = input.length == 0 ? 0 : (input[0] & 0xff) % (input.length + 1);
    assertThat(
            read(List.of(Arrays.copyOf(input, cut), Arrays.copyOfRange(input, cut, input.length))))
        .isEqualTo(whole);
  }

  private static List<String> read(List<byte[]> segments) {
    List<String> events = new ArrayList<>();
    LineFramer framer = new LineFramer();
    int body = -1;
    try {
      for (byte[] segment : segments) {
        ByteBuffer in = ByteBuffer.wrap(segment);
        while (true) {
          if (body >= 0) {
            Optional<byte[]> taken = framer.take(in, body);
            if (taken.isEmpty()) {
              break;
            }
            events.add("body " + Arrays.hashCode(taken.get()));
            body = -1;
          }
          Optional<String> line = framer.line(in);
          if (line.isEmpty()) {
            break;
          }
          body = reply(line.get(), events);
        }
        assertThat(in.hasRemaining()).isFalse();
      }
    } catch (SamException violation) {
      assertThat(violation).isInstanceOf(SamException.Violation.class);
      events.add("violation");
    }
    return events;
  }

  /** Returns the size of the body that follows, or -1. */
  private static int reply(String line, List<String> events) {
    try {
      SamReply reply = SamReply.parse(line);
      events.add(reply.toString());
      assertReadsBack(reply);
      return switch (reply) {
        case DatagramReceived datagram -> datagram.size();
        case RawReceived raw -> raw.size();
        default -> -1;
      };
    } catch (SamException refused) {
      assertThat(refused).isInstanceOf(SamException.Violation.class);
      events.add("refused");
      return -1;
    }
  }

  private static void assertReadsBack(SamReply reply) throws SamException {
    String printed;
    try {
      printed = reply.message().print();
    } catch (IllegalArgumentException unprintable) {
      return;
    }
    assertThat(SamReply.parse(printed)).isEqualTo(reply);
  }
}
