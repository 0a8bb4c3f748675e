package io.allium.proxy.forward;

import io.allium.Capability;
import io.allium.I2pStream;
import io.allium.proxy.internal.Sockets;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Copies between a local connection and a stream, in both directions, until both have ended or one broke. The forwards
 * use it. A program that wants to check a connection first, and carry only some, calls {@link #carry} itself:
 *
 * <pre>{@code
 * if (knows(local)) {
 *   Relay.carry(local, session.connect(address));
 * }
 * }</pre>
 */
public final class Relay {
  private static final System.Logger LOG = System.getLogger(Relay.class.getName());
  private static final int BUFFER = 64 * 1024;

  /**
   * How long a direction may be silent after the other one ended, where the router cannot end one alone, so that nobody
   * can know whether the side that goes on still listens.
   *
   * @param asks whether the local program asks, so that its end without an answer is none
   * @param asked a local program that ended its direction may still get its answer
   * @param answered after bytes from the peer it has nearly always closed: short, but long enough for the rest of an answer
   */
  record Silence(boolean asks, Duration asked, Duration answered) {
    /** Of a program that asks. */
    static final Silence OF_CLIENT =
        new Silence(true, Duration.ofSeconds(30), Duration.ofSeconds(1));

    /**
     * Of one that answers: its end means that it has closed, and a peer may wait for that end to know that the answer is
     * whole.
     */
    static final Silence OF_SERVICE =
        new Silence(false, Duration.ofSeconds(1), Duration.ofSeconds(1));
  }

  /** Until a local program that was told the end has ended its side too. */
  private static final Duration DRAIN = Duration.ofSeconds(30);

  private enum End {
    FINISHED,
    /** Who was to get it takes no more; what it sent before may still be under way. */
    REFUSED,
    BROKEN
  }

  private interface Shutdown {
    void run() throws IOException;
  }

  private interface Opening {
    InputStream open() throws IOException;
  }

  private final Socket local;
  private final I2pStream stream;
  private final Silence silence;
  private final Witness witness;
  private final AtomicLong copied = new AtomicLong();

  /** A side that reads slowly is not one that says nothing. */
  private final AtomicInteger writing = new AtomicInteger();

  private volatile boolean heardLast;
  private final AtomicBoolean sent = new AtomicBoolean();
  private final AtomicBoolean received = new AtomicBoolean();
  private final LinkedBlockingQueue<End> ends = new LinkedBlockingQueue<>();

  Relay(Socket local, I2pStream stream, Silence silence, Witness witness) {
    this.local = local;
    this.stream = stream;
    this.silence = silence;
    this.witness = witness;
  }

  /**
   * Carries a connection. Blocks until both directions have ended or one broke, and then closes both ends, each cleanly
   * only if it got everything that the other sent. Backpressure goes through. The end of one direction goes through if
   * the router has {@link Capability#HALF_CLOSE}. If the router does not have it, then after the end of the local side
   * the stream is closed when nothing has come for 1 s after an answer; if no answer comes for 30 s, the local side is
   * reset. Bytes that were read from either end before are not carried. Interrupting the thread breaks both ends; the
   * flag is kept.
   *
   * @param local a connected socket without a read timeout; closed at the end
   * @param stream closed at the end
   */
  public static void carry(Socket local, I2pStream stream) {
    new Relay(local, stream, Silence.OF_CLIENT, Witness.none()).run();
  }

  /**
   * As {@link #carry(Socket, I2pStream)}, for a program that has read a buffer of the local side ahead.
   *
   * @param local a connected socket without a read timeout; closed at the end
   * @param fromLocal what is carried of the local side: what was read ahead, and then the rest of it
   * @param stream closed at the end
   */
  public static void carry(Socket local, InputStream fromLocal, I2pStream stream) {
    new Relay(local, stream, Silence.OF_CLIENT, Witness.none()).run(() -> fromLocal);
  }

  /** Blocks until the relay is over; closes neither end cleanly unless the direction to it finished. */
  void run() {
    run(local::getInputStream);
  }

  private void run(Opening opening) {
    try {
      InputStream fromLocal = opening.open();
      OutputStream toLocal = local.getOutputStream();
      Thread.ofVirtual()
          .name("allium-forward-out")
          .start(() -> copy(
              fromLocal,
              stream.output(),
              stream.canHalfClose() ? stream::shutdownOutput : () -> {},
              sent,
              false));
      Thread.ofVirtual()
          .name("allium-forward-in")
          .start(() -> copy(stream.input(), toLocal, local::shutdownOutput, received, true));
      End first = next();
      End second = first == End.BROKEN ? End.BROKEN : second(first);
      if (first == End.FINISHED && second == End.FINISHED) {
        stream.close();
      } else {
        breakOff();
        if (received.get() && !sent.get()) {
          drain(fromLocal);
        }
      }
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, () -> "a forwarded connection broke: " + e.getMessage());
      breakOff();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      breakOff();
    } finally {
      Sockets.close(local);
    }
  }

  /** Who got all that the other sent may not have read it yet, and a reset would take it away. */
  private void breakOff() {
    if (!received.get()) {
      Sockets.reset(local);
    }
    if (sent.get()) {
      stream.close();
    } else {
      stream.cancel();
    }
  }

  /** The kernel answers what nobody reads with a reset, which would take along what the local program has not read yet. */
  private void drain(InputStream fromLocal) throws IOException {
    long end = System.nanoTime() + DRAIN.toNanos();
    local.setSoTimeout((int) DRAIN.toMillis());
    byte[] ignored = new byte[BUFFER];
    while (System.nanoTime() - end < 0 && fromLocal.read(ignored) >= 0) {
      // the program has been told that no more comes, and may end its side
    }
  }

  /** The next end, however long that takes. */
  private End next() throws InterruptedException {
    @Nullable End end = null;
    while (end == null) {
      end = witness.isOver() ? ends.take() : ends.poll(witness.look(), TimeUnit.NANOSECONDS);
    }
    return end;
  }

  private End second(End first) throws InterruptedException {
    if (stream.canHalfClose() && first == End.FINISHED) {
      return next();
    }
    long before = copied.get();
    long quietSince = System.nanoTime();
    while (true) {
      End end = ends.poll(silence.answered.toNanos(), TimeUnit.NANOSECONDS);
      if (end != null) {
        return end;
      }
      witness.look();
      long now = System.nanoTime();
      if (writing.get() > 0 || copied.get() != before) {
        before = copied.get();
        quietSince = now;
        continue;
      }
      boolean answered = heardLast; // maybe only since this side has ended
      Duration limit = answered ? silence.answered : silence.asked;
      if (now - quietSince >= limit.toNanos()) {
        return silence.asks && sent.get() && !answered ? End.BROKEN : End.FINISHED;
      }
    }
  }

  private void copy(
      InputStream from,
      OutputStream to,
      Shutdown shutdown,
      AtomicBoolean finished,
      boolean fromPeer) {
    byte[] buffer = new byte[BUFFER];
    try {
      for (int count = from.read(buffer); count >= 0; count = from.read(buffer)) {
        if (fromPeer) {
          witness.heard();
        } else {
          witness.wrote();
        }
        if (!write(to, buffer, count)) {
          ends.add(End.REFUSED);
          return;
        }
        heardLast = fromPeer;
      }
      shutdown.run();
      finished.set(true);
      ends.add(End.FINISHED);
    } catch (IOException e) {
      LOG.log(
          System.Logger.Level.DEBUG,
          () -> "one direction of a forwarded connection broke: " + e.getMessage());
      ends.add(End.BROKEN);
    }
  }

  private boolean write(OutputStream to, byte[] buffer, int count) {
    writing.incrementAndGet();
    try {
      to.write(buffer, 0, count);
      copied.addAndGet(count);
      return true;
    } catch (IOException e) {
      LOG.log(
          System.Logger.Level.DEBUG,
          () -> "one direction of a forwarded connection is not taken: " + e.getMessage());
      return false;
    } finally {
      writing.decrementAndGet();
    }
  }
}
