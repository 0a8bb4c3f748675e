package io.allium.protocol.i2cp;

import static io.allium.protocol.i2cp.Wire.LEASE;
import static io.allium.protocol.i2cp.Wire.SET_DATE;
import static org.assertj.core.api.Assertions.assertThat;

import io.allium.protocol.structures.Lease2;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages of routers, whose bytes are typed here from the specification of I2CP, each under the name that it has there. */
class RouterMessageTest {
  private static final long DATE = 0x0000_019d_e0f8_3c00L;
  private static final Set<Integer> KNOWN = Set.of(20, 22, 23, 30, 31, 33, 37, 39);

  /** SetDateMessage: 8 bytes of date, a string with the version. */
  @Test
  void setDate() throws Exception {
    assertThat(Wire.body(33, SET_DATE)).isEqualTo(new SetDate(DATE, "0.9.64"));
  }

  @Test
  void setDateOfARouterThatDoesNotSayWhatItSpeaks() throws Exception {
    assertThat(Wire.body(33, SET_DATE.substring(0, 16))).isEqualTo(new SetDate(DATE, ""));
    assertThat(Wire.body(33, SET_DATE.substring(0, 16) + "00")).isEqualTo(new SetDate(DATE, ""));
  }

  /** SessionStatusMessage: 2 bytes of session, 1 of status. */
  @ParameterizedTest
  @CsvSource({"00,DESTROYED", "01,CREATED", "02,UPDATED", "03,INVALID", "04,REFUSED"})
  void sessionStatus(String code, SessionStatus.Status status) throws Exception {
    assertThat(Wire.body(20, "fffe" + code)).isEqualTo(new SessionStatus(0xfffe, status));
  }

  /** Java I2P has a number of its own, 5, for a destination that is online already, and others may follow. */
  @ParameterizedTest
  @ValueSource(strings = {"05", "06", "80", "ff"})
  void aSessionStatusThatIsNotKnownSurvives(String code) throws Exception {
    assertThat(Wire.body(20, "0001" + code))
        .isEqualTo(new SessionStatus(1, SessionStatus.Status.UNKNOWN));
  }

  /** RequestVariableLeaseSetMessage: 2 bytes of session, 1 with the number of leases, 44 bytes a lease. */
  @Test
  void leaseSetRequest() throws Exception {
    byte[] gateway = new byte[32];
    Arrays.fill(gateway, (byte) 0xbb);
    Lease2 lease = new Lease2(gateway, 0xffff_fffeL, DATE / 1000);
    assertThat(Wire.body(37, "0001" + "02" + LEASE + LEASE))
        .isEqualTo(new LeaseSetRequest(1, List.of(lease, lease)));
    assertThat(Wire.body(37, "0001" + "00")).isEqualTo(new LeaseSetRequest(1, List.of()));
    assertThat(Wire.body(37, "0001" + "10" + LEASE.repeat(16)))
        .isEqualTo(new LeaseSetRequest(1, java.util.Collections.nCopies(16, lease)));
  }

  @Test
  void moreLeasesThanALeaseSetHasAreRefused() {
    assertThat(Wire.refused(37, Wire.hex("0001" + "11" + LEASE.repeat(17))))
        .hasMessage("the router's RequestVariableLeaseSet is malformed: it has 17 leases");
  }

  /** LeaseSet2 has 32 bits for the end of a lease. */
  @Test
  void aLeaseThatEndsTooLateIsRefused() {
    String late = "bb".repeat(32) + "fffffffe" + "ffffffffffffffff";
    assertThat(Wire.refused(37, Wire.hex("0001" + "01" + late)).getMessage())
        .startsWith("the router's RequestVariableLeaseSet is malformed: ")
        .contains("2106");
  }

  /** MessagePayloadMessage: session, 4 bytes of message id, 4 bytes of length, the payload. */
  @Test
  void messagePayload() throws Exception {
    assertThat(Wire.body(31, "0001" + "ffffffff" + "00000003" + "1f8b08"))
        .isEqualTo(new MessagePayload(1, ByteBuffer.wrap(Wire.hex("1f8b08"))));
    assertThat(Wire.body(31, "0001" + "00000000" + "00000000"))
        .isEqualTo(new MessagePayload(1, ByteBuffer.allocate(0)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"00000002", "00000004", "ffffffff", "80000003"})
  void aPayloadOfAnotherLengthIsRefused(String length) {
    assertThat(Wire.refused(31, Wire.hex("0001" + "00000007" + length + "1f8b08")))
        .hasMessage(
            "the router's MessagePayload is malformed: its payload has another length than it says");
  }

  /** MessageStatusMessage: session, message id, 1 byte of status, 4 bytes of size, 4 bytes of nonce. */
  @Test
  void messageStatus() throws Exception {
    assertThat(Wire.body(22, "0001" + "00000007" + "15" + "00000000" + "fffffffe"))
        .isEqualTo(new MessageStatus(1, 0xffff_fffeL, MessageStatus.NO_LEASE_SET));
  }

  /** I2CP, "MessageStatusMessage": 1, 2, 4 and 6 are good news, all others are or may be bad; so are those to come. */
  @Test
  void everyStatusOfAMessageSurvivesAndFewAreGood() throws Exception {
    for (int code = 0; code < 256; code++) {
      MessageStatus status = (MessageStatus)
          Wire.body(22, "0001" + "00000007" + "%02x".formatted(code) + "00000000" + "00000001");
      assertThat(status.code()).isEqualTo(code);
      assertThat(status.isSuccess())
          .as("code %s", code)
          .isEqualTo(Set.of(1, 2, 4, 6).contains(code));
      assertThat(status.isAccepted()).as("code %s", code).isEqualTo(code == 1);
    }
  }

  /** HostReplyMessage: session, 4 bytes of request id, 1 byte of result, the destination if that is 0. */
  @Test
  void hostReply() throws Exception {
    String destination = "aa".repeat(384) + "05" + "0004" + "0007" + "0000";
    HostReply found = (HostReply) Wire.body(39, "ffff" + "fffffffe" + "00" + destination);
    assertThat(found.request()).isEqualTo(0xffff_fffeL);
    assertThat(found.code()).isEqualTo(HostReply.FOUND);
    assertThat(found.destination()).hasValue(Wire.hex(destination));
  }

  @Test
  void aReplyThatFoundSomethingHasIt() {
    assertThat(Wire.refused(39, Wire.hex("ffff" + "00000001" + "00")))
        .hasMessage("the router's HostReply is malformed: it has no destination");
  }

  @Test
  void everyOtherResultOfALookUpSurvives() throws Exception {
    for (int code = 1; code < 256; code++) {
      HostReply reply = (HostReply) Wire.body(39, "ffff" + "00000001" + "%02x".formatted(code));
      assertThat(reply.code()).isEqualTo(code);
      assertThat(reply.destination()).isEmpty();
    }
  }

  /** BandwidthLimitsMessage: sixteen numbers of 4 bytes, the client's inbound and outbound limit first, then the router's. */
  @Test
  void bandwidthLimits() throws Exception {
    assertThat(Wire.body(23, "fffffffe" + "00000030" + "fffffffd" + "00000001".repeat(13)))
        .isEqualTo(new BandwidthLimits(0xffff_fffeL, 0x30, 0xffff_fffdL));
  }

  /** DisconnectMessage: a string. */
  @Test
  void disconnect() throws Exception {
    assertThat(Wire.body(30, "04" + "73746f70")).isEqualTo(new Disconnect("stop"));
    assertThat(Wire.body(30, "00")).isEqualTo(new Disconnect(""));
    assertThat(Wire.body(30, "03" + "e282ac")).isEqualTo(new Disconnect("€"));
  }

  /** One that is not UTF-8 ends the connection all the same. */
  @Test
  void aReasonThatIsNoTextSurvives() throws Exception {
    assertThat(Wire.body(30, "02" + "ff41")).isEqualTo(new Disconnect("\ufffdA"));
  }

  @ParameterizedTest
  @CsvSource({
    "20, SessionStatus, 0001 01",
    "22, MessageStatus, 0001 00000007 01 00000000 00000001",
    "23, BandwidthLimits, 00000030 00000030 00000030",
    "30, Disconnect, 04 73746f70",
    "31, MessagePayload, 0001 00000007 00000003 1f8b08",
    "37, RequestVariableLeaseSet, 0001 01 " + LEASE,
    "39, HostReply, ffff 00000001 01"
  })
  void aMessageThatIsCutAnywhereIsRefused(int type, String name, String hex) throws Exception {
    byte[] whole = Wire.hex(hex);
    assertThat(RouterMessage.read(type, ByteBuffer.wrap(whole))).isNotNull();
    for (int length = 0; length < whole.length; length++) {
      assertThat(Wire.refused(type, Arrays.copyOf(whole, length)).getMessage())
          .as("%s bytes", length)
          .startsWith("the router's " + name + " is malformed: ")
          .doesNotEndWith(".");
    }
  }

  /** Without its version it is that of an old router; else it is cut. */
  @Test
  void aSetDateThatIsCutInItsDateOrVersionIsRefused() {
    byte[] whole = Wire.hex(SET_DATE);
    for (int length = 0; length < whole.length; length++) {
      if (length != 8) {
        assertThat(Wire.refused(33, Arrays.copyOf(whole, length)))
            .hasMessage("the router's SetDate is malformed: it is cut short");
      }
    }
  }

  /** Later versions add fields at the end. */
  @ParameterizedTest
  @CsvSource({
    "20, 0001 01",
    "22, 0001 00000007 01 00000000 00000001",
    "23, 00000030 00000030 00000030",
    "30, 04 73746f70",
    "33, " + SET_DATE,
    "37, 0001 01 " + LEASE,
    "39, ffff 00000001 01"
  })
  void moreAtTheEndIsPassedOver(int type, String hex) throws Exception {
    assertThat(Wire.body(type, hex + "cafe")).isEqualTo(Wire.body(type, hex));
  }

  @Test
  void messagesOfUnknownTypesSurviveWhateverIsInThem() throws Exception {
    for (int type = 0; type < 256; type++) {
      if (!KNOWN.contains(type)) {
        assertThat(Wire.body(type, "")).isEqualTo(new UnknownMessage(type));
        assertThat(Wire.body(type, "ff".repeat(64))).isEqualTo(new UnknownMessage(type));
      }
    }
  }

  /** What a router says may name a destination, and what is malformed may be anything. */
  @Test
  void whatIsWrongRepeatsNoBytes() {
    byte[] body = new byte[20];
    byte[] secret = "secret-secret".getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(secret, 0, body, 1, secret.length);
    body[0] = (byte) 200;
    assertThat(Wire.refused(30, body)).hasMessageNotContaining("secret");
  }
}
