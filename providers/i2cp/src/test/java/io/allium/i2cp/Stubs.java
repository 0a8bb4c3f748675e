package io.allium.i2cp;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Date;
import java.util.Optional;
import net.i2p.data.Destination;
import net.i2p.data.Hash;
import net.i2p.data.Lease;
import net.i2p.data.Payload;
import net.i2p.data.TunnelId;
import net.i2p.data.i2cp.BandwidthLimitsMessage;
import net.i2p.data.i2cp.DisconnectMessage;
import net.i2p.data.i2cp.HostLookupMessage;
import net.i2p.data.i2cp.HostReplyMessage;
import net.i2p.data.i2cp.I2CPMessage;
import net.i2p.data.i2cp.MessagePayloadMessage;
import net.i2p.data.i2cp.RequestVariableLeaseSetMessage;
import net.i2p.data.i2cp.SessionId;
import net.i2p.data.i2cp.SessionStatusMessage;
import net.i2p.data.i2cp.SetDateMessage;

/** Messages of a router, made by the classes of Java I2P. */
@SuppressWarnings("JavaUtilDate") // Java I2P has it so
final class Stubs {
  /** A lease lasts ten minutes, on every router. */
  static final Duration LEASE = Duration.ofMinutes(10);

  private Stubs() {}

  static SetDateMessage date(long millis, String version) {
    SetDateMessage message = new SetDateMessage(version);
    message.setDate(new Date(millis));
    return message;
  }

  static SessionStatusMessage status(int session, int status) {
    SessionStatusMessage message = new SessionStatusMessage();
    message.setSessionId(new SessionId(session));
    message.setStatus(status);
    return message;
  }

  static SessionStatusMessage created(int session) {
    return status(session, SessionStatusMessage.STATUS_CREATED);
  }

  static RequestVariableLeaseSetMessage leaseSetWanted(int session, long now) {
    byte[] gateway = new byte[Hash.HASH_LENGTH];
    Arrays.fill(gateway, (byte) 0xcd);
    Lease lease = new Lease();
    lease.setGateway(new Hash(gateway));
    lease.setTunnelId(new TunnelId(0x1234_5678L));
    lease.setEndDate(now + LEASE.toMillis());
    RequestVariableLeaseSetMessage message = new RequestVariableLeaseSetMessage();
    message.setSessionId(new SessionId(session));
    message.addEndpoint(lease);
    return message;
  }

  static MessagePayloadMessage payload(int session, byte[] content) {
    Payload payload = new Payload();
    payload.setEncryptedData(content);
    return new MessagePayloadMessage(session, 1, payload);
  }

  /** With its own, which i2pd keeps to itself. */
  static BandwidthLimitsMessage limitsOfJava() {
    return new BandwidthLimitsMessage(300, 60, 1000, 1100, 500, 550, 1);
  }

  static DisconnectMessage disconnect(String reason) {
    DisconnectMessage message = new DisconnectMessage();
    message.setReason(reason);
    return message;
  }

  static HostReplyMessage answer(HostLookupMessage question, Optional<Destination> found) {
    return found
        .map(destination ->
            new HostReplyMessage(question.getSessionId(), destination, question.getReqID()))
        .orElseGet(() -> refusal(question, HostReplyMessage.RESULT_FAILURE));
  }

  static HostReplyMessage refusal(HostLookupMessage question, int code) {
    return new HostReplyMessage(question.getSessionId(), code, question.getReqID());
  }

  /** What the header claims need not be there. */
  static byte[] header(int length, int type) {
    return ByteBuffer.allocate(5).putInt(length).put((byte) type).array();
  }

  /** All in one write. */
  static byte[] together(I2CPMessage... messages) {
    ByteBuffer all = ByteBuffer.allocate(1 << 20);
    for (I2CPMessage message : messages) {
      all.put(StubConnection.bytes(message));
    }
    return Arrays.copyOf(all.array(), all.position());
  }
}
