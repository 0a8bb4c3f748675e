package io.allium.internal;

import io.allium.BlindedAccess;
import io.allium.DatagramOptions;
import io.allium.Destination;
import io.allium.ErrorKind;
import io.allium.I2pAddress;
import io.allium.I2pDatagram;
import io.allium.I2pException;
import io.allium.I2pName;
import io.allium.Protocol;
import io.allium.ResolveOptions;
import io.allium.SendOptions;
import io.allium.internal.values.Checks;
import io.allium.spi.Arrived;
import io.allium.spi.Call;
import io.allium.spi.SendRequest;
import io.allium.spi.SessionDriver;
import io.allium.spi.TimeSource;
import io.allium.spi.support.End;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A datagram port of a session; it outlives the session's losses. */
public final class DatagramCore implements DatagramTable.Port {
  /** What a port needs of its session. */
  interface Owner {
    TimeSource time();

    int maxPayload(Protocol protocol);

    Destination resolve(I2pName name, Optional<BlindedAccess> access, Call call)
        throws I2pException, InterruptedException;

    /** Fails while the session is away. */
    OnlinePeriod periodNow() throws I2pException;

    boolean isCurrent(OnlinePeriod period);
  }

  private final DatagramOptions options;
  private final Owner session;
  private final DatagramTable table;
  private final End end = new End();
  private final Calls calls;
  private final DatagramQueue queue = new DatagramQueue();

  DatagramCore(DatagramOptions options, Owner session, DatagramTable table) {
    this.options = options;
    this.session = session;
    this.table = table;
    calls = new Calls(session.time(), end);
  }

  @Override
  public Protocol protocol() {
    return options.protocol();
  }

  @Override
  public int listenPort() {
    return options.listenPort();
  }

  @Override
  public int listenNumber() {
    return options.listenNumber();
  }

  /** The largest payload. */
  public int maxPayload() {
    return session.maxPayload(options.protocol());
  }

  /** Sends one datagram. */
  public void send(I2pAddress to, byte[] payload, SendOptions how) throws I2pException {
    int max = maxPayload();
    if (payload.length > max) {
      throw new I2pException(
          ErrorKind.MESSAGE_TOO_LARGE,
          "a datagram of " + payload.length + " bytes is too large: at most " + max + " fit");
    }
    checkNumber(how);
    Destination peer = to.name() instanceof Destination known
        ? known
        : calls.run(
            ResolveOptions.DEFAULT_TIMEOUT,
            "resolve " + to.name(),
            call -> session.resolve(to.name(), Optional.empty(), call),
            ignored -> {});
    SendRequest request = new SendRequest(
        options.protocol(),
        how.number().orElse(options.number()),
        peer,
        how.fromPort().orElse(options.localPort()),
        how.toPort().orElse(to.port()),
        ByteBuffer.wrap(payload),
        how);
    end.check("send");
    Calls.refuseInterrupted("send");
    try {
      // a driver bounds its sends itself, so that a deadline would only cost time
      send(request);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Calls.interrupted("send");
    } catch (I2pException e) {
      end.check("send");
      throw End.again("send", e);
    }
  }

  private void send(SendRequest request) throws I2pException, InterruptedException {
    OnlinePeriod period = session.periodNow();
    SessionDriver driver = period.driver();
    try {
      driver.send(request);
    } catch (I2pException e) {
      if (e.kind() == ErrorKind.CLOSED && !session.isCurrent(period)) {
        throw new I2pException(
            ErrorKind.SESSION_LOST, "the session was lost meanwhile: send again later", e);
      }
      throw e;
    }
  }

  /** Only raw datagrams choose their protocol number, and only one that is free. */
  private void checkNumber(SendOptions how) throws I2pException {
    if (how.number().isEmpty()) {
      return;
    }
    int number = how.number().getAsInt();
    if (options.protocol() != Protocol.RAW) {
      throw new I2pException(
          ErrorKind.CONFIG_INVALID,
          "only raw datagrams have a protocol number of your choice: leave it out");
    }
    if (number != Protocol.RAW.number() && DatagramDecoder.protocol(number) != Protocol.RAW
        || number == Protocol.STREAM.number()) {
      throw new I2pException(
          ErrorKind.CONFIG_INVALID,
          "protocol " + number + " is not one for raw datagrams: choose 18, or one that is free");
    }
  }

  /** Waits for the next datagram. */
  public I2pDatagram receive(Duration timeout) throws I2pException {
    Checks.positive(timeout, "timeout");
    Calls.refuseInterrupted("receive");
    Arrived waiting = queue.poll();
    I2pDatagram datagram = waiting == null ? null : read(waiting);
    return datagram != null
        ? datagram
        : calls.run(timeout, "receive", this::nextDecoded, late -> queue.putBack(late.arrived))
            .datagram;
  }

  /** What came and how it reads: it goes back as it came. */
  private record Decoded(Arrived arrived, I2pDatagram datagram) {}

  private Decoded nextDecoded(Call call) throws I2pException, InterruptedException {
    while (true) {
      Arrived next = queue.take(call);
      I2pDatagram datagram = read(next);
      if (datagram != null) {
        return new Decoded(next, datagram);
      }
    }
  }

  private @Nullable I2pDatagram read(Arrived arrived) {
    try {
      I2pDatagram datagram = DatagramDecoder.verified(arrived, table.us());
      return datagram instanceof I2pDatagram.Raw && !options.header()
          ? new I2pDatagram.Raw(datagram.payload(), 0, 0, options.listenNumber())
          : datagram;
    } catch (I2pException malformed) {
      table.discard();
      return null;
    }
  }

  /** How many found no room. */
  public long dropped() {
    return queue.dropped();
  }

  /** Ends it. */
  public void close() {
    table.remove(this);
    end(new I2pException(ErrorKind.CLOSED, "the datagram port is closed"));
  }

  @Override
  public void offer(Arrived arrived) {
    queue.offer(arrived);
  }

  @Override
  public void wakeReceiver() {
    queue.wakeReceiver();
  }

  @Override
  public void end(I2pException why) {
    if (end.set(why)) {
      queue.end(why);
      calls.abort();
    }
  }
}
