package io.allium.protocol.i2cp;

import static org.assertj.core.api.Assertions.assertThat;

import io.allium.protocol.structures.Lease2;
import io.allium.protocol.structures.PrivateKeys;
import io.allium.protocol.structures.SigningType;
import java.nio.ByteBuffer;
import java.util.Date;
import java.util.List;
import net.i2p.data.Destination;
import net.i2p.data.Hash;
import net.i2p.data.Lease;
import net.i2p.data.Payload;
import net.i2p.data.TunnelId;
import net.i2p.data.i2cp.BandwidthLimitsMessage;
import net.i2p.data.i2cp.DestReplyMessage;
import net.i2p.data.i2cp.DisconnectMessage;
import net.i2p.data.i2cp.HostReplyMessage;
import net.i2p.data.i2cp.MessagePayloadMessage;
import net.i2p.data.i2cp.MessageStatusMessage;
import net.i2p.data.i2cp.RequestVariableLeaseSetMessage;
import net.i2p.data.i2cp.SessionId;
import net.i2p.data.i2cp.SessionStatusMessage;
import net.i2p.data.i2cp.SetDateMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a router of Java I2P writes, by its own classes, is read here. */
@SuppressWarnings("JavaUtilDate") // Java I2P has it so
class JavaRouterMessageTest {
  private static final Destination DESTINATION = destination();

  private static Destination destination() {
    try {
      Destination destination = new Destination();
      destination.fromByteArray(
          PrivateKeys.read(PrivateKeys.generate(SigningType.ED25519)).destination());
      return destination;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void setDate() throws Exception {
    SetDateMessage message = new SetDateMessage("0.9.64");
    message.setDate(new Date(4_102_444_800_123L));
    assertThat(Wire.readOne(Wire.written(message)))
        .isEqualTo(new SetDate(4_102_444_800_123L, "0.9.64"));
    SetDateMessage old = new SetDateMessage();
    old.setDate(new Date(1));
    assertThat(Wire.readOne(Wire.written(old))).isEqualTo(new SetDate(1, ""));
  }

  @ParameterizedTest
  @CsvSource({"0,DESTROYED", "1,CREATED", "2,UPDATED", "3,INVALID", "4,REFUSED"})
  void sessionStatus(int code, SessionStatus.Status status) throws Exception {
    SessionStatusMessage message = new SessionStatusMessage();
    message.setSessionId(new SessionId(0xabcd));
    message.setStatus(code);
    assertThat(Wire.readOne(Wire.written(message))).isEqualTo(new SessionStatus(0xabcd, status));
  }

  @Test
  void requestVariableLeaseSet() throws Exception {
    Lease lease = new Lease();
    lease.setGateway(new Hash(Wire.hex("cd".repeat(32))));
    lease.setTunnelId(new TunnelId(0xffff_ffffL));
    lease.setEndDate(1_700_000_600_999L);
    RequestVariableLeaseSetMessage message = new RequestVariableLeaseSetMessage();
    message.setSessionId(new SessionId(9));
    message.addEndpoint(lease);
    message.addEndpoint(lease);
    Lease2 expected = new Lease2(Wire.hex("cd".repeat(32)), 0xffff_ffffL, 1_700_000_600L);
    assertThat(Wire.readOne(Wire.written(message)))
        .isEqualTo(new LeaseSetRequest(9, List.of(expected, expected)));
  }

  @Test
  void messagePayload() throws Exception {
    Payload payload = new Payload();
    payload.setEncryptedData(new byte[] {5, 6, 7});
    assertThat(Wire.readOne(Wire.written(new MessagePayloadMessage(9, 77, payload))))
        .isEqualTo(new MessagePayload(9, ByteBuffer.wrap(new byte[] {5, 6, 7})));
  }

  @Test
  void messageStatus() throws Exception {
    MessageStatusMessage message = new MessageStatusMessage();
    message.setSessionId(9);
    message.setMessageId(77);
    message.setNonce(0x8000_0001L);
    message.setSize(0);
    message.setStatus(MessageStatusMessage.STATUS_SEND_FAILURE_NO_LEASESET);
    assertThat(Wire.readOne(Wire.written(message)))
        .isEqualTo(new MessageStatus(9, 0x8000_0001L, MessageStatus.NO_LEASE_SET));
  }

  /** All but 0, which is about a message that waits at the router. */
  @Test
  void whatIsASuccessForJavaI2pIsOneHere() {
    for (int code = 1; code < 24; code++) {
      assertThat(new MessageStatus(1, 1, code).isSuccess())
          .as("code %s", code)
          .isEqualTo(MessageStatusMessage.isSuccessful(code)
              || code == MessageStatusMessage.STATUS_SEND_ACCEPTED);
    }
  }

  @Test
  void hostReply() throws Exception {
    HostReply found = (HostReply)
        Wire.readOne(Wire.written(new HostReplyMessage(new SessionId(0xffff), DESTINATION, 42)));
    assertThat(found.request()).isEqualTo(42);
    assertThat(found.destination()).hasValue(DESTINATION.toByteArray());
    assertThat(Wire.readOne(Wire.written(new HostReplyMessage(
            new SessionId(0xffff), HostReplyMessage.RESULT_DECRYPTION_FAILURE, 0xffff_ffffL))))
        .isEqualTo(
            new HostReply(0xffff_ffffL, HostReply.CANNOT_DECRYPT, java.util.Optional.empty()));
  }

  @Test
  void bandwidthLimits() throws Exception {
    assertThat(Wire.readOne(
            Wire.written(new BandwidthLimitsMessage(300, 60, 1000, 1100, 500, 550, 30))))
        .isEqualTo(new BandwidthLimits(300, 60, 1000));
  }

  @Test
  void disconnect() throws Exception {
    DisconnectMessage message = new DisconnectMessage();
    message.setReason("Router shutdown");
    assertThat(Wire.readOne(Wire.written(message))).isEqualTo(new Disconnect("Router shutdown"));
    assertThat(Wire.readOne(Wire.written(new DisconnectMessage()))).isEqualTo(new Disconnect(""));
  }

  /** An answer to what no client of today asks. */
  @Test
  void whatAClientNeedNotKnowSurvives() throws Exception {
    assertThat(Wire.readOne(Wire.written(new DestReplyMessage(DESTINATION))))
        .isEqualTo(new UnknownMessage(DestReplyMessage.MESSAGE_TYPE));
  }
}
