package io.allium.samclient;

import io.allium.ErrorKind;
import io.allium.I2pException;
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
  /** PONGs that wait for a datagram to be written: a router asks about once a minute. */
  private static final int MAX_ANSWERS = 16;

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final SocketChannel channel;
  private final ReentrantLock lock = new ReentrantLock();
  private final BlockingQueue<byte[]> answers = new ArrayBlockingQueue<>(MAX_ANSWERS);
  private ByteBuffer rest = NOTHING;

  ControlWriter(SocketChannel channel) {
    this.channel = channel;
  }

  /** Never waits: where the router takes nothing, it has not read for long and will ask again. */
  void answer(byte[] bytes) {
    if (answers.offer(bytes)) {
      writeAnswers();
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
      writeAnswers();
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
  private void writeAnswers() {
    while (!answers.isEmpty() && lock.tryLock()) {
      try {
        if (!writeSome(rest)) {
          return;
        }
        for (byte[] next = answers.poll(); next != null; next = answers.poll()) {
          ByteBuffer answer = ByteBuffer.wrap(next);
          if (!writeSome(answer)) {
            rest = answer;
            return;
          }
        }
      } catch (IOException e) {
        System.getLogger(ControlWriter.class.getName())
            .log(System.Logger.Level.DEBUG, "a PING was not answered: " + e.getMessage());
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
