package io.allium.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.allium.cli.TransferMessage.Reason;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The frames of docs/reference/file-transfer-protocol.md. */
class TransferCodecTest {
  private static final String HASH = "ab".repeat(32);

  /** Typed from the document. */
  private static final Map<String, TransferMessage> FRAMES = Map.of(
      "01 00000007 616c6c69756d 01",
      new TransferMessage.Hello(1),
      "02 0000002b 0000000000000102 " + HASH + " 61c3bc",
      new TransferMessage.Offer(258, HASH, "a\u00fc"),
      "03 00000008 0000000000000005",
      new TransferMessage.From(5),
      "04 00000002 0a0b",
      new TransferMessage.Data(ByteBuffer.wrap(new byte[] {10, 11})),
      "05 00000008 7fffffffffffffff",
      new TransferMessage.Stored(Long.MAX_VALUE),
      "06 00000000",
      new TransferMessage.Busy(),
      "07 00000020 " + HASH,
      new TransferMessage.Done(HASH),
      "08 00000000",
      new TransferMessage.Confirmed(),
      "09 00000001 02",
      new TransferMessage.Refused(Reason.CHANGED));

  static Stream<Arguments> frames() {
    return FRAMES.entrySet().stream().map(frame -> Arguments.of(frame.getKey(), frame.getValue()));
  }

  @ParameterizedTest
  @MethodSource("frames")
  void everyFrameIsAsDocumented(String hex, TransferMessage message) throws Exception {
    byte[] frame = bytes(hex);
    assertThat(TransferCodec.encode(message)).isEqualTo(frame);
    assertThat(decode(frame)).isEqualTo(message);
  }

  /** A later version may say more in its first word. */
  @Test
  void aLongerFirstWordIsUnderstood() throws Exception {
    assertThat(decode(bytes("01 00000009 616c6c69756d 02 ffff")))
        .isEqualTo(new TransferMessage.Hello(2));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "00 00000000", // no type
        "0a 00000000",
        "47 45542f20", // GET /
        "01 00000006 616c6c69756d",
        "01 00000007 616c6c69756e 01",
        "01 00000041 " + "00",
        "02 00000028 0000000000000102",
        "02 00000429 00",
        "02 0000002a 8000000000000000 "
            + "abababababababababababababababababababababababababababababababab 6161",
        "02 0000002a 0000000000000000 "
            + "abababababababababababababababababababababababababababababababab c328",
        "03 00000007 00000000000000",
        "03 00000008 ffffffffffffffff",
        "04 00000000",
        "04 00010001",
        "04 ffffffff",
        "05 00000008 8000000000000000",
        "06 00000001 00",
        "07 0000001f 00",
        "08 00000001 00",
        "09 00000001 00",
        "09 00000001 05",
      })
  void whatIsNoFrameIsAViolation(String hex) {
    assertThatThrownBy(() -> decode(bytes(hex))).isInstanceOf(ProtocolException.class);
  }

  @Test
  void chanceBringsNothingButMessagesAndViolations() {
    Random random = new Random(11);
    byte[][] seeds = FRAMES.keySet().stream().map(TransferCodecTest::bytes).toArray(byte[][]::new);
    int understood = 0;
    for (int i = 0; i < 200_000; i++) {
      byte[] frame = seeds[random.nextInt(seeds.length)].clone();
      for (int changes = random.nextInt(4); changes > 0; changes--) {
        frame[random.nextInt(frame.length)] = (byte) random.nextInt();
      }
      int cut = random.nextInt(8) == 0 ? random.nextInt(frame.length) : frame.length;
      try {
        TransferMessage message = decode(Arrays.copyOf(frame, Math.max(cut, 5)));
        assertThat(decode(TransferCodec.encode(message))).isEqualTo(message);
        understood++;
      } catch (ProtocolException e) {
        // as it should
      }
    }
    assertThat(understood).isBetween(20_000, 180_000);
  }

  private static TransferMessage decode(byte[] frame) throws ProtocolException {
    byte[] header = Arrays.copyOf(frame, TransferCodec.HEADER_LENGTH);
    assertThat(TransferCodec.payloadLength(header)).isBetween(0, TransferCodec.MAX_DATA);
    return TransferCodec.decode(
        header, Arrays.copyOfRange(frame, TransferCodec.HEADER_LENGTH, frame.length));
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }
}
