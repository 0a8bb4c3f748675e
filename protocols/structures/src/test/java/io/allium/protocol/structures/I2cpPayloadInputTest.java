package io.allium.protocol.structures;

import static io.allium.protocol.structures.Bytes.assertDropped;
import static io.allium.protocol.structures.Bytes.flip;
import static io.allium.protocol.structures.Bytes.join;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What anybody on I2P may send for a message. */
class I2cpPayloadInputTest {
  private static final byte[] TEXT = "any text, ".repeat(9).getBytes(StandardCharsets.US_ASCII);

  /** A mebibyte of zeros. */
  private static final int BOMB = 1 << 20;

  private static I2cpPayload unwrap(byte[] message) throws StructureException {
    return I2cpPayload.unwrap(ByteBuffer.wrap(message));
  }

  @Test
  void whatIsCutOrLongerOrChangedIsDropped() throws Exception {
    for (Deflating deflating : Deflating.values()) {
      byte[] wrapped = Joiner.bytes(I2cpPayload.wrap(18, 1, 2, ByteBuffer.wrap(TEXT), deflating));
      assertThat(unwrap(wrapped).content()).isEqualTo(ByteBuffer.wrap(TEXT));
      for (int length = 0; length < wrapped.length; length++) {
        byte[] cut = Arrays.copyOf(wrapped, length);
        assertDropped(() -> unwrap(cut));
      }
      for (byte[] more : List.of(new byte[1], wrapped)) {
        assertDropped(() -> unwrap(join(wrapped, more)));
      }
      for (int at = 0; at < wrapped.length; at++) {
        if (at < 4 || at > 9) {
          byte[] flipped = flip(wrapped, at);
          assertDropped(() -> unwrap(flipped));
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1f8b0801" + "0001000202" + "12" + "010000ffff" + "0000000000000000", // a flag
        "1f8b0808" + "0001000202" + "12" + "6100" + "010000ffff" + "0000000000000000", // a name
        "1f8b0700" + "0001000202" + "12" + "010000ffff" + "0000000000000000", // no deflate
        "1f8b0800" + "0001000202" + "12" + "000000ffff" + "0000000000000000", // no last block
        "1f8b0800" + "0001000202" + "12" + "070000ffff" + "0000000000000000", // no such block
        "1f8b0800" + "0001000202" + "12" + "010000feff" + "0000000000000000", // no complement
        "1f8b0800" + "0001000202" + "12" + "010000ffff" + "0000000001000000", // another length
        "1f8b0800" + "0001000202" + "12" + "010000ffff" + "00000000ffffffff", // 4 GiB
        "1f8b0800" + "0001000202" + "12" + "010000ffff" + "00000000eaff0000", // too much by one
        "1f8b0800" + "0001000202" + "12" + "0100" + "0000000000000000", // half a block
        "1f8b0800" + "0001000202" + "12" + "0300" + "0000000001000000" // an empty block of 1 byte
      })
  void whatBreaksARuleIsDropped(String message) {
    byte[] bytes = HexFormat.of().parseHex(message);
    assertDropped(() -> unwrap(bytes));
  }

  /** A stored and a compressed block that is empty, and empty blocks before the last one. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "1f8b0800" + "0001000202" + "12" + "010000ffff" + "0000000000000000",
        "1f8b0800" + "0001000200" + "12" + "0300" + "0000000000000000",
        "1f8b0800" + "0001000204" + "12" + "000000ffff" + "000000ffff" + "010000ffff"
            + "0000000000000000"
      })
  void anEmptyContentIsRead(String message) throws Exception {
    assertThat(unwrap(HexFormat.of().parseHex(message)))
        .isEqualTo(new I2cpPayload(18, 1, 2, ByteBuffer.allocate(0)));
  }

  /** Honest, and with each lie about its size that a bound of ours could believe. */
  @ParameterizedTest
  @ValueSource(ints = {BOMB, 0, 1, 65_513, 65_514, -1})
  void aBombIsDroppedBeforeItFillsTheMemory(int size) throws Exception {
    byte[] message = bomb(size);
    assertThat(message.length).isLessThan(2000);
    assertDropped(() -> unwrap(message));
    assertThat(allocated(message)).isLessThan(200_000);
  }

  /** Many small messages would cost as much memory as one bomb. */
  @Test
  void aSmallMessageThatClaimsToBeLargeCostsNoMemory() {
    byte[] message = HexFormat.of()
        .parseHex("1f8b0800" + "0001000202" + "12" + "0300" + "00000000" + "e9ff0000");
    assertThat(allocated(message)).isLessThan(20_000);
  }

  private static byte[] bomb(int size) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream zlib = new GZIPOutputStream(out)) {
      zlib.write(new byte[BOMB]);
    }
    ByteBuffer message = ByteBuffer.wrap(out.toByteArray());
    return message
        .putInt(message.limit() - Integer.BYTES, Integer.reverseBytes(size))
        .array();
  }

  private static long allocated(byte[] message) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    assertDropped(() -> unwrap(message)); // loads what the first one needs
    long before = threads.getCurrentThreadAllocatedBytes();
    assertDropped(() -> unwrap(message));
    return threads.getCurrentThreadAllocatedBytes() - before;
  }
}
