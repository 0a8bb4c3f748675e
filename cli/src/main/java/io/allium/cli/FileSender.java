package io.allium.cli;

import io.allium.cli.TransferMessage.Busy;
import io.allium.cli.TransferMessage.Confirmed;
import io.allium.cli.TransferMessage.Data;
import io.allium.cli.TransferMessage.Done;
import io.allium.cli.TransferMessage.From;
import io.allium.cli.TransferMessage.Hello;
import io.allium.cli.TransferMessage.Offer;
import io.allium.cli.TransferMessage.Reason;
import io.allium.cli.TransferMessage.Refused;
import io.allium.cli.TransferMessage.Stored;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The sender's part of a transfer to one receiver. For one thread. */
final class FileSender {
  /** How one visit of a receiver ended. */
  enum Outcome {
    /** The receiver has the file, and knows that we know. */
    DELIVERED,
    /** Our file is another one by now. */
    CHANGED,
    /** The receiver cannot go on. */
    REFUSED
  }

  /**
   * How far ahead of the receiver's disk we send: some routers take whatever they are given, and keep it. A stream of I2P has
   * less than that under way.
   */
  static final int WINDOW = 1024 * 1024;

  /** Reading back a hundred gigabytes takes so long. */
  private static final Duration MAX_BUSY = Duration.ofMinutes(10);

  /** The receiver hangs up when it has our last word. */
  private static final Duration FAREWELL = Duration.ofSeconds(10);

  private final TransferStream peer;
  private final SentFile file;
  private final Progress progress;
  private long sent;
  private long stored;

  FileSender(TransferStream peer, SentFile file, Progress progress) {
    this.peer = peer;
    this.file = file;
    this.progress = progress;
  }

  Outcome serve() throws IOException {
    if (!(peer.read() instanceof Hello hello)) {
      throw new ProtocolException("no first word");
    }
    if (hello.version() != TransferCodec.VERSION) {
      return refuse(Reason.VERSION, Outcome.REFUSED);
    }
    if (file.changed()) {
      return refuse(Reason.CHANGED, Outcome.CHANGED);
    }
    peer.write(new Offer(file.length(), file.sha256(), file.name()));
    @Nullable TransferMessage next = answer();
    if (next instanceof From from && from.offset() <= file.length()) {
      sent = from.offset();
      stored = sent;
      next = null;
    }
    while (stored < file.length() && next == null) {
      progress.at(stored);
      if (!sendAhead()) {
        return refuse(Reason.CHANGED, Outcome.CHANGED);
      }
      next = answer();
      if (next instanceof Stored now && now.offset() > stored && now.offset() <= sent) {
        stored = now.offset();
        next = null;
      }
    }
    return end(next == null ? answer() : next);
  }

  private Outcome end(TransferMessage last) throws IOException {
    if (last instanceof Refused) {
      return Outcome.REFUSED;
    }
    if (!(last instanceof Done done)
        || stored < file.length()
        || !done.sha256().equals(file.sha256())) {
      throw new ProtocolException("a message at a wrong moment");
    }
    progress.at(stored);
    peer.write(new Confirmed());
    peer.awaitEnd(FAREWELL);
    return file.changed() ? Outcome.CHANGED : Outcome.DELIVERED;
  }

  /** Returns false when the file is not what was offered any more. */
  private boolean sendAhead() throws IOException {
    while (sent < file.length() && sent - stored < WINDOW) {
      int count = (int) Math.min(TransferCodec.MAX_DATA, file.length() - sent);
      ByteBuffer bytes = file.read(sent, count);
      if (bytes.remaining() < count || file.changed()) {
        return false;
      }
      peer.write(new Data(bytes));
      sent += count;
    }
    return true;
  }

  private Outcome refuse(Reason reason, Outcome outcome) throws IOException {
    peer.write(new Refused(reason));
    peer.awaitEnd(FAREWELL);
    return outcome;
  }

  /** The next message that means something, from a receiver that is not busy for ever. */
  private TransferMessage answer() throws IOException {
    long since = System.nanoTime();
    TransferMessage message = peer.read();
    while (message instanceof Busy) {
      if (System.nanoTime() - since > MAX_BUSY.toNanos()) {
        throw new ProtocolException("a receiver that is busy for ever");
      }
      message = peer.read();
    }
    return message;
  }
}
