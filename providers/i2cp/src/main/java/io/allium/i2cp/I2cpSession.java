package io.allium.i2cp;

import io.allium.ErrorKind;
import io.allium.I2pException;
import io.allium.Known;
import io.allium.Protocol;
import io.allium.protocol.i2cp.ClientMessage;
import io.allium.protocol.i2cp.state.Conversation;
import io.allium.protocol.i2cp.state.Event;
import io.allium.protocol.structures.Lease2;
import io.allium.protocol.structures.StructureException;
import io.allium.spi.Call;
import io.allium.spi.ConnectRequest;
import io.allium.spi.Offer;
import io.allium.spi.SendRequest;
import io.allium.spi.SessionDriver;
import io.allium.spi.SessionSink;
import io.allium.spi.StreamDriver;
import io.allium.spi.support.End;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntPredicate;

/** A destination online through I2CP, on a connection of its own. */
final class I2cpSession implements SessionDriver, Link.Listener {
  private final Link link;
  private final LeaseSets leaseSets;
  private final Datagrams datagrams;
  private final Pulse pulse;
  private final Published published;
  private final SessionSink sink;
  private final End end = new End();
  private volatile boolean open;
  private volatile Publication publication;

  /** The tunnels of now. */
  private volatile List<Lease2> leases = List.of();

  /** Whether the lease set is to be made again, as soon as the router has told its time. */
  private final AtomicBoolean due = new AtomicBoolean();

  I2cpSession(
      Link link,
      LeaseSets leaseSets,
      Publication publication,
      Datagrams datagrams,
      Pulse pulse,
      Published published,
      SessionSink sink) {
    this.link = link;
    this.publication = publication;
    this.leaseSets = leaseSets;
    this.datagrams = datagrams;
    this.pulse = pulse;
    this.published = published;
    this.sink = sink;
  }

  /** It has tunnels: from now on its loss is told. */
  void opened() throws I2pException {
    open = true;
    pulse.start();
    if (end.isSet()) {
      pulse.stop();
    }
    end.check();
  }

  @Override
  public void on(Event event) {
    switch (event) {
      case Event.Arrived message -> datagrams.arrived(message.payload());
      case Event.LeaseSetWanted request -> {
        leases = request.leases();
        renewLeaseSet();
      }
      case Event.Clock clock -> {
        pulse.answered();
        answer();
      }
      default -> {}
    }
  }

  @Override
  public void batchEnd() {
    sink.batchEnd();
  }

  @Override
  public void ended(I2pException cause) {
    if (end.set(cause)) {
      release();
      if (open) {
        sink.lost(cause);
      }
    }
  }

  @Override
  public StreamDriver connect(ConnectRequest request, Call call) throws I2pException {
    end.check();
    throw noStreams();
  }

  @Override
  public void listening(IntPredicate ports) {
    // no streams come
  }

  @Override
  public Offer accept(Call call) throws I2pException {
    end.check();
    throw noStreams();
  }

  @Override
  public int maxPayload(Protocol protocol) {
    return protocol == Protocol.RAW ? Datagrams.MAX_RAW : Datagrams.MAX_REPLIABLE;
  }

  @Override
  public void send(SendRequest request) throws I2pException, InterruptedException {
    end.check();
    try {
      datagrams.send(request);
    } catch (IllegalStateException e) {
      end.check(); // its end wiped the key
      throw e;
    }
  }

  /** Java I2P looks at the option each time it gets a lease set, so it gets the same one again. */
  @Override
  public void publish() {
    if (publication != Publication.WHEN_SOUGHT) {
      return;
    }
    publication = Publication.AT_ONCE;
    try {
      link.outbox()
          .control(ClientMessage.reconfigureSession(
              link.session(),
              leaseSets.configuration(Map.of(SessionOptions.UNPUBLISHED, "false"))));
      renewLeaseSet();
    } catch (StructureException | I2pException | IllegalStateException e) {
      // a session that is over tells so itself, and has no key any more; the next one is published
      // too
      System.getLogger(I2cpSession.class.getName())
          .log(System.Logger.Level.DEBUG, "the session was not published: " + e.getMessage());
    }
  }

  /** I2CP does not say, and a router answers for its own sessions without asking the network. */
  @Override
  public Known awaitPublished(Call call) throws I2pException, InterruptedException {
    end.check();
    return published.await(call);
  }

  /** Routers hand messages from one of their own destinations to another. */
  @Override
  public boolean probeCrossesNetwork() {
    return false;
  }

  @Override
  public Optional<Object> handOver() {
    return Optional.of(leaseSets.keys());
  }

  /** The router ends the connection once it has taken all that was sent. */
  @Override
  public Known close(Call call) {
    if (end.set(new I2pException(ErrorKind.CLOSED, "the session is closed"))) {
      pulse.stop();
      try {
        link.outbox().last(ClientMessage.destroySession(link.session()));
        link.closeSoon();
        link.awaitEnd(call);
      } catch (I2pException e) {
        link.close(); // it is over already
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      leaseSets.signer().close();
    }
    return Known.YES;
  }

  /** A lease set whose dates are wrong is dropped by every router, and clocks jump. */
  private void renewLeaseSet() {
    if (due.getAndSet(true)) {
      return; // however often a router repeats itself, one answer is under way, and has the newest
      // tunnels
    }
    try {
      link.outbox().control(ClientMessage.getDate(Conversation.OUR_VERSION));
    } catch (I2pException e) {
      link.fail(e);
    }
  }

  private void answer() {
    if (!due.compareAndSet(true, false)) {
      return;
    }
    List<Lease2> now = leases;
    if (leaseSets.areOver(now)) {
      return; // the router asks again once it has new tunnels
    }
    try {
      link.outbox()
          .control(leaseSets.answer(link.session(), now, publication != Publication.AT_ONCE));
    } catch (StructureException e) {
      link.fail(I2cpErrors.keys(e));
    } catch (I2pException e) {
      link.fail(e);
    }
  }

  private void release() {
    pulse.stop();
    link.close();
    leaseSets.signer().close();
  }

  private static I2pException noStreams() {
    return new I2pException(
        ErrorKind.UNSUPPORTED,
        "sessions over I2CP carry datagrams, no streams: use sam:// for streams");
  }
}
