package io.allium.tck;

import static io.allium.tck.ProviderTck.assertKind;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.allium.ErrorKind;
import io.allium.I2pException;
import io.allium.Known;
import io.allium.Protocol;
import io.allium.Registration;
import io.allium.spi.ConnectRequest;
import io.allium.spi.Offer;
import io.allium.spi.StreamDriver;
import io.allium.spi.support.AbortableCall;
import io.allium.tck.DriverSubject.Running;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What the API relies on in the streams and offers of a driver. */
public abstract class DriverStreamTck extends DriverTck {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();
  private static final int BLOCK = 64 * 1024;

  /** For subclasses. */
  protected DriverStreamTck() {
    super(Protocol.STREAM);
  }

  private Running<StreamDriver> connecting() {
    ConnectRequest request = ConnectRequest.of(server().keys().destination(), 0, 0);
    return new Running<>(() -> client().session().connect(request, new AbortableCall()));
  }

  /** Both ends of a stream. */
  private record Ends(StreamDriver ours, StreamDriver theirs) {}

  /** A stream that came to the server, and the call that wants to be connected. */
  private record Arrival(Running<StreamDriver> connecting, Offer offer) {}

  private Arrival arrive() throws Exception {
    server().session().listening(port -> true);
    Running<Offer> accepting = new Running<>(() -> server().session().accept(new AbortableCall()));
    Running<StreamDriver> connecting = connecting();
    while (!accepting.waiting().done()) {
      if (connecting.failed() && !subject().tellsAll()) {
        connecting = connecting(); // it came before the router knew that somebody accepts
      }
    }
    return new Arrival(connecting, accepting.get());
  }

  private Ends connect() throws Exception {
    Arrival arrival = arrive();
    assertThat(arrival.offer().remote()).isEqualTo(client().keys().destination());
    StreamDriver theirs = arrival.offer().answer();
    return new Ends(arrival.connecting().get(), theirs);
  }

  private static ByteBuffer bytes(int count) {
    return ByteBuffer.allocate(count);
  }

  /** A driver may wait a moment before it says how a stream ended. */
  private int readInTime(StreamDriver stream) throws Exception {
    Running<Integer> reading = new Running<>(() -> stream.read(bytes(10), 0));
    while (!reading.waiting().done()) {
      subject().time().advance(SECOND);
    }
    return reading.get();
  }

  @Test
  void whatIsWrittenIsRead() throws Exception {
    Ends ends = connect();
    assertThat(ends.ours().write(bytes(3), 0)).isEqualTo(3);
    assertThat(ends.theirs().read(bytes(10), 0)).isEqualTo(3);
    assertThat(ends.theirs().remote()).isEqualTo(client().keys().destination());
  }

  @Test
  void aWriteSaysHowMuchWent() throws Exception {
    Ends ends = connect();
    ByteBuffer large = bytes(8 * BLOCK);
    int taken = ends.ours().write(large, 0);
    assertThat(taken).isBetween(1, large.capacity());
    assertThat(large.position()).isEqualTo(taken);
  }

  @Test
  void aWriteWithoutProgressIsOver() throws Exception {
    Ends ends = connect();
    Running<Integer> writing = new Running<>(() -> {
      while (true) {
        ends.ours().write(bytes(BLOCK), SECOND);
      }
    });
    Throwable failure = catchThrowable(() -> {
      while (!writing.waiting().done()) {
        subject().time().advance(SECOND);
      }
      writing.get();
    });
    assertKind(failure, ErrorKind.TIMEOUT);
  }

  @Test
  void aBlockedReadEndsWithTheInput() throws Exception {
    Ends ends = connect();
    Running<Integer> reading = new Running<>(() -> ends.ours().read(bytes(1), 0)).waiting();
    ends.ours().endInput();
    ends.ours().endInput();
    assertThat(reading.get()).isEqualTo(-1);
    assertThat(ends.ours().read(bytes(1), 0)).isEqualTo(-1);
    assertThat(ends.ours().write(bytes(1), 0)).as("our direction goes on").isEqualTo(1);
    assertThat(ends.theirs().read(bytes(1), 0)).isEqualTo(1);
  }

  @Test
  void anInterruptEndsTheStream() throws Exception {
    Ends ends = connect();
    Running<Integer> reading = new Running<>(() -> ends.ours().read(bytes(1), 0)).waiting();
    reading.interrupt();
    assertThat(catchThrowable(reading::get)).isInstanceOf(InterruptedException.class);
  }

  @Test
  void whoTellsTellsTheTruthOfTheEnd() throws Exception {
    Ends ends = connect();
    ends.ours().write(bytes(1), 0);
    Known delivered = ends.ours().awaitDelivered(new AbortableCall());
    assertThat(delivered).isEqualTo(subject().tellsAll() ? Known.YES : Known.CANNOT_KNOW);
    ends.ours().close();
    assertThat(ends.theirs().read(bytes(10), 0)).isEqualTo(1);
    assertThat(readInTime(ends.theirs())).isEqualTo(-1);
    assertThat(ends.theirs().endedCleanly())
        .isEqualTo(subject().tellsAll() ? Known.YES : Known.CANNOT_KNOW);
  }

  @Test
  void anAbortedAcceptTakesNoStream() throws Exception {
    server().session().listening(port -> true);
    AbortableCall call = new AbortableCall();
    Running<Offer> accepting = new Running<>(() -> server().session().accept(call)).waiting();
    call.abort();
    assertKind(catchThrowable(accepting::get), ErrorKind.CLOSED);
    connect();
  }

  @Test
  void anInterruptedAcceptTakesNoStream() throws Exception {
    server().session().listening(port -> true);
    Running<Offer> accepting =
        new Running<>(() -> server().session().accept(new AbortableCall())).waiting();
    accepting.interrupt();
    assertThat(catchThrowable(accepting::get)).isInstanceOf(InterruptedException.class);
    connect();
  }

  @Test
  void aRefusedOfferIsNoStream() throws Exception {
    Arrival arrival = arrive();
    arrival.offer().refuse();
    if (arrival.offer().answered()) {
      StreamDriver broken = arrival.connecting().get();
      Throwable failure = catchThrowable(() -> assertThat(readInTime(broken)).isEqualTo(-1));
      assertThat(failure == null || failure instanceof I2pException).isTrue();
    } else {
      assertKind(catchThrowable(arrival.connecting()::get), ErrorKind.PEER_REFUSED);
    }
  }

  @Test
  void aPortThatNobodyListensAtRefuses() {
    if (subject().tellsAll()) {
      server().session().listening(port -> port == 7);
      assertKind(catchThrowable(() -> connecting().get()), ErrorKind.PEER_REFUSED);
    }
  }

  @Test
  void aConnectEndsWithItsSession() {
    if (subject().tellsAll()) {
      Running<StreamDriver> connecting = connecting().waiting();
      client().close();
      assertKind(catchThrowable(connecting::get), ErrorKind.CLOSED);
    }
  }

  @Test
  void anOfferIsGoneWithItsSession() throws Exception {
    if (subject().tellsAll()) {
      Arrival arrival = arrive();
      Offer offer = arrival.offer();
      AtomicBoolean gone = new AtomicBoolean();
      try (Registration telling = offer.onGone(() -> gone.set(true))) {
        server().close();
        assertThat(gone).isTrue();
      }
      assertThat(catchThrowable(offer::answer)).isInstanceOf(I2pException.class);
      assertKind(catchThrowable(arrival.connecting()::get), ErrorKind.PEER_UNREACHABLE);
    }
  }

  @Test
  void whatComesBeforeThePortsAreToldWaits() throws Exception {
    if (subject().tellsAll()) {
      Running<StreamDriver> wanted = connecting().waiting();
      server().session().listening(port -> port == 0);
      server().session().accept(new AbortableCall()).answer();
      assertThat(wanted.get().remote()).isEqualTo(server().keys().destination());
      Running<StreamDriver> unwanted = connecting().waiting();
      server().session().listening(port -> port == 7);
      assertKind(catchThrowable(unwanted::get), ErrorKind.PEER_REFUSED);
    }
  }

  @Test
  void closingTheSessionEndsWhatWaits() throws Exception {
    server().session().listening(port -> true);
    Running<Offer> accepting =
        new Running<>(() -> server().session().accept(new AbortableCall())).waiting();
    server().close();
    assertKind(catchThrowable(accepting::get), ErrorKind.CLOSED);
  }
}
