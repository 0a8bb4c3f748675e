package io.allium.protocol.structures;

import static io.allium.protocol.structures.Bytes.assertRefused;
import static io.allium.protocol.structures.I2cpPayload.unwrap;
import static io.allium.protocol.structures.I2cpPayload.wrap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.allium.protocol.structures.StructureException.Reason;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import net.i2p.data.DataHelper;
import net.i2p.data.i2cp.MessagePayloadMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages, ours and those of Java I2P and of zlib, with which i2pd compresses. */
class I2cpPayloadTest {
  private static final byte[] CONTENT = "123456789".getBytes(StandardCharsets.US_ASCII);

  /** Header, one stored block, the checksum that every description of CRC-32 gives for this text, the length. */
  private static final String MESSAGE = "1f8b0800" + "1234" + "fedc" + "02" + "11" + "01" + "0900"
      + "f6ff" + "313233343536373839" + "2639f4cb" + "09000000";

  @Test
  void theBytesAreThoseOfTheSpecification() throws Exception {
    byte[] wrapped = Joiner.bytes(wrap(17, 0x1234, 0xfedc, ByteBuffer.wrap(CONTENT)));
    assertThat(HexFormat.of().formatHex(wrapped)).isEqualTo(MESSAGE);
    assertThat(unwrap(ByteBuffer.wrap(HexFormat.of().parseHex(MESSAGE))))
        .isEqualTo(new I2cpPayload(17, 0x1234, 0xfedc, ByteBuffer.wrap(CONTENT)));
  }

  /** Of no length, of the shortest and longest that Java I2P stores in one block, of the longest that it compresses. */
  static Stream<byte[]> contents() {
    Random random = new Random(42);
    return Stream.of(0, 1, 66, 1000, 32_767, 32_768, 40_960, 40_961, 65_513).flatMap(length -> {
      byte[] noise = new byte[length];
      random.nextBytes(noise);
      byte[] text = "GET / HTTP/1.1\r\n".repeat(5000).getBytes(StandardCharsets.US_ASCII);
      return Stream.of(noise, Arrays.copyOf(text, length));
    });
  }

  @ParameterizedTest
  @EnumSource
  void javaI2pReadsOurs(Deflating deflating) throws Exception {
    for (byte[] content : contents().toList()) {
      ByteBuffer given = ByteBuffer.wrap(content).asReadOnlyBuffer();
      ByteBuffer wrapped = wrap(18, 1, 65_535, given, deflating);
      assertThat(given.remaining()).isEqualTo(content.length);
      byte[] ours = Joiner.bytes(wrapped);
      assertThat(ours.length).isLessThanOrEqualTo(content.length + 23);
      assertThat(DataHelper.decompress(ours)).isEqualTo(content);
      MessagePayloadMessage message = new MessagePayloadMessage();
      byte[] body = ByteBuffer.allocate(10 + ours.length)
          .putInt(6, ours.length)
          .put(10, ours)
          .array();
      message.readMessage(
          new ByteArrayInputStream(body), body.length, MessagePayloadMessage.MESSAGE_TYPE);
      message.getPayload().setUnencryptedData(message.getPayload().getEncryptedData());
      assertThat(javaI2p("getProto", MessagePayloadMessage.class).invoke(null, message))
          .isEqualTo(18);
      assertThat(javaI2p("getFromPort", MessagePayloadMessage.class).invoke(null, message))
          .isEqualTo(1);
      assertThat(javaI2p("getToPort", MessagePayloadMessage.class).invoke(null, message))
          .isEqualTo(65_535);
      assertRead(content, wrapped);
    }
  }

  private static Method javaI2p(String name, Class<?>... types) throws Exception {
    Method method =
        Class.forName("net.i2p.client.impl.I2PSessionMuxedImpl").getDeclaredMethod(name, types);
    method.setAccessible(true);
    return method;
  }

  private static void assertRead(byte[] content, ByteBuffer message) throws Exception {
    int length = message.remaining();
    assertThat(unwrap(message)).isEqualTo(new I2cpPayload(18, 1, 65_535, ByteBuffer.wrap(content)));
    ByteBuffer direct = ByteBuffer.allocateDirect(length + 7).position(7).put(message.duplicate());
    assertThat(unwrap(direct.position(7)).content()).isEqualTo(ByteBuffer.wrap(content));
    assertThat(unwrap(message.asReadOnlyBuffer()).content()).isEqualTo(ByteBuffer.wrap(content));
    assertThat(message.remaining()).isEqualTo(length);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 6, 9})
  void weReadJavaI2ps(int level) throws Exception {
    for (byte[] content : contents().filter(some -> some.length <= 40_960).toList()) {
      byte[] theirs = DataHelper.compress(content, 0, content.length, level);
      javaI2p("setProto", byte[].class, int.class).invoke(null, theirs, 18);
      javaI2p("setFromPort", byte[].class, int.class).invoke(null, theirs, 1);
      javaI2p("setToPort", byte[].class, int.class).invoke(null, theirs, 65_535);
      assertRead(content, ByteBuffer.wrap(theirs));
    }
  }

  @Test
  void weReadWhatZlibCompresses() throws Exception {
    for (byte[] content : contents().toList()) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      try (GZIPOutputStream zlib = new GZIPOutputStream(out)) {
        zlib.write(content);
      }
      ByteBuffer theirs = ByteBuffer.wrap(out.toByteArray());
      assertRead(content, theirs.putShort(4, (short) 1).putShort(6, (short) -1).put(9, (byte) 18));
    }
  }

  /** The same bytes, so that a receiver cannot tell. */
  @Test
  void whatWeCompressLooksLikeJavaI2ps() throws Exception {
    byte[] text = "GET / HTTP/1.1\r\n".repeat(100).getBytes(StandardCharsets.US_ASCII);
    byte[] theirs = DataHelper.compress(text, 0, text.length, Deflater.BEST_COMPRESSION);
    javaI2p("setProto", byte[].class, int.class).invoke(null, theirs, 6);
    assertThat(Joiner.bytes(wrap(6, 0, 0, ByteBuffer.wrap(text), Deflating.IF_SMALLER)))
        .isEqualTo(theirs)
        .hasSizeLessThan(100);
  }

  @ParameterizedTest
  @CsvSource({"-1,0,0", "256,0,0", "6,-1,0", "6,65536,0", "6,0,-1", "6,0,65536"})
  void numbersOutOfRangeAreNotSent(int protocol, int fromPort, int toPort) {
    ByteBuffer content = ByteBuffer.allocate(1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> wrap(protocol, fromPort, toPort, content));
  }

  @Test
  void moreThanI2cpCarriesIsNotSent() {
    ByteBuffer content = ByteBuffer.allocate(65_514);
    assertRefused(Reason.TOO_LARGE, () -> wrap(6, 0, 0, content, Deflating.IF_SMALLER));
  }

  /** Nothing is shared: what one leaves behind must not reach another. */
  @Test
  void manyThreadsDoNotMixTheirMessages() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Boolean>> rounds = Stream.iterate(0, i -> i + 1)
          .limit(200)
          .map(i -> (Callable<Boolean>) () -> isReadBack(new Random(i)))
          .toList();
      for (Future<Boolean> round : threads.invokeAll(rounds)) {
        assertThat(round.get()).isTrue();
      }
    }
  }

  private static boolean isReadBack(Random random) throws StructureException {
    for (int i = 0; i < 20; i++) {
      byte[] content = new byte[random.nextInt(5000)];
      Arrays.fill(content, content.length / 2, content.length, (byte) random.nextInt());
      ByteBuffer wrapped = wrap(18, i, 7, ByteBuffer.wrap(content), Deflating.IF_SMALLER);
      ByteBuffer broken = ByteBuffer.wrap(Joiner.bytes(wrapped));
      broken.put(broken.limit() - 9, (byte) ~broken.get(broken.limit() - 9));
      try {
        unwrap(broken);
      } catch (StructureException refused) {
        // the next message is read with what this one left
      }
      if (!unwrap(wrapped).equals(new I2cpPayload(18, i, 7, ByteBuffer.wrap(content)))) {
        return false;
      }
    }
    return true;
  }

  @Test
  void itsTextSaysHowMuchItIs() {
    assertThat(new I2cpPayload(18, 1, 2, ByteBuffer.wrap(CONTENT)))
        .hasToString("I2cpPayload[protocol 18, port 1 to 2, 9 bytes]");
  }
}
