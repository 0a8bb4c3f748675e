package io.allium.sam;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** One connection to a {@link StubBridge}. Its script runs on one thread; everything else is for any. */
final class StubConnection {
  /** How the client left. */
  enum End {
    NOT_YET,
    FINISHED,
    RESET
  }

  private static final long READ_PAUSE_NANOS = 100_000;

  private final Socket socket;
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final ByteArrayOutputStream received = new ByteArrayOutputStream();
  private final CompletableFuture<StubConnection> partner = new CompletableFuture<>();
  private volatile End end = End.NOT_YET;
  private volatile boolean closedByUs;
  private volatile long lastLineNanos;
  private final AtomicInteger answered = new AtomicInteger();

  StubConnection(Socket socket) throws IOException {
    this.socket = socket;
    socket.setTcpNoDelay(true);
  }

  void run(StubBridge.Step script) {
    try {
      for (String line = readLine(); line != null; line = readLine()) {
        script.take(this, line);
        answered.incrementAndGet();
      }
      close();
    } catch (IOException hungUp) {
      end = closedByUs ? end : End.RESET;
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts a script", e);
    }
  }

  List<String> lines() {
    return lines;
  }

  /** Whether the script is done with every line that came. */
  boolean isAnswered() {
    return answered.get() == lines.size();
  }

  long lastLineNanos() {
    return lastLineNanos;
  }

  byte[] received() {
    synchronized (received) {
      return received.toByteArray();
    }
  }

  End end() {
    return end;
  }

  boolean clientEnded() {
    return closedByUs || end != End.NOT_YET;
  }

  void send(String text) throws IOException {
    send(text.getBytes(StandardCharsets.UTF_8));
  }

  void send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  /**
   * Sends in two segments. Between them the client nearly always has the time to read the first; where it has not, it
   * reads both at once, which must work as well.
   */
  void sendCut(byte[] bytes, int offset) throws IOException {
    socket.getOutputStream().write(bytes, 0, offset);
    long moment = System.nanoTime() + READ_PAUSE_NANOS;
    while (System.nanoTime() - moment < 0) {
      Thread.yield();
    }
    socket.getOutputStream().write(bytes, offset, bytes.length - offset);
  }

  /** Until the client hangs up. */
  void sendForEver(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    while (true) {
      socket.getOutputStream().write(bytes);
    }
  }

  /** Reads what the client sends, without keeping it, until it ends; then {@link #end()} says how. */
  long awaitEnd() {
    byte[] ignored = new byte[65536];
    long count = 0;
    try {
      for (int n = 0; n >= 0; n = socket.getInputStream().read(ignored)) {
        count += n;
      }
      end = End.FINISHED;
    } catch (IOException e) {
      end = closedByUs ? end : End.RESET;
    }
    return count;
  }

  /** What comes here from now on goes to another connection. */
  void joinTo(StubConnection other) {
    partner.complete(other);
  }

  /** Hands on what comes, until one of the two ends; then both have ended. */
  void pump() {
    byte[] some = new byte[65536];
    try {
      for (int n = socket.getInputStream().read(some);
          n >= 0;
          n = socket.getInputStream().read(some)) {
        partner.join().send(Arrays.copyOf(some, n));
      }
      end = End.FINISHED;
    } catch (IOException e) {
      end = closedByUs ? end : End.RESET;
    } finally {
      close();
      if (partner.isDone()) {
        partner.join().close();
      }
    }
  }

  /** Sends back what comes. */
  void echo() throws IOException {
    for (byte[] some = read(1); some.length > 0; some = read(1)) {
      send(some);
    }
  }

  /** Reads at most so many bytes; fewer at the client's end. */
  byte[] read(int count) {
    byte[] bytes = new byte[count];
    int size = 0;
    for (int n = 0; n >= 0 && size < count; n = readSome(bytes, size)) {
      size += n;
    }
    return Arrays.copyOf(bytes, size);
  }

  void close() {
    closedByUs = true;
    try {
      socket.close();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    close();
  }

  private @Nullable String readLine() {
    StringBuilder line = new StringBuilder();
    for (int next = readByte(); next >= 0; next = readByte()) {
      if (next == '\n') {
        lines.add(line.toString());
        lastLineNanos = System.nanoTime();
        return line.toString();
      }
      line.append((char) next);
    }
    return null;
  }

  private int readByte() {
    byte[] one = new byte[1];
    return readSome(one, 0) < 0 ? -1 : one[0] & 0xFF;
  }

  private int readSome(byte[] target, int offset) {
    try {
      int count = socket.getInputStream().read(target, offset, target.length - offset);
      if (count < 0) {
        end = End.FINISHED;
      } else {
        synchronized (received) {
          received.write(target, offset, count);
        }
      }
      return count;
    } catch (IOException e) {
      end = closedByUs ? end : End.RESET;
      return -1;
    }
  }
}
