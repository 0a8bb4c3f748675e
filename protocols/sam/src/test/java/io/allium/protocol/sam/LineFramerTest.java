package io.allium.protocol.sam;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Field;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineFramerTest {
  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(UTF_8));
  }

  private static ByteBuffer direct(String text) {
    return ByteBuffer.allocateDirect(512).put(text.getBytes(UTF_8)).flip();
  }

  private static void assertViolation(ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOf(SamException.Violation.class);
  }

  @Test
  void takesNothingBehindTheLineEnd() throws SamException {
    for (ByteBuffer in : List.of(bytes("PING\nDATA\n"), direct("PING\nDATA\n"))) {
      assertThat(new LineFramer().line(in)).contains("PING");
      assertThat(UTF_8.decode(in).toString()).isEqualTo("DATA\n");
    }
  }

  @Test
  void joinsALineCutAtEveryOffset() throws SamException {
    String text = "PONG €é😀\r\nrest";
    byte[] all = text.getBytes(UTF_8);
    for (int cut = 0; cut <= all.length; cut++) {
      LineFramer framer = new LineFramer();
      ByteBuffer first = ByteBuffer.wrap(all, 0, cut).slice();
      ByteBuffer second = ByteBuffer.wrap(all, cut, all.length - cut).slice();
      Optional<String> line = framer.line(first);
      assertThat(line.isPresent() ? line : framer.line(second)).contains("PONG €é😀");
      assertThat(UTF_8.decode(first).toString() + UTF_8.decode(second)).isEqualTo("rest");
    }
  }

  @Test
  void readsEmptyLines() throws SamException {
    ByteBuffer in = bytes("\n\r\nA\n");
    LineFramer framer = new LineFramer();
    assertThat(framer.line(in)).contains("");
    assertThat(framer.line(in)).contains("");
    assertThat(framer.line(in)).contains("A");
    assertThat(framer.line(in)).isEmpty();
  }

  @Test
  void acceptsTheLongestLineHoweverItArrives() throws SamException {
    String longest = "x".repeat(LineFramer.MAX_LINE);
    assertThat(new LineFramer().line(bytes(longest + "\n"))).contains(longest);
    LineFramer framer = new LineFramer();
    assertThat(framer.line(bytes(longest))).isEmpty();
    assertThat(framer.line(bytes("\n"))).contains(longest);
  }

  @Test
  void aServerThatNeverEndsItsLineIsCutOffAtTheLimit() throws SamException {
    LineFramer framer = new LineFramer();
    byte[] segment = new byte[1000];
    Arrays.fill(segment, (byte) 'A');
    int fed = 0;
    while (fed + segment.length <= LineFramer.MAX_LINE) {
      assertThat(framer.line(ByteBuffer.wrap(segment))).isEmpty();
      fed += segment.length;
    }
    assertViolation(() -> framer.line(ByteBuffer.wrap(segment)));
    assertViolation(() -> framer.line(bytes("HELLO REPLY RESULT=OK VERSION=3.1\n")));
    assertViolation(() -> framer.take(bytes("x"), 1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u00ff", "\u00c3(", "\u00ed\u00a0\u0080", "\u00f5\u0080\u0080\u0080"})
  void malformedUtf8IsAViolation(String latin) {
    assertViolation(() ->
        new LineFramer().line(ByteBuffer.wrap(("PING " + latin + "\n").getBytes(ISO_8859_1))));
  }

  @Test
  void theReplacementCharacterItselfIsText() throws SamException {
    assertThat(new LineFramer().line(bytes("PING \ufffd\n"))).contains("PING \ufffd");
  }

  @Test
  void takesBodiesBetweenLinesInAnySegmentation() throws SamException {
    byte[] all = "RAW RECEIVED SIZE=7\npay\nloaRAW RECEIVED SIZE=0\nPING\n".getBytes(UTF_8);
    for (int cut = 0; cut <= all.length; cut++) {
      LineFramer framer = new LineFramer();
      Segments in = new Segments(all, cut);
      assertThat(in.line(framer)).isEqualTo("RAW RECEIVED SIZE=7");
      assertThat(in.body(framer, 7)).isEqualTo("pay\nloa");
      assertThat(in.line(framer)).isEqualTo("RAW RECEIVED SIZE=0");
      assertThat(in.body(framer, 0)).isEmpty();
      assertThat(in.line(framer)).isEqualTo("PING");
    }
  }

  @Test
  void aBodyOfAnImpossibleSizeIsAViolation() throws SamException {
    assertViolation(() -> new LineFramer().take(bytes("x"), -1));
    assertViolation(() -> new LineFramer().take(bytes("x"), LineFramer.MAX_BODY + 1));
    byte[] largest = new byte[LineFramer.MAX_BODY];
    assertThat(new LineFramer().take(ByteBuffer.wrap(largest), largest.length)).contains(largest);
  }

  @Test
  void aBodyIsACopy() throws SamException {
    ByteBuffer in = bytes("abc");
    byte[] body = new LineFramer().take(in, 3).orElseThrow();
    in.put(0, (byte) 'X');
    assertThat(body).isEqualTo("abc".getBytes(UTF_8));
  }

  /** Two segments, cut anywhere. */
  private static final class Segments {
    private ByteBuffer now;
    private final ByteBuffer later;

    Segments(byte[] all, int cut) {
      now = ByteBuffer.wrap(all, 0, cut).slice();
      later = ByteBuffer.wrap(all, cut, all.length - cut).slice();
    }

    String line(LineFramer framer) throws SamException {
      Optional<String> line = framer.line(now);
      if (line.isEmpty()) {
        now = later;
        line = framer.line(now);
      }
      return line.orElseThrow();
    }

    String body(LineFramer framer, int size) throws SamException {
      Optional<byte[]> body = framer.take(now, size);
      if (body.isEmpty()) {
        now = later;
        body = framer.take(now, size);
      }
      return new String(body.orElseThrow(), UTF_8);
    }
  }

  /** It may be a private key, which with an offline signature is longer than what is kept at first. */
  @Test
  void whatWasKeptOfALineIsWipedWhereItGrew() throws Exception {
    Field carry = LineFramer.class.getDeclaredField("carry");
    carry.setAccessible(true);
    LineFramer framer = new LineFramer();
    Set<byte[]> kept = Collections.newSetFromMap(new IdentityHashMap<>());
    for (int i = 0; i < 30; i++) {
      assertThat(framer.line(ByteBuffer.wrap("k".repeat(100).getBytes(UTF_8)))).isEmpty();
      kept.add((byte[]) carry.get(framer));
    }
    assertThat(framer.line(ByteBuffer.wrap("\n".getBytes(UTF_8)))).contains("k".repeat(3000));
    assertThat(kept).hasSizeGreaterThan(1).allSatisfy(bytes -> assertThat(bytes).containsOnly(0));
  }
}
