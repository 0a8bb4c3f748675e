package io.allium.sam;

import io.allium.Destination;
import io.allium.ErrorKind;
import io.allium.I2pException;
import io.allium.Registration;
import io.allium.protocol.sam.PeerLine;
import io.allium.protocol.sam.SamResult;
import io.allium.protocol.sam.StreamAccept;
import io.allium.protocol.sam.StreamConnect;
import io.allium.protocol.sam.state.StreamAcceptConversation;
import io.allium.protocol.sam.state.StreamConnectConversation;
import io.allium.spi.Call;
import io.allium.spi.ConnectRequest;
import io.allium.spi.RouterRequest;
import io.allium.spi.support.AbortableCall;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/** Opens the streams of a session, each on a connection of its own. */
final class SamStreams {
  /** A bridge that works confirms an accept at once; only then the wait for a peer begins, which has no limit. */
  private static final Duration ARM_TIMEOUT = Duration.ofSeconds(10);

  /** A peer may come with nonsense again and again; a bridge that says nothing else is broken. */
  private static final int MAX_UNREADABLE = 64;

  private final SamBridge bridge;
  private final String id;
  private final RouterRequest router;
  private final ControlWatch control;
  private final Semaphore oneAccept = new Semaphore(1);
  private volatile boolean oneAcceptAtOnce;
  private volatile boolean used;

  SamStreams(SamBridge bridge, String id, RouterRequest router, ControlWatch control) {
    this.bridge = bridge;
    this.id = id;
    this.router = router;
    this.control = control;
  }

  /** Whether the router had connections for streams of this session. */
  boolean wereUsed() {
    return used;
  }

  SamStream connect(ConnectRequest request, Call call) throws I2pException, InterruptedException {
    used = true;
    SamConnection connection = bridge.connect(call);
    try {
      connection.run(new StreamConnectConversation(new StreamConnect(
          id, request.to().base64(), false, port(request.fromPort()), port(request.toPort()))));
      return stream(connection, request.to(), request.fromPort(), request.toPort());
    } catch (I2pException | InterruptedException | RuntimeException e) {
      connection.close();
      endIfUnknown(e);
      if (e instanceof I2pException) {
        control.check(); // it may have failed because the session is over
      }
      throw e;
    }
  }

  /** Waits for a peer. One that cannot be read is refused here: as an error of the router it would make the others wait. */
  SamStream accept(Call call) throws I2pException, InterruptedException {
    boolean alone = oneAcceptAtOnce;
    if (alone) {
      oneAccept.acquire();
    }
    try {
      for (int i = 0; i < MAX_UNREADABLE; i++) {
        Optional<SamStream> stream = acceptOne(call);
        if (stream.isPresent()) {
          return stream.get();
        }
      }
    } finally {
      if (alone) {
        oneAccept.release();
      }
    }
    throw new I2pException(
        ErrorKind.PROTOCOL_VIOLATION,
        "the router accepted " + MAX_UNREADABLE
            + " peers in a row whose destinations cannot be read");
  }

  private Optional<SamStream> acceptOne(Call call) throws I2pException, InterruptedException {
    AbortableCall own = new AbortableCall();
    AtomicBoolean late = new AtomicBoolean();
    try (Registration withOuter = call.onAbort(own::abort);
        Registration limit = router.time().schedule(ARM_TIMEOUT.toNanos(), () -> {
          late.set(true);
          own.abort();
        })) {
      Optional<SamStream> stream = accept(own, limit);
      if (!own.finish()) {
        stream.ifPresent(SamStream::reset);
        throw new I2pException(ErrorKind.CLOSED, "abandoned");
      }
      return stream;
    } catch (I2pException e) {
      throw late.get()
          ? new I2pException(ErrorKind.TIMEOUT, "the router did not confirm an accept in time", e)
          : e;
    }
  }

  private Optional<SamStream> accept(Call call, Registration limit)
      throws I2pException, InterruptedException {
    used = true;
    SamConnection connection = bridge.connect(call);
    try {
      StreamAcceptConversation accept = new StreamAcceptConversation(new StreamAccept(id, false));
      PeerLine peer = connection
          .run(accept, () -> {
            if (accept.isArmed()) {
              limit.close();
            }
          })
          .orElseThrow(() -> new I2pException(
              ErrorKind.PROTOCOL_VIOLATION, "the router's answer to an accept has no peer"));
      Optional<Destination> from = SamNames.peer(peer.destination());
      if (from.isEmpty()) {
        connection.close();
        return Optional.empty();
      }
      return Optional.of(stream(
          connection, from.get(), peer.toPort().orElse(0), peer.fromPort().orElse(0)));
    } catch (I2pException | InterruptedException | RuntimeException e) {
      connection.close();
      // Before SAM 3.2 a bridge may take a single accept; i2pd takes several and says 3.1, so it
      // has to be tried.
      oneAcceptAtOnce |= SamErrors.isRefusal(e, SamResult.ALREADY_ACCEPTING);
      endIfUnknown(e);
      throw e;
    }
  }

  private SamStream stream(
      SamConnection connection, Destination remote, int localPort, int remotePort) {
    connection.keep();
    return new SamStream(
        connection, control, router, new SamStream.Ends(remote, localPort, remotePort));
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
