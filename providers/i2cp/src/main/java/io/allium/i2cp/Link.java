package io.allium.i2cp;

import io.allium.ErrorKind;
import io.allium.I2pException;
import io.allium.Registration;
import io.allium.protocol.i2cp.ClientMessage;
import io.allium.protocol.i2cp.I2cpException;
import io.allium.protocol.i2cp.MessageFramer;
import io.allium.protocol.i2cp.RouterMessage;
import io.allium.protocol.i2cp.state.Conversation;
import io.allium.protocol.i2cp.state.Event;
import io.allium.spi.Call;
import io.allium.spi.RouterRequest;
import io.allium.spi.support.End;
import io.allium.spi.support.OrderedLock;
import io.allium.spi.support.Timeout;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One connection to a router. A thread of its own connects and reads, another one writes: no program's thread touches the
 * socket, which an interrupt would close.
 */
final class Link implements AutoCloseable {
  private static final int READ = 16 * 1024;

  /** A router that works has read all by then, and has ended the connection. */
  private static final Duration LINGER = Duration.ofSeconds(5);

  /** A router that works ends a connection within milliseconds. */
  private static final Duration MOMENT = Duration.ofMillis(500);

  /** Told on the reading thread; returns at once. */
  interface Listener {
    void on(Event event);

    /** Everything that came was told. */
    void batchEnd();

    /** Told once, last. */
    void ended(I2pException cause);
  }

  private static final Listener NOBODY = new Listener() {
    @Override
    public void on(Event event) {}

    @Override
    public void batchEnd() {}

    @Override
    public void ended(I2pException cause) {}
  };

  private final I2cpAt at;
  private final RouterRequest router;
  private final RouterClock clock;
  private final End end = new End();
  private final Outbox outbox;
  private final Conversation conversation = new Conversation();
  private final ReentrantLock lock = new OrderedLock(OrderedLock.Rank.PROVIDER_SESSION);
  private final Condition changed = lock.newCondition();
  private final RouterSockets sockets = new RouterSockets();
  private volatile Listener listener = NOBODY;

  private Link(I2cpAt at, RouterRequest router) {
    this.at = at;
    this.router = router;
    clock = new RouterClock(router.time());
    outbox = new Outbox(router.time(), end);
  }

  /** A connection that was greeted. */
  static Link open(I2cpAt at, RouterRequest router, Call call)
      throws I2pException, InterruptedException {
    Link link = new Link(at, router);
    try {
      router.start("allium-i2cp-reader", link::run);
      link.await(Conversation.Phase.GREETED, call);
      return link;
    } catch (I2pException | InterruptedException | RuntimeException e) {
      link.close();
      throw e;
    }
  }

  /** What the router speaks; empty if it does not say. */
  String version() {
    lock.lock();
    try {
      return conversation.version();
    } finally {
      lock.unlock();
    }
  }

  /** The session that was created here. */
  int session() {
    lock.lock();
    try {
      return conversation.session();
    } finally {
      lock.unlock();
    }
  }

  RouterClock clock() {
    return clock;
  }

  Outbox outbox() {
    return outbox;
  }

  /** Who is told of everything from now on. */
  void tell(Listener value) {
    listener = value;
  }

  void createSession(byte[] config) throws I2pException {
    lock.lock();
    try {
      end.check();
      conversation.creating();
    } finally {
      lock.unlock();
    }
    outbox.control(ClientMessage.createSession(config));
  }

  /** Waits until the conversation is so far. */
  void await(Conversation.Phase wanted, Call call) throws I2pException, InterruptedException {
    try (Registration abort = call.onAbort(this::wake)) {
      lock.lockInterruptibly();
      try {
        while (!has(wanted) && !end.isSet() && !call.aborted()) {
          changed.await();
        }
        end.check();
        if (!has(wanted)) {
          throw I2cpErrors.aborted(at, conversation.phase());
        }
      } finally {
        lock.unlock();
      }
    }
  }

  /** A conversation that is over has not come so far: why it is over is told a moment later. */
  private boolean has(Conversation.Phase wanted) {
    Conversation.Phase now = conversation.phase();
    return now != Conversation.Phase.OVER && now.compareTo(wanted) >= 0;
  }

  /** Waits until it is over, at least for a moment: a router that works has then let go of the destination. */
  void awaitEnd(Call call) throws InterruptedException {
    try (Registration abort = call.onAbort(this::wake);
        Timeout moment = Timeout.in(router.time(), MOMENT.toNanos(), lock, changed)) {
      lock.lockInterruptibly();
      try {
        while (!end.isSet() && !(call.aborted() && moment.passed())) {
          changed.await();
        }
      } finally {
        lock.unlock();
      }
    }
  }

  /** Ends it because of something that came to light elsewhere. */
  void fail(I2pException cause) {
    if (end.set(cause)) {
      release();
      listener.ended(cause);
    }
  }

  /** Ends it once the router has all that it was given, or soon. Nobody is told. */
  void closeSoon() {
    listener = NOBODY;
    Registration unused = router.time().schedule(LINGER.toNanos(), this::close);
  }

  /** Nobody is told. */
  @Override
  public void close() {
    end.set(new I2pException(ErrorKind.CLOSED, "the session is closed"));
    release();
  }

  private void run() {
    try (Socket socket = sockets.open(at, end)) {
      outbox.control(ClientMessage.greeting(Conversation.OUR_VERSION, at.login()));
      router.start("allium-i2cp-writer", () -> write(socket));
      read(socket);
      fail(I2cpErrors.ended(at, phase()));
    } catch (I2cpException e) {
      fail(I2cpErrors.violation(at, phase(), e));
    } catch (I2pException e) {
      fail(e);
    } catch (IOException e) {
      fail(I2cpErrors.broken(at, phase(), e));
    } catch (RuntimeException e) { // at the end it may meet keys that were wiped: nobody minds
      fail(I2cpErrors.internal(e));
    }
  }

  private void write(Socket socket) {
    try {
      outbox.run(socket.getOutputStream());
    } catch (IOException e) {
      // the reader is told too, and may know better: a router that refuses says why before it
      // closes
      System.getLogger(Link.class.getName())
          .log(System.Logger.Level.DEBUG, "the router takes no more: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void read(Socket socket) throws IOException, I2cpException {
    InputStream in = socket.getInputStream();
    MessageFramer framer = new MessageFramer();
    byte[] bytes = new byte[READ];
    for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
      sockets.acknowledgeQuickly();
      framer.feed(ByteBuffer.wrap(bytes, 0, count));
      for (Optional<RouterMessage> next = framer.next();
          next.isPresent() && !end.isSet();
          next = framer.next()) {
        take(next.get());
      }
      listener.batchEnd();
    }
  }

  private void take(RouterMessage message) {
    Event event;
    lock.lock();
    try {
      event = conversation.on(message);
    } finally {
      lock.unlock();
    }
    switch (event) {
      case Event.Clock said -> clock.set(said.millis());
      case Event.Over over -> fail(I2cpErrors.over(at, over));
      default -> {}
    }
    listener.on(event);
    wake();
  }

  private Conversation.Phase phase() {
    lock.lock();
    try {
      return conversation.phase();
    } finally {
      lock.unlock();
    }
  }

  private void wake() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void release() {
    wake();
    outbox.wake();
    sockets.close();
  }
}
