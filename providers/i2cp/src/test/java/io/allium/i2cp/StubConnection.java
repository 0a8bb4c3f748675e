package io.allium.i2cp;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import net.i2p.data.Destination;
import net.i2p.data.i2cp.CreateLeaseSet2Message;
import net.i2p.data.i2cp.CreateSessionMessage;
import net.i2p.data.i2cp.I2CPMessage;
import net.i2p.data.i2cp.I2CPMessageException;
import net.i2p.data.i2cp.I2CPMessageHandler;
import net.i2p.data.i2cp.SendMessageExpiresMessage;
import org.jspecify.annotations.Nullable;

/** One connection to a {@link StubRouter}. Its script runs on one thread; everything else is for any. */
final class StubConnection {
  private static final int PROTOCOL = 0x2a;

  /** Of a session that was not created. */
  static final int NO_SESSION = 0xffff;

  private final Socket socket;
  private final List<I2CPMessage> messages = new CopyOnWriteArrayList<>();
  private final ByteArrayOutputStream received = new ByteArrayOutputStream();
  private final AtomicInteger sends = new AtomicInteger();
  private final AtomicInteger answered = new AtomicInteger();
  private volatile boolean ended;
  private volatile int session = NO_SESSION;

  StubConnection(Socket socket) throws IOException {
    this.socket = socket;
    socket.setTcpNoDelay(true);
  }

  void run(StubRouter.Step script) {
    try (InputStream in = new Recorder(socket.getInputStream())) {
      if (in.read() != PROTOCOL) {
        throw new EOFException("not the byte of the protocol, or none");
      }
      while (true) {
        I2CPMessage message = I2CPMessageHandler.readMessage(in);
        if (message instanceof SendMessageExpiresMessage) {
          sends.incrementAndGet(); // there are too many to keep
        } else {
          messages.add(message);
        }
        script.take(this, message);
        answered.incrementAndGet();
      }
    } catch (IOException | I2CPMessageException hungUp) {
      ended = true;
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts a script", e);
    } finally {
      ended = true;
      close();
    }
  }

  /** Everything that came, but what is to be sent. */
  List<I2CPMessage> messages() {
    return messages;
  }

  <T extends I2CPMessage> List<T> messages(Class<T> type) {
    return messages.stream().filter(type::isInstance).map(type::cast).toList();
  }

  List<CreateLeaseSet2Message> leaseSets() {
    return messages(CreateLeaseSet2Message.class);
  }

  /** How many messages were given to be sent. */
  int sends() {
    return sends.get();
  }

  /** How many messages the script is done with. */
  int answered() {
    return answered.get();
  }

  /** Every byte that came. */
  byte[] received() {
    synchronized (received) {
      return received.toByteArray();
    }
  }

  /** Whether the client or the script has ended it. */
  boolean hasEnded() {
    return ended;
  }

  int session() {
    return session;
  }

  void session(int number) {
    session = number;
  }

  /** Whose session was asked for here. */
  @Nullable
  Destination destination() {
    return messages(CreateSessionMessage.class).stream()
        .map(message -> message.getSessionConfig().getDestination())
        .findFirst()
        .orElse(null);
  }

  void send(I2CPMessage message) throws IOException {
    send(bytes(message));
  }

  void send(byte[] bytes) throws IOException {
    synchronized (socket) {
      socket.getOutputStream().write(bytes);
    }
  }

  static byte[] bytes(I2CPMessage message) {
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      message.writeMessage(out);
      return out.toByteArray();
    } catch (I2CPMessageException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As a router that crashes. */
  void reset() {
    try {
      socket.setSoLinger(true, 0);
    } catch (IOException e) {
      // it is closed already
    }
    close();
  }

  private final class Recorder extends FilterInputStream {
    Recorder(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int value = super.read();
      if (value >= 0) {
        synchronized (received) {
          received.write(value);
        }
      }
      return value;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      int count = super.read(bytes, from, length);
      if (count > 0) {
        synchronized (received) {
          received.write(bytes, from, count);
        }
      }
      return count;
    }
  }
}
