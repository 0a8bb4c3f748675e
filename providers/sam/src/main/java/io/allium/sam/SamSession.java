package io.allium.sam;

import io.allium.DatagramOptions;
import io.allium.Destination;
import io.allium.DestinationKeys;
import io.allium.ErrorKind;
import io.allium.I2pException;
import io.allium.SessionConfig;
import io.allium.protocol.sam.PeerLine;
import io.allium.protocol.sam.SamOption;
import io.allium.protocol.sam.SamResult;
import io.allium.protocol.sam.SamStyle;
import io.allium.protocol.sam.SessionCreate;
import io.allium.protocol.sam.SessionRouting;
import io.allium.protocol.sam.StreamAccept;
import io.allium.protocol.sam.StreamConnect;
import io.allium.protocol.sam.state.SessionConversation;
import io.allium.protocol.sam.state.StreamAcceptConversation;
import io.allium.protocol.sam.state.StreamConnectConversation;
import io.allium.spi.Call;
import io.allium.spi.DatagramDriver;
import io.allium.spi.SessionDriver;
import io.allium.spi.SessionEvents;
import io.allium.spi.StreamDriver;
import io.allium.spi.TimeSource;
import java.net.SocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A session of a SAM bridge: it lives as long as its control connection. */
final class SamSession implements SessionDriver {
  /** Identifiers are global on a bridge: 128 random bits are neither guessed nor taken twice. */
  private static final int ID_BYTES = 16;

  private static final SecureRandom RANDOM = new SecureRandom();

  /** A bridge that works confirms an accept at once; only then the wait for a peer begins, which has no limit. */
  private static final Duration ARM_TIMEOUT = Duration.ofSeconds(10);

  /** A peer may come with nonsense again and again; a bridge that says nothing else is broken. */
  private static final int MAX_UNREADABLE = 64;

  private final SamBridge bridge;
  private final TimeSource time;
  private final String id;
  private final ControlWatch control;
  private final Heartbeat heartbeat;
  private final @Nullable SamDatagrams datagrams;
  private final StreamCalls calls;
  private final boolean hasPorts;
  private final Semaphore oneAccept = new Semaphore(1);
  private volatile boolean oneAcceptAtOnce;

  private SamSession(
      SamBridge bridge,
      TimeSource time,
      String id,
      SamConnection connection,
      ControlWatch control,
      Heartbeat heartbeat,
      @Nullable SamDatagrams datagrams) {
    this.bridge = bridge;
    this.time = time;
    this.id = id;
    this.control = control;
    this.datagrams = datagrams;
    this.heartbeat = heartbeat;
    calls = new StreamCalls(control);
    hasPorts = connection.version().hasPorts();
  }

  static SamSession open(
      SamBridge bridge,
      TimeSource time,
      SessionConfig config,
      DestinationKeys keys,
      SessionEvents events,
      Call call)
      throws I2pException, InterruptedException {
    byte[] random = new byte[ID_BYTES];
    RANDOM.nextBytes(random);
    String id = "allium-" + HexFormat.of().formatHex(random);
    List<SamOption> options = config.options().entrySet().stream()
        .map(option -> new SamOption(option.getKey(), option.getValue()))
        .toList();
    SamStyle style = SamDatagrams.style(config.protocols());
    SamConnection connection = bridge.connect(call);
    SamDatagrams datagrams = null;
    try {
      SocketAddress router = connection.remote();
      ControlWriter writer = new ControlWriter(connection.channel());
      if (style != SamStyle.STREAM) {
        datagrams =
            SamDatagrams.open(style, id, keys, events, bridge.address(), connection, writer);
      }
      SessionCreate create = new SessionCreate(
          style,
          id,
          keys.exportBase64(),
          Optional.of(Integer.toString(keys.destination().signatureTypeCode())),
          datagrams == null ? SessionRouting.DEFAULT : datagrams.routing(),
          options);
      connection.begin(version -> new SessionConversation(create, version));
      ControlWatch control = ControlWatch.start(
          connection,
          writer,
          datagrams == null ? null : datagrams.inBand(),
          time,
          datagrams == null ? events : datagrams.endingBefore(events));
      Heartbeat heartbeat = Heartbeat.start(
          new SessionProbe(bridge, router, id),
          time,
          control,
          connection.version().hasPing(),
          datagrams == null);
      return new SamSession(bridge, time, id, connection, control, heartbeat, datagrams);
    } catch (I2pException | InterruptedException | RuntimeException e) {
      if (datagrams != null) {
        datagrams.end(new I2pException(ErrorKind.CLOSED, "the session did not open", e));
      }
      connection.close();
      throw e;
    }
  }

  @Override
  public StreamDriver connect(Destination to, int toPort, int fromPort, Call call)
      throws I2pException, InterruptedException {
    requireStreams();
    if (!hasPorts && (toPort != 0 || fromPort != 0)) {
      throw new I2pException(
          ErrorKind.UNSUPPORTED,
          "this router has no ports on streams: use port 0, or a router with SAM 3.2");
    }
    return calls.run(call, own -> connectNow(to, toPort, fromPort, own));
  }

  private SamStream connectNow(Destination to, int toPort, int fromPort, Call call)
      throws I2pException, InterruptedException {
    SamConnection connection = bridge.connect(call);
    try {
      connection.run(new StreamConnectConversation(
          new StreamConnect(id, to.base64(), false, port(fromPort), port(toPort))));
      return new SamStream(connection, control, to, fromPort, toPort);
    } catch (I2pException | InterruptedException | RuntimeException e) {
      connection.close();
      endIfUnknown(e);
      throw e;
    }
  }

  @Override
  public StreamDriver accept(Call call) throws I2pException, InterruptedException {
    requireStreams();
    boolean alone = oneAcceptAtOnce;
    if (alone) {
      oneAccept.acquire();
    }
    try {
      return calls.run(call, this::acceptNow);
    } finally {
      if (alone) {
        oneAccept.release();
      }
    }
  }

  @Override
  public DatagramDriver datagrams(DatagramOptions options, Call call) throws I2pException {
    control.check();
    if (datagrams == null) {
      throw new I2pException(
          ErrorKind.UNSUPPORTED,
          "this session carries streams: open one with protocols("
              + options.format().protocol() + ") for these datagrams");
    }
    return datagrams.port(options);
  }

  @Override
  public void close() {
    heartbeat.stop();
    if (datagrams != null) {
      datagrams.end(new I2pException(ErrorKind.CLOSED, "the session is closed"));
    }
    control.close();
    calls.abort();
  }

  private void requireStreams() throws I2pException {
    control.check();
    if (datagrams != null) {
      throw new I2pException(
          ErrorKind.UNSUPPORTED,
          "this session carries datagrams: open one with protocols(STREAM) for streams");
    }
  }

  /** A peer that cannot be read is refused here: as an error of the router it would make the others wait. */
  private SamStream acceptNow(Call call) throws I2pException, InterruptedException {
    for (int i = 0; i < MAX_UNREADABLE; i++) {
      Optional<SamStream> stream = acceptOne(call);
      if (stream.isPresent()) {
        return stream.get();
      }
    }
    throw new I2pException(
        ErrorKind.PROTOCOL_VIOLATION,
        "the router accepted " + MAX_UNREADABLE
            + " peers in a row whose destinations cannot be read");
  }

  private Optional<SamStream> acceptOne(Call call) throws I2pException, InterruptedException {
    AtomicBoolean late = new AtomicBoolean();
    TimeSource.Timer timer = time.schedule(ARM_TIMEOUT.toNanos(), () -> {
      late.set(true);
      call.abort();
    });
    try {
      return accept(call, timer);
    } catch (I2pException e) {
      throw late.get()
          ? new I2pException(ErrorKind.TIMEOUT, "the router did not confirm an accept in time", e)
          : e;
    } finally {
      timer.cancel();
    }
  }

  private Optional<SamStream> accept(Call call, TimeSource.Timer timer)
      throws I2pException, InterruptedException {
    SamConnection connection = bridge.connect(call);
    try {
      StreamAcceptConversation accept = new StreamAcceptConversation(new StreamAccept(id, false));
      PeerLine peer = connection
          .run(accept, () -> {
            if (accept.isArmed()) {
              timer.cancel();
            }
          })
          .orElseThrow(
              () -> new I2pException(ErrorKind.PROTOCOL_VIOLATION, "the router accepted nobody"));
      Optional<Destination> from = SamNames.peer(peer.destination());
      if (from.isEmpty()) {
        connection.close();
        return Optional.empty();
      }
      return Optional.of(new SamStream(
          connection,
          control,
          from.get(),
          peer.toPort().orElse(0),
          peer.fromPort().orElse(0)));
    } catch (I2pException | InterruptedException | RuntimeException e) {
      connection.close();
      // Before SAM 3.2 a bridge may take a single accept; i2pd takes several and says 3.1, so it
      // has to be tried.
      oneAcceptAtOnce |= SamErrors.isRefusal(e, SamResult.ALREADY_ACCEPTING);
      endIfUnknown(e);
      throw e;
    }
  }

  /** A control connection that nobody ended, as after a suspension, does not keep a session that the router forgot. */
  private void endIfUnknown(Exception e) {
    if (e instanceof I2pException refusal && SamErrors.isRefusal(e, SamResult.INVALID_ID)) {
      control.lost(refusal);
    }
  }

  private static OptionalInt port(int port) {
    return port == 0 ? OptionalInt.empty() : OptionalInt.of(port);
  }
}
