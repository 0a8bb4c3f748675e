package io.allium;

import io.allium.spi.Call;
import io.allium.spi.DatagramDriver;
import io.allium.spi.SessionDriver;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Sends and receives datagrams of one format at one port of a session. Safe for use by several threads. */
public final class DatagramPort implements AutoCloseable {
  private static final Duration FOR_EVER = Duration.ofNanos(Long.MAX_VALUE);

  private final DatagramOptions options;
  private final I2pSession session;
  private final Current<DatagramDriver> current;
  private final AtomicReference<@Nullable I2pException> ended = new AtomicReference<>();
  private final OngoingCalls calls = new OngoingCalls(ended::get);
  private volatile int maxPayload;
  private final ReentrantLock counting = new ReentrantLock();
  private long droppedBefore;

  DatagramPort(DatagramDriver driver, DatagramOptions options, I2pSession session) {
    this.options = options;
    this.session = session;
    current = new Current<>(driver);
    maxPayload = driver.maxPayload();
  }

  /**
   * The largest payload of one datagram: 31,744 bytes, 32,768 for raw ones in memory and from SAM 3.2 on, 7,040 in band
   * on an older router. Another router version after a recovery may have another.
   *
   * @return a number of bytes
   */
  public int maxPayload() {
    return maxPayload;
  }

  /**
   * Sends one datagram with the defaults.
   *
   * @param to the peer; a name is resolved first, which may take seconds
   * @param payload the content, 1 to {@link #maxPayload()} bytes; only {@code memory:} carries empty ones
   * @throws I2pException as {@link #send(I2pAddress, byte[], SendOptions)}
   */
  public void send(I2pAddress to, byte[] payload) throws I2pException {
    send(to, payload, SendOptions.defaults());
  }

  /**
   * Sends one datagram; returns when the router has it. While the session is being recovered it fails, at once if the
   * peer is a {@link Destination}. Datagrams can get lost, come twice and in any order; on some routers the first one to
   * each peer is always lost, so repeat a question until it is answered.
   *
   * @param to the peer; a name is resolved first, which may take seconds
   * @param payload the content, 1 to {@link #maxPayload()} bytes; only {@code memory:} carries empty ones
   * @param options ports and delivery; the address's port is used where they name none
   * @throws I2pException {@code MESSAGE_TOO_LARGE}: send less at a time; {@code CONFIG_INVALID}: a protocol number that
   *     this format cannot have; {@code UNSUPPORTED}: the router has no ports, no protocol numbers, no
   *     options of a single datagram (SAM 3.3) or no empty datagrams; {@code NAME_NOT_FOUND};
   *     {@code LEASESET_NOT_FOUND}: nobody is online at a b32 address now; {@code TIMEOUT}: a lookup took 30 s, or the
   *     network takes no packets now; {@code SESSION_LOST}, {@code ROUTER_*}: send again later; {@code INTERRUPTED};
   *     {@code CLOSED}
   */
  public void send(I2pAddress to, byte[] payload, SendOptions options) throws I2pException {
    int max = maxPayload;
    if (payload.length > max) {
      throw new I2pException(
          ErrorKind.MESSAGE_TOO_LARGE,
          "a datagram of " + payload.length + " bytes is too large: at most " + max + " fit");
    }
    options.check(this.options.format());
    Destination peer = resolve(to.name());
    SendOptions full = options.toPort().isPresent() ? options : options.withToPort(to.port());
    check("send");
    Calls.refuseInterrupted("send");
    try {
      // a driver bounds its sends itself, so that a deadline would only cost time
      sendNow(peer, ByteBuffer.wrap(payload), full);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Calls.interrupted("send");
    } catch (I2pException e) {
      check("send");
      throw Calls.again("send", e);
    }
  }

  private void sendNow(Destination to, ByteBuffer payload, SendOptions how)
      throws I2pException, InterruptedException {
    DatagramDriver driver = driver();
    try {
      driver.send(to, payload, how);
    } catch (I2pException e) {
      if (e.kind() == ErrorKind.CLOSED && !current.is(driver)) {
        throw new I2pException(
            ErrorKind.SESSION_LOST, "the session was lost meanwhile: send again later", e);
      }
      throw e;
    }
  }

  /**
   * Waits for the next datagram without a limit.
   *
   * @return the datagram
   * @throws I2pException {@code INTERRUPTED}, no datagram is lost by it; {@code SESSION_LOST} without recovery;
   *     {@code CLOSED}
   */
  public I2pDatagram receive() throws I2pException {
    return receive(FOR_EVER);
  }

  /**
   * Waits for the next datagram.
   *
   * @param timeout how long at most, positive
   * @return the datagram
   * @throws I2pException {@code TIMEOUT} and {@code INTERRUPTED}, no datagram is lost by them; {@code SESSION_LOST}
   *     without recovery; {@code CLOSED}
   */
  public I2pDatagram receive(Duration timeout) throws I2pException {
    Checks.positive(timeout, "timeout");
    Calls.refuseInterrupted("receive");
    DatagramDriver now = current.now();
    Optional<I2pDatagram> waiting = now == null ? Optional.empty() : now.poll();
    return waiting.isPresent()
        ? waiting.get()
        : calls.run(session.time(), timeout, "receive", this::receive, lateOne -> {});
  }

  /**
   * How many datagrams arrived here and were dropped, since nobody received them in time: at most 4,096 of them, and 4 MiB,
   * wait.
   *
   * @return never less than before
   */
  public long dropped() {
    counting.lock();
    try {
      DatagramDriver driver = current.now();
      return droppedBefore + (driver == null ? 0 : driver.dropped());
    } finally {
      counting.unlock();
    }
  }

  /** Closes the port; calls in progress fail with {@code CLOSED}. Idempotent. */
  @Override
  public void close() {
    session.forget(this);
    end(new I2pException(ErrorKind.CLOSED, "the datagram port is closed"));
  }

  /** The session is lost: the port waits for its next stay. */
  void lost(I2pException cause) {
    DatagramDriver driver = current.now();
    if (driver != null && leave(driver, cause)) {
      Calls.guarded(driver::close);
    }
  }

  private boolean leave(DatagramDriver driver, I2pException cause) {
    counting.lock();
    try {
      long dropped = driver.dropped();
      boolean left = current.leave(driver, cause);
      droppedBefore += left ? dropped : 0;
      return left;
    } finally {
      counting.unlock();
    }
  }

  void reopen(SessionDriver next, Call call) throws I2pException, InterruptedException {
    DatagramDriver driver = next.datagrams(options, call);
    maxPayload = driver.maxPayload();
    if (!current.enter(driver)) {
      driver.close();
    }
  }

  void end(I2pException why) {
    if (ended.compareAndSet(null, why)) {
      DatagramDriver last = endDriver(why);
      if (last != null) {
        Calls.guarded(last::close);
      }
      calls.abort();
    }
  }

  private @Nullable DatagramDriver endDriver(I2pException why) {
    counting.lock();
    try {
      DatagramDriver last = current.end(why);
      droppedBefore += last == null ? 0 : last.dropped();
      return last;
    } finally {
      counting.unlock();
    }
  }

  private Destination resolve(I2pName name) throws I2pException {
    return name instanceof Destination known
        ? known
        : calls.run(
            session.time(),
            I2p.LOOKUP_TIMEOUT,
            "resolve " + name,
            call -> session.resolve(name, call),
            ignored -> {});
  }

  private void check(String what) throws I2pException {
    I2pException why = ended.get();
    if (why != null) {
      throw Calls.again(what, why);
    }
  }

  /** A datagram that waits for a router to come back is of no use to anybody. */
  private DatagramDriver driver() throws I2pException {
    DatagramDriver now = current.now();
    if (now == null) {
      I2pException why = current.gone();
      throw new I2pException(
          ErrorKind.SESSION_LOST, "the session is being recovered: send again later", why);
    }
    return now;
  }

  private I2pDatagram receive(Call call) throws I2pException, InterruptedException {
    @Nullable DatagramDriver old = null;
    while (true) {
      DatagramDriver driver = current.awaitOther(old, call);
      try {
        return driver.receive(call);
      } catch (I2pException e) {
        boolean cut = e.kind() == ErrorKind.SESSION_LOST
            || e.kind() == ErrorKind.CLOSED && !current.is(driver);
        if (!cut || call.aborted() || !session.isSupervised()) {
          throw e;
        }
        old = driver;
      }
    }
  }
}
