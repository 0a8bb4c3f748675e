package io.allium.sam;

import io.allium.Destination;
import io.allium.I2pDatagram;
import io.allium.I2pException;
import io.allium.Protocol;
import io.allium.protocol.sam.DatagramReceived;
import io.allium.protocol.sam.LineFramer;
import io.allium.protocol.sam.NamingReply;
import io.allium.protocol.sam.OtherReply;
import io.allium.protocol.sam.RawHeader;
import io.allium.protocol.sam.RawReceived;
import io.allium.protocol.sam.SamException;
import io.allium.protocol.sam.SamMessage;
import io.allium.protocol.sam.SamReply;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Takes datagrams out of what comes on a control connection (SAM v3, "SAM Repliable Datagrams: Receiving a Datagram"),
 * without I/O. A size is bounded by {@link LineFramer#MAX_BODY}. A wrong one shows at the line that follows: then what is
 * read may be a stranger's payload, so that anything but a reply of SAM is the end. For one thread at a time.
 */
final class InBandReader {
  private final ArrivedDatagrams arrived;
  private final KnownSenders senders = new KnownSenders();
  private final @Nullable ReadReceipts receipts;
  private @Nullable SamReply announced;

  InBandReader(ArrivedDatagrams arrived, @Nullable ReadReceipts receipts) {
    this.arrived = arrived;
    this.receipts = receipts;
  }

  /** Whether the line is about datagrams. If it announces one, its body is next. */
  boolean takes(String line) throws SamException {
    SamMessage message = SamMessage.parse(line);
    SamReply reply = SamReply.of(message);
    if (reply instanceof DatagramReceived || reply instanceof RawReceived) {
      announced = reply;
      return true;
    }
    if (reply instanceof NamingReply answer && receipts != null && receipts.takes(answer)) {
      return true;
    }
    if (reply instanceof OtherReply && !message.verb().isEmpty()) {
      throw new SamException.Violation("what follows a datagram is not a line of SAM");
    }
    return false;
  }

  /** Of what was taken. */
  void batchEnd() {
    arrived.batchEnd();
  }

  /** Takes the rest of a datagram that was announced; false if more of it is to come. */
  boolean takeBody(LineFramer framer, ByteBuffer in) throws SamException {
    SamReply reply = announced;
    if (reply == null) {
      return true;
    }
    int size = reply instanceof DatagramReceived repliable
        ? repliable.size()
        : ((RawReceived) reply).size();
    Optional<byte[]> body = framer.take(in, size);
    if (body.isEmpty()) {
      return false;
    }
    announced = null;
    deliver(reply, body.get());
    return true;
  }

  private void deliver(SamReply reply, byte[] body) {
    if (reply instanceof RawReceived raw) {
      arrived.deliver(
          new I2pDatagram.Raw(
              body,
              raw.fromPort().orElse(0),
              raw.toPort().orElse(0),
              raw.protocol().orElse(RawHeader.DEFAULT_PROTOCOL)),
          body.length,
          0);
    } else if (reply instanceof DatagramReceived repliable) {
      try {
        byte[] sender = repliable.destination().getBytes(StandardCharsets.UTF_8);
        Destination from = senders.of(sender, 0, sender.length);
        arrived.deliver(
            new I2pDatagram.Authenticated(
                from,
                body,
                repliable.fromPort().orElse(0),
                repliable.toPort().orElse(0),
                Protocol.DATAGRAM.number()),
            body.length,
            senders.decoded());
      } catch (I2pException malformed) {
        arrived.drop();
      }
    }
  }
}
