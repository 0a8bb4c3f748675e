package io.allium.protocol.sam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderLinesTest {
  private static final String DESTINATION = "A".repeat(522) + "==";

  @Test
  void readsThePeerOfAStreamOrDatagram() throws SamException {
    assertThat(PeerLine.parse(DESTINATION + "\r\n"))
        .isEqualTo(new PeerLine(DESTINATION, OptionalInt.empty(), OptionalInt.empty()));
    PeerLine withPorts = PeerLine.parse("  " + DESTINATION + "  FROM_PORT=11 TO_PORT=22 NEW=1 ");
    assertThat(withPorts)
        .isEqualTo(new PeerLine(DESTINATION, OptionalInt.of(11), OptionalInt.of(22)));
    assertThat(withPorts.print()).isEqualTo(DESTINATION + " FROM_PORT=11 TO_PORT=22");
    assertThat(PeerLine.parse(DESTINATION + " FROM_PORT= TO_PORT=").toPort()).isEmpty();
    assertThat(PeerLine.parse("A".repeat(516)).destination()).hasSize(516);
    assertThat(PeerLine.parse("A".repeat(43) + "= FROM_PORT=1").destination()).hasSize(44);
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
    assertThatThrownBy(() -> PeerLine.parse(line)).isInstanceOf(SamException.Violation.class);
  }

  @Test
  void readsTheHeaderOfARawDatagram() throws SamException {
    assertThat(RawHeader.parse("FROM_PORT=1 TO_PORT=2 PROTOCOL=3"))
        .isEqualTo(new RawHeader(1, 2, 3));
    assertThat(RawHeader.parse("TO_PORT=9")).isEqualTo(new RawHeader(0, 9, 18));
    assertThatThrownBy(() -> RawHeader.parse("hello FROM_PORT=1")).isInstanceOf(SamException.class);
    assertThatThrownBy(() -> RawHeader.parse("PROTOCOL=256")).isInstanceOf(SamException.class);
  }

  @Test
  void printsTheHeaderOfADatagram() {
    assertThat(new DatagramHeader(SamVersion.V3_0, "nick", "AAAA==", SendSettings.DEFAULT).print())
        .isEqualTo("3.0 nick AAAA==");
    SendSettings all = new SendSettings(
        OptionalInt.of(1),
        OptionalInt.of(2),
        OptionalInt.of(3),
        OptionalInt.of(40),
        OptionalInt.of(30),
        OptionalInt.of(60),
        Optional.of(true));
    DatagramHeader header = new DatagramHeader(SamVersion.V3_3, "nick", "x.b32.i2p", all);
    assertThat(header.print())
        .isEqualTo("3.3 nick x.b32.i2p FROM_PORT=1 TO_PORT=2 PROTOCOL=3"
            + " SEND_TAGS=40 TAG_THRESHOLD=30 EXPIRES=60 SEND_LEASESET=true");
    assertThat(header.toString()).doesNotContain("x.b32").doesNotContain("nick");
  }
}
