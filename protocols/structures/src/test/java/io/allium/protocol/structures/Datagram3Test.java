package io.allium.protocol.structures;

import static io.allium.protocol.structures.Bytes.assertDropped;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Datagram3, whose bytes are typed from the picture in the specification. */
class Datagram3Test {
  private static final HexFormat HEX = HexFormat.of();
  private static final String HASH = "a1".repeat(32);
  private static final byte[] FROM = HEX.parseHex(HASH);

  @Test
  void theBytesAreHashFlagsPayload() throws Exception {
    assertBothWays(
        new Datagram3(FROM, Map.of(), ByteBuffer.wrap(new byte[] {1, 2, 3})),
        HASH + "0003" + "010203");
    assertBothWays(new Datagram3(FROM, Map.of(), ByteBuffer.wrap(new byte[0])), HASH + "0003");
  }

  @Test
  void optionsAreSortedAndMayContainSeparators() throws Exception {
    assertBothWays(
        new Datagram3(FROM, Map.of("k", "v", "a", ""), ByteBuffer.wrap(new byte[] {1, 2, 3})),
        HASH + "0013" + "000b" + "01613d003b" + "016b3d01763b" + "010203");
    assertBothWays(
        new Datagram3(FROM, Map.of("=", ";é"), ByteBuffer.wrap(new byte[] {1})),
        HASH + "0013" + "0008" + "013d3d033bc3a93b" + "01");
  }

  private static void assertBothWays(Datagram3 datagram, String hex) throws Exception {
    assertThat(HEX.formatHex(datagram.encode())).isEqualTo(hex);
    assertThat(Datagram3.decode(HEX.parseHex(hex))).isEqualTo(datagram);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "00", "0002", "0000", "0023", "0043", "0083", "8003", "0013", "001300"})
  void otherVersionsUnknownFlagsAndWhatIsCutShortAreDropped(String afterHash) {
    byte[] datagram = HEX.parseHex(HASH + afterHash);
    assertDropped(() -> Datagram3.decode(datagram));
  }

  @Test
  void optionsAreBounded() throws Exception {
    String most = "x".repeat(255);
    Datagram3 large =
        new Datagram3(FROM, options(100, most.substring(3)), ByteBuffer.wrap(new byte[1]));
    assertThat(Datagram3.decode(large.encode())).isEqualTo(large);
    assertThatThrownBy(() ->
            new Datagram3(FROM, Map.of("", most + "x"), ByteBuffer.wrap(new byte[1])).encode())
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> new Datagram3(FROM, options(255, most), ByteBuffer.wrap(new byte[1])).encode())
        .as("together longer than two bytes can say")
        .isInstanceOf(IllegalArgumentException.class);
    Datagram3 many = new Datagram3(FROM, options(256, ""), ByteBuffer.wrap(new byte[1]));
    assertThat(Datagram3.decode(many.encode())).isEqualTo(many);
    assertThatThrownBy(
            () -> new Datagram3(FROM, options(257, ""), ByteBuffer.wrap(new byte[1])).encode())
        .isInstanceOf(IllegalArgumentException.class);
    assertDropped(() -> Datagram3.decode(withOptions(257)));
    assertThat(Datagram3.decode(withOptions(256)).options()).hasSize(256);
  }

  private static Map<String, String> options(int count, String value) {
    return IntStream.range(0, count)
        .boxed()
        .collect(Collectors.toMap("%03d"::formatted, ignored -> value));
  }

  /** Options "000" and so on without values: 3 "000" = 0 ; */
  private static byte[] withOptions(int count) {
    String mapping = IntStream.range(0, count)
        .mapToObj("%03d"::formatted)
        .map(key -> "03" + HEX.formatHex(key.getBytes(StandardCharsets.US_ASCII)) + "3d003b")
        .collect(Collectors.joining());
    return HEX.parseHex(HASH + "0013" + "%04x".formatted(mapping.length() / 2) + mapping);
  }
}
