package io.allium.protocol.i2cp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages out of a stream of bytes (I2CP, "I2CP Message Header"): four bytes of length, one of type, the body. */
class MessageFramerTest {
  /** SetDate, an unknown one without a body, SessionStatus, and a payload of three bytes. */
  private static final byte[] STREAM = Wire.hex("0000000f 21" + Wire.SET_DATE
      + "00000000 63"
      + "00000003 14 0001 01"
      + "0000000d 1f 0001 00000007 00000003 010203");

  private static final List<RouterMessage> MESSAGES = List.of(
      new SetDate(0x0000_019d_e0f8_3c00L, "0.9.64"),
      new UnknownMessage(0x63),
      new SessionStatus(1, SessionStatus.Status.CREATED),
      new MessagePayload(1, ByteBuffer.wrap(new byte[] {1, 2, 3})));

  @Test
  void severalMessagesInOneReadComeInOrder() throws Exception {
    assertThat(Wire.read(STREAM)).isEqualTo(MESSAGES);
  }

  @Test
  void anyCutInThreeGivesTheSameMessages() throws Exception {
    for (int first = 0; first <= STREAM.length; first++) {
      for (int second = first; second <= STREAM.length; second++) {
        MessageFramer framer = new MessageFramer();
        List<RouterMessage> read = new ArrayList<>();
        for (byte[] part : List.of(
            Arrays.copyOf(STREAM, first),
            Arrays.copyOfRange(STREAM, first, second),
            Arrays.copyOfRange(STREAM, second, STREAM.length))) {
          ByteBuffer bytes = ByteBuffer.wrap(part);
          framer.feed(bytes);
          assertThat(bytes.hasRemaining()).as("all is taken").isFalse();
          read.addAll(Wire.drain(framer));
        }
        assertThat(read).as("cut at %s and %s", first, second).isEqualTo(MESSAGES);
      }
    }
  }

  @Test
  void oneByteAtATimeGivesEachMessageWithItsLastByte() throws Exception {
    MessageFramer framer = new MessageFramer();
    List<Integer> ends = new ArrayList<>();
    for (int i = 0; i < STREAM.length; i++) {
      framer.feed(ByteBuffer.wrap(STREAM, i, 1));
      for (RouterMessage message : Wire.drain(framer)) {
        assertThat(message).isEqualTo(MESSAGES.get(ends.size()));
        ends.add(i + 1);
      }
    }
    assertThat(ends).containsExactly(20, 25, 33, STREAM.length);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 4096, 16 * 1024})
  void theLargestMessagesComeThrough(int step) throws Exception {
    byte[] payload = new byte[MessageFramer.MAX_BODY - 10];
    Arrays.fill(payload, (byte) 0x5a);
    byte[] body = ByteBuffer.allocate(MessageFramer.MAX_BODY)
        .putShort((short) 1)
        .putInt(7)
        .putInt(payload.length)
        .put(payload)
        .array();
    byte[] one = Wire.frame(MessagePayload.TYPE, body);
    byte[] two = ByteBuffer.allocate(2 * one.length).put(one).put(one).array();
    MessageFramer framer = new MessageFramer();
    List<RouterMessage> read = new ArrayList<>();
    for (int at = 0; at < two.length; at += step) {
      framer.feed(ByteBuffer.wrap(two, at, Math.min(step, two.length - at)));
      read.addAll(Wire.drain(framer));
    }
    RouterMessage expected = new MessagePayload(1, ByteBuffer.wrap(payload));
    assertThat(read).containsExactly(expected, expected);
  }

  @Test
  void oneByteMoreThanTheLargestIsRefusedByItsHeaderAlone() throws Exception {
    MessageFramer framer = new MessageFramer();
    framer.feed(header(MessageFramer.MAX_BODY));
    assertThat(framer.next()).isEmpty();
    assertRefused(header(MessageFramer.MAX_BODY + 1), MessageFramer.MAX_BODY + 1L);
    assertRefused(header(-1), 0xffff_ffffL);
  }

  private static ByteBuffer header(int length) {
    return ByteBuffer.allocate(5).putInt(length).put((byte) MessagePayload.TYPE).flip();
  }

  @Test
  void whatIsNotI2cpIsSeenAtOnce() {
    assertRefused("HTTP/1.1 400 Bad Request\r\n\r\n", 0x4854_5450L);
    assertRefused("HELLO REPLY RESULT=OK VERSION=3.3\n", 0x4845_4c4cL);
    assertRefused("SSH-2.0-OpenSSH_9.2\r\n", 0x5353_482dL);
    // an alert of TLS: content type 21, version 3.1, two bytes, fatal, unexpected message
    assertRefused(ByteBuffer.wrap(Wire.hex("15 0301 0002 02 0a")), 0x1503_0100L);
  }

  private static void assertRefused(String text, long length) {
    assertRefused(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)), length);
  }

  private static void assertRefused(ByteBuffer bytes, long length) {
    MessageFramer framer = new MessageFramer();
    framer.feed(bytes);
    assertThat(catchThrowableOfType(I2cpException.class, framer::next))
        .hasMessage("what answers sends a message of " + length
            + " bytes: check that this is the port of a router's I2CP");
  }

  @Test
  void messagesBeforeAMalformedOneAreStillGiven() throws Exception {
    MessageFramer framer = new MessageFramer();
    framer.feed(ByteBuffer.wrap(Wire.hex("00000003 14 0001 01" + "00000002 14 0001")));
    assertThat(framer.next()).contains(new SessionStatus(1, SessionStatus.Status.CREATED));
    assertThat(catchThrowableOfType(I2cpException.class, framer::next))
        .hasMessage("the router's SessionStatus is malformed: it is cut short");
  }

  /** The framer's buffer is used again; a payload that a program holds is not. */
  @Test
  void aPayloadIsNotChangedByWhatComesLater() throws Exception {
    MessageFramer framer = new MessageFramer();
    byte[] bytes = Wire.hex("0000000d 1f 0001 00000007 00000003 010203");
    framer.feed(ByteBuffer.wrap(bytes));
    RouterMessage read = framer.next().orElseThrow();
    Arrays.fill(bytes, (byte) 0xff);
    framer.feed(ByteBuffer.wrap(Wire.hex("0000000d 1f 0001 00000007 00000003 090909")));
    assertThat(framer.next()).isPresent();
    assertThat(read).isEqualTo(MESSAGES.get(3));
  }
}
