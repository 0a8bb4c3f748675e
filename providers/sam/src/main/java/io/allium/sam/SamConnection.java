package io.allium.sam;

import io.allium.ErrorKind;
import io.allium.I2pException;
import io.allium.Registration;
import io.allium.protocol.sam.LineFramer;
import io.allium.protocol.sam.SamException;
import io.allium.protocol.sam.SamVersion;
import io.allium.protocol.sam.state.Conversation;
import io.allium.protocol.sam.state.HelloConversation;
import io.allium.protocol.sam.state.Step;
import io.allium.spi.Call;
import java.io.Closeable;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One TCP connection to a SAM bridge, while it speaks SAM. For one thread at a time; closing is for any. */
final class SamConnection implements Closeable {
  /** A reply with a destination and a little data behind it; longer lines are carried by the framer. */
  private static final int BUFFER = 1024;

  /** Begins a conversation that depends on the version. */
  interface Beginning<T> {
    Conversation<T> with(SamVersion version) throws SamException;
  }

  private final SocketChannel channel;
  private final LineFramer framer = new LineFramer();
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER).flip();
  private SamVersion version = SamVersion.V3_1;
  private boolean heard;
  private volatile boolean abandoned;
  private volatile Registration withCall = () -> {};

  SamConnection(SocketChannel channel) {
    this.channel = channel;
  }

  void greet(HelloConversation hello) throws I2pException, InterruptedException {
    version = run(hello);
  }

  /** An abort of the call closes it, until it is closed or {@link #keep kept}. */
  void endWith(Call call) {
    withCall = call.onAbort(this::close);
  }

  /** What it became lives on after the call. */
  void keep() {
    withCall.close();
  }

  /** Whether the other side has said anything at all. */
  boolean heard() {
    return heard;
  }

  SamVersion version() {
    return version;
  }

  SocketChannel channel() {
    return channel;
  }

  /** Where its other end is. */
  SocketAddress remote() throws I2pException {
    try {
      return channel.getRemoteAddress();
    } catch (IOException e) {
      throw new I2pException(ErrorKind.CLOSED, "abandoned", e);
    }
  }

  /** What came behind the last line: the first bytes of the stream. */
  ByteBuffer rest() {
    return buffer;
  }

  <T> T run(Conversation<T> conversation) throws I2pException, InterruptedException {
    return run(conversation, () -> {});
  }

  <T> T begin(Beginning<T> beginning) throws I2pException, InterruptedException {
    Conversation<T> conversation;
    try {
      conversation = beginning.with(version);
    } catch (SamException e) {
      throw SamErrors.of(e);
    }
    return run(conversation);
  }

  /** Runs {@code progress} after every line. */
  <T> T run(Conversation<T> conversation, Runnable progress)
      throws I2pException, InterruptedException {
    try {
      return converse(conversation, progress);
    } catch (SamException e) {
      throw SamErrors.of(e);
    }
  }

  private <T> T converse(Conversation<T> conversation, Runnable progress)
      throws SamException, I2pException, InterruptedException {
    Step<T> step = conversation.start();
    while (true) {
      switch (step) {
        case Step.Send<T> send -> {
          write(send.bytes());
          step = send.then();
        }
        case Step.Await<T> waiting -> {
          Optional<String> line = nextLine();
          step = line.isPresent() ? conversation.onLine(line.get()) : conversation.onEof();
          progress.run();
        }
        case Step.Done<T> done -> {
          return done.result();
        }
        case Step.Failed<T> failed -> throw failed.error();
      }
    }
  }

  @Override
  public void close() {
    abandoned = true;
    withCall.close();
    hangUp(channel);
  }

  /**
   * Ends a connection, whoever is reading from it. Its end is sent before the close, as {@code java.net.Socket} does:
   * closed while the thread that polls for virtual threads looks at it, a socket stays open in Linux until that thread
   * returns from the kernel, which in a quiet program it does not.
   */
  static void hangUp(SocketChannel channel) {
    try {
      if (channel.isConnected()) {
        channel.shutdownOutput();
      }
    } catch (IOException e) {
      System.getLogger(SamConnection.class.getName())
          .log(System.Logger.Level.DEBUG, "a connection had ended before: " + e.getMessage());
    }
    closeQuietly(channel);
  }

  static void closeQuietly(@Nullable Closeable channel) {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      System.getLogger(SamConnection.class.getName())
          .log(System.Logger.Level.DEBUG, "closing a connection failed: " + e.getMessage());
    }
  }

  /** A write that the bridge no longer takes is told by the end of what it says, which may hold its reason. */
  private void write(byte[] bytes) throws I2pException, InterruptedException {
    try {
      ByteBuffer out = ByteBuffer.wrap(bytes);
      while (out.hasRemaining()) {
        channel.write(out);
      }
    } catch (ClosedByInterruptException e) {
      throw new InterruptedException();
    } catch (ClosedChannelException e) {
      throw new I2pException(ErrorKind.CLOSED, "abandoned", e);
    } catch (IOException e) {
      System.getLogger(SamConnection.class.getName())
          .log(System.Logger.Level.DEBUG, "the bridge took no command: " + e.getMessage());
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  private Optional<String> nextLine() throws SamException, I2pException, InterruptedException {
    while (true) {
      Optional<String> line = framer.line(buffer);
      if (line.isPresent()) {
        return line;
      }
      if (!fill()) {
        return Optional.empty();
      }
    }
  }

  private boolean fill() throws I2pException, InterruptedException {
    try {
      buffer.clear();
      int count = channel.read(buffer);
      heard |= count > 0;
      if (count < 0 && abandoned) {
        // the bridge answered the end that we sent, before the close
        throw new ClosedChannelException();
      }
      return count >= 0;
    } catch (ClosedByInterruptException e) {
      throw new InterruptedException();
    } catch (ClosedChannelException e) {
      throw new I2pException(ErrorKind.CLOSED, "abandoned", e);
    } catch (IOException e) {
      if (abandoned) {
        throw new I2pException(ErrorKind.CLOSED, "abandoned", e);
      }
      return false;
    } finally {
      buffer.flip();
    }
  }
}
