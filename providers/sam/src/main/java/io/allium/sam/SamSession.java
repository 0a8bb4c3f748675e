package io.allium.sam;

import io.allium.ErrorKind;
import io.allium.I2pException;
import io.allium.Known;
import io.allium.Protocol;
import io.allium.Registration;
import io.allium.protocol.sam.SamVersion;
import io.allium.spi.Call;
import io.allium.spi.ConnectRequest;
import io.allium.spi.Offer;
import io.allium.spi.SendRequest;
import io.allium.spi.SessionDriver;
import io.allium.spi.SessionSink;
import io.allium.spi.StreamDriver;
import io.allium.spi.support.AbortableCall;
import io.allium.spi.support.End;
import io.allium.spi.support.OngoingCalls;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A session of a SAM bridge: it lives as long as its control connection. */
final class SamSession implements SessionDriver {
  private static final int MAX_PORT = 65535;

  /** A router that works answers a greeting within milliseconds. */
  private static final Duration TAKEN_LIMIT = Duration.ofMillis(500);

  private final SamOpening opening;
  private final Parts parts;
  private final End end;
  private final OngoingCalls calls;
  private final SamStreams streams;
  private final ArmedAccepts accepts;
  private final CountDownLatch over = new CountDownLatch(1);
  private volatile @Nullable Heartbeat heartbeat;

  /**
   * What it consists of.
   *
   * @param version what was agreed with the bridge
   * @param control its connection
   * @param datagrams null if it carries streams
   * @param sink told of its end
   * @param end why it is over
   */
  record Parts(
      SamVersion version,
      ControlWatch control,
      @Nullable SamDatagrams datagrams,
      SessionSink sink,
      End end) {}

  SamSession(String id, SamOpening opening, Parts parts) {
    this.opening = opening;
    this.parts = parts;
    end = parts.end;
    calls = new OngoingCalls(end);
    streams = new SamStreams(opening.bridge(), id, opening.router(), parts.control);
    accepts =
        new ArmedAccepts(opening.at().pendingAccepts(), opening.router(), end, streams::accept);
  }

  /** What was agreed with the bridge. */
  SamVersion version() {
    return parts.version;
  }

  /** The router's yes was heard, and may be the last that it said. */
  void start(SessionProbe probe) throws I2pException {
    parts.control.start(this::lost);
    Heartbeat begun = Heartbeat.start(
        probe, opening.router(), parts.control, parts.version.hasPing(), parts.datagrams == null);
    heartbeat = begun;
    if (end.isSet()) {
      begun.stop();
    }
  }

  @Override
  public StreamDriver connect(ConnectRequest request, Call call)
      throws I2pException, InterruptedException {
    requireStreams();
    if (!parts.version.hasPorts() && (request.toPort() != 0 || request.fromPort() != 0)) {
      throw unsupported(
          "this router has no ports on streams: use port 0, or a router with SAM 3.2");
    }
    return calls.run(call, own -> streams.connect(request, own), SamStream::reset);
  }

  /** A router that has no ports, and says none, gives every stream to port 0. */
  @Override
  public void listening(IntPredicate ports) {
    if (parts.datagrams != null || accepts.areStarted()) {
      return;
    }
    int last = parts.version.hasPorts() ? MAX_PORT : 0;
    if (IntStream.rangeClosed(0, last).anyMatch(ports)) {
      accepts.start();
    }
  }

  @Override
  public Offer accept(Call call) throws I2pException, InterruptedException {
    requireStreams();
    return new SamOffer(accepts.take(call));
  }

  @Override
  public int maxPayload(Protocol protocol) {
    return parts.datagrams == null ? 0 : parts.datagrams.maxPayload();
  }

  @Override
  public void send(SendRequest request) throws I2pException, InterruptedException {
    end.check();
    if (parts.datagrams == null) {
      throw unsupported("this session carries streams: open one with protocols("
          + request.protocol() + ") for these datagrams");
    }
    try {
      parts.datagrams.send(request);
    } catch (I2pException e) {
      parts.control.check();
      throw e;
    }
  }

  /** SAM does not say. */
  @Override
  public Known awaitPublished(Call call) throws I2pException {
    end.check();
    return Known.CANNOT_KNOW;
  }

  @Override
  public boolean probeCrossesNetwork() {
    return true;
  }

  /** The router does not say what arrived, so it gets all of the time. */
  @Override
  public Known close(Call call) {
    try (Registration abort = call.onAbort(over::countDown)) {
      over.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    end.set(new I2pException(ErrorKind.CLOSED, "the session is closed"));
    release();
    awaitTaken();
    parts.control.close();
    return Known.CANNOT_KNOW;
  }

  /**
   * What was closed just now has to end before the session does: i2pd takes both up in any order, and then neither tells the
   * peers that their streams ended nor always survives. It answers a greeting after what came before.
   */
  private void awaitTaken() {
    if (!streams.wereUsed()) {
      return;
    }
    AbortableCall greeting = new AbortableCall();
    try (Registration limit =
        opening.router().time().schedule(TAKEN_LIMIT.toNanos(), greeting::abort)) {
      opening.bridge().connect(greeting).close();
    } catch (I2pException e) {
      System.getLogger(SamSession.class.getName())
          .log(
              System.Logger.Level.DEBUG, "the router did not answer at the end: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void lost(I2pException cause) {
    over.countDown();
    release();
    parts.sink.lost(cause);
  }

  /** Its end is set. */
  private void release() {
    Heartbeat begun = heartbeat;
    if (begun != null) {
      begun.stop();
    }
    if (parts.datagrams != null) {
      parts.datagrams.close();
    }
    calls.abort();
    accepts.end();
  }

  /** What the router said is read by others: looking here too would cost each stream a system call. */
  private void requireStreams() throws I2pException {
    end.check();
    if (parts.datagrams != null) {
      throw unsupported(
          "this session carries datagrams: open one with protocols(STREAM) for streams");
    }
  }

  private static I2pException unsupported(String why) {
    return new I2pException(ErrorKind.UNSUPPORTED, why);
  }
}
