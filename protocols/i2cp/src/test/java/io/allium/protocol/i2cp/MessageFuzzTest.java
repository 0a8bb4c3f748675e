package io.allium.protocol.i2cp;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Whatever a router sends, it is messages or a typed error, however it is cut. */
class MessageFuzzTest {
  @FuzzTest(maxDuration = "60s")
  void messagesInAnySegmentation(byte[] input) {
    List<String> whole = read(List.of(input));
    int cut = input.length == 0 ? 0 : (input[0] & 0xff) % (input.length + 1);
    assertThat(
            read(List.of(Arrays.copyOf(input, cut), Arrays.copyOfRange(input, cut, input.length))))
        .isEqualTo(whole);
  }

  private static List<String> read(List<byte[]> segments) {
    List<String> read = new ArrayList<>();
    MessageFramer framer = new MessageFramer();
    try {
      for (byte[] segment : segments) {
        ByteBuffer bytes = ByteBuffer.wrap(segment);
        framer.feed(bytes);
        assertThat(bytes.hasRemaining()).isFalse();
        for (var next = framer.next(); next.isPresent(); next = framer.next()) {
          read.add(told(next.get()));
        }
      }
    } catch (I2cpException violation) {
      assertThat(violation.getMessage()).isNotBlank().doesNotEndWith(".");
      read.add(violation.getMessage());
    }
    return read;
  }

  /** With the content, which an array does not tell. */
  private static String told(RouterMessage message) {
    return switch (message) {
      case HostReply reply ->
        reply.request() + " " + reply.code() + " "
            + Arrays.toString(reply.destination().orElse(new byte[0]));
      case MessagePayload payload -> payload.session() + " " + payload.payload().hashCode();
      case LeaseSetRequest request -> {
        assertThat(request.leases()).hasSizeLessThanOrEqualTo(LeaseSetRequest.MAX_LEASES);
        yield request.toString();
      }
      default -> message.toString();
    };
  }
}
