package io.allium.sam;

import io.allium.ErrorKind;
import io.allium.I2pException;
import io.allium.spi.support.OrderedLock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Writes on the control connection of a session, which is non-blocking: message after message, each of them whole, also
 * if its sender was interrupted within it.
 */
final class ControlWriter {
  /** PING and PONG that wait for a datagram to be written: each side asks about once a minute. */
  private static final int MAX_LINES = 16;

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final SocketChannel channel;
  private final ReentrantLock lock = new OrderedLock(OrderedLock.Rank.PROVIDER_OUTPUT);
  private final BlockingQueue<byte[]> lines = new ArrayBlockingQueue<>(MAX_LINES);
  private ByteBuffer rest = NOTHING;

  ControlWriter(SocketChannel channel) {
    this.channel = channel;
  }

  /** Sends a short line and never waits: a router that takes none has not read for long, and lines nothing either. */
  void send(byte[] line) {
    if (lines.offer(line)) {
      writeLines();
    }
  }

  /**
   * Writes a message, waiting where the router is slow.
   *
   * @throws I2pException {@code TIMEOUT} if it takes nothing for long
   * @throws InterruptedException if the thread was interrupted; what had been begun is finished before the next message
   */
  void write(ByteBuffer message) throws IOException, InterruptedException {
    lock.lockInterruptibly();
    try {
      writeAll(rest);
      int start = message.position();
      try {
        writeAll(message);
      } finally {
        if (message.hasRemaining() && message.position() > start) {
          rest = ByteBuffer.allocate(message.remaining()).put(message).flip();
        }
      }
    } finally {
      lock.unlock();
      writeLines();
    }
  }

  private void writeAll(ByteBuffer bytes) throws IOException, InterruptedException {
    while (bytes.hasRemaining()) {
      if (channel.write(bytes) == 0 && !Writability.await(channel)) {
        throw new I2pException(
            ErrorKind.TIMEOUT, "the router takes no datagrams now: try again later");
      }
    }
  }

  /** Whoever holds the lock looks here again after it has let go. */
  private void writeLines() {
    while (!lines.isEmpty() && lock.tryLock()) {
      try {
        if (!writeSome(rest)) {
          return;
        }
        for (byte[] next = lines.poll(); next != null; next = lines.poll()) {
          ByteBuffer line = ByteBuffer.wrap(next);
          if (!writeSome(line)) {
            rest = line;
            return;
          }
        }
      } catch (IOException e) {
        System.getLogger(ControlWriter.class.getName())
            .log(System.Logger.Level.DEBUG, "a line was not sent: " + e.getMessage());
        return;
      } finally {
        lock.unlock();
      }
    }
  }

  private boolean writeSome(ByteBuffer bytes) throws IOException {
    if (bytes.hasRemaining()) {
      channel.write(bytes);
    }
    return !bytes.hasRemaining();
  }
}
