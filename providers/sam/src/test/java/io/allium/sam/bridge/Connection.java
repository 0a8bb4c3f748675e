package io.allium.sam.bridge;

import io.allium.protocol.sam.LineFramer;
import io.allium.protocol.sam.SamException;
import io.allium.protocol.sam.SamReply;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** The connection of one client. One thread reads at a time; whole messages of several threads go out one by one. */
final class Connection implements AutoCloseable {
  /** Some packets of a fast stream at once; lines are bounded by {@link LineFramer}. */
  private static final int BUFFER = 16 * 1024;

  private final Socket socket;
  private final LineFramer framer = new LineFramer();
  private final ByteBuffer unread = ByteBuffer.allocate(BUFFER).limit(0);
  private final ReentrantLock writing = new ReentrantLock();

  Connection(Socket socket) {
    this.socket = socket;
  }

  /** The next line, or empty when the client has nothing more to say. */
  Optional<String> line() throws IOException, SamException {
    while (true) {
      Optional<String> line = framer.line(unread);
      if (line.isPresent() || !fill()) {
        return line;
      }
    }
  }

  /** The body that follows a line with a size. */
  byte[] body(int size) throws IOException, SamException {
    while (true) {
      Optional<byte[]> body = framer.take(unread, size);
      if (body.isPresent()) {
        return body.get();
      }
      if (!fill()) {
        throw new EOFException("the client left within a datagram");
      }
    }
  }

  /** What follows the last line, until -1. */
  int read(byte[] target) throws IOException {
    if (!unread.hasRemaining()) {
      return socket.getInputStream().read(target);
    }
    int count = Math.min(target.length, unread.remaining());
    unread.get(target, 0, count);
    return count;
  }

  private boolean fill() throws IOException {
    int count = socket.getInputStream().read(unread.array());
    unread.clear().limit(Math.max(count, 0));
    return count >= 0;
  }

  void send(SamReply reply) throws IOException {
    send(reply.encode());
  }

  void sendLine(String line) throws IOException {
    send((line + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /** A line and its body. */
  void send(byte[] line, byte[] body) throws IOException {
    byte[] both = Arrays.copyOf(line, line.length + body.length);
    System.arraycopy(body, 0, both, line.length, body.length);
    send(both);
  }

  private void send(byte[] bytes) throws IOException {
    send(bytes, bytes.length);
  }

  /** Bytes of a stream, or one message. */
  void send(byte[] bytes, int length) throws IOException {
    writing.lock();
    try {
      socket.getOutputStream().write(bytes, 0, length);
    } finally {
      writing.unlock();
    }
  }

  void endOutput() throws IOException {
    socket.shutdownOutput();
  }

  /** SAM has no word for a stream that broke: what the client sees must not look like a clean end. */
  void reset() {
    try {
      socket.setSoLinger(true, 0);
    } catch (IOException e) {
      // closed before
    }
    close();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      // nothing is left to be done for it
    }
  }
}
