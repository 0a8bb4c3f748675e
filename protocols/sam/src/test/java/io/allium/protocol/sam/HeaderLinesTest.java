package io.allium.protocol.sam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.allium.ErrorKind;
import io.allium.I2pException;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderLinesTest {
  private static final String DESTINATION = "A".repeat(522) + "==";

  @Test
  void readsThePeerOfAStreamOrDatagram() throws I2pException {
    assertThat(PeerLine.parse(DESTINATION + "\r\n"))
        .isEqualTo(new PeerLine(DESTINATION, OptionalInt.empty(), OptionalInt.empty()));
    PeerLine withPorts = PeerLine.parse("  " + DESTINATION + "  FROM_PORT=11 TO_PORT=22 NEW=1 ");
    assertThat(withPorts)
        .isEqualTo(new PeerLine(DESTINATION, OptionalInt.of(11), OptionalInt.of(22)));
    assertThat(withPorts.print()).isEqualTo(DESTINATION + " FROM_PORT=11 TO_PORT=22");
    assertThat(PeerLine.parse(DESTINATION + " FROM_PORT= TO_PORT=").toPort()).isEmpty();
    assertThat(PeerLine.parse("A".repeat(516)).isDestination()).isTrue();
    assertThat(PeerLine.parse("A".repeat(43) + "= FROM_PORT=1").isDestination()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "STREAM STATUS RESULT=I2P_ERROR", "AAAA", "FROM_PORT=1 TO_PORT=2"})
  void aLineWithoutADestinationIsNoPeer(String line) {
    assertViolation(line);
  }

  @Test
  void aDestinationInAnotherAlphabetOrWithBadPortsIsNoPeer() {
    assertViolation("+".repeat(516));
    assertViolation("A".repeat(515));
    assertViolation("=" + "A".repeat(516));
    assertViolation(DESTINATION + " FROM_PORT=65536");
  }

  private static void assertViolation(String line) {
    assertThatThrownBy(() -> PeerLine.parse(line))
        .isInstanceOfSatisfying(
            I2pException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.PROTOCOL_VIOLATION));
  }

  @Test
  void readsTheHeaderOfARawDatagram() throws I2pException {
    assertThat(RawHeader.parse("FROM_PORT=1 TO_PORT=2 PROTOCOL=3"))
        .isEqualTo(new RawHeader(1, 2, 3));
    assertThat(RawHeader.parse("TO_PORT=9")).isEqualTo(new RawHeader(0, 9, 18));
    assertThat(new RawHeader(1, 2, 3).print()).isEqualTo("FROM_PORT=1 TO_PORT=2 PROTOCOL=3");
    assertThatThrownBy(() -> RawHeader.parse("hello FROM_PORT=1")).isInstanceOf(I2pException.class);
    assertThatThrownBy(() -> RawHeader.parse("PROTOCOL=256")).isInstanceOf(I2pException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "3.0 nick AAAA==",
        "3.2 nick x.b32.i2p FROM_PORT=1 TO_PORT=2 PROTOCOL=3",
        "3.3 nick AAAA SEND_TAGS=40 TAG_THRESHOLD=30 EXPIRES=60 SEND_LEASESET=true"
      })
  void aDatagramHeaderPrintsBackWhatItReads(String line) throws I2pException {
    DatagramHeader header = DatagramHeader.parse(line);
    assertThat(header.print()).isEqualTo(line);
    assertThat(header.toString()).doesNotContain("AAAA").doesNotContain("nick");
  }

  @Test
  void aDatagramHeaderIsLenientAboutVersionsAndJunk() throws I2pException {
    assertThat(DatagramHeader.parse(" 3.9  n  D= 5 6 FROM_PORT= SEND_LEASESET=false"))
        .isEqualTo(new DatagramHeader(
            new SamVersion(3, 9),
            "n",
            "D=",
            new SendSettings(
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                Optional.of(false))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "3.0",
        "3.0 n",
        "4.0 n D",
        "x n D",
        "3.0 \"\" D",
        "3.0 n D FROM_PORT=99999",
        "3.0 n D\""
      })
  void aBrokenDatagramHeaderIsAViolation(String line) {
    assertThatThrownBy(() -> DatagramHeader.parse(line))
        .isInstanceOfSatisfying(
            I2pException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.PROTOCOL_VIOLATION));
  }
}
