package io.allium.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.allium.DatagramOptions;
import io.allium.DatagramPort;
import io.allium.ErrorKind;
import io.allium.I2p;
import io.allium.I2pAcceptor;
import io.allium.I2pAddress;
import io.allium.I2pDatagram;
import io.allium.I2pException;
import io.allium.I2pSession;
import io.allium.I2pStream;
import io.allium.Known;
import io.allium.Protocol;
import io.allium.Registration;
import io.allium.Resolved;
import io.allium.SessionConfig;
import io.allium.SessionEvent;
import io.allium.SessionStatus;
import io.allium.spi.Call;
import io.allium.spi.ConnectRequest;
import io.allium.spi.Offer;
import io.allium.spi.OpenRequest;
import io.allium.spi.ResolveRequest;
import io.allium.spi.RouterDriver;
import io.allium.spi.SendRequest;
import io.allium.spi.SessionDriver;
import io.allium.spi.SessionSink;
import io.allium.spi.StreamDriver;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls that the loss of their session, or its reopening, meets at an unlucky moment. */
class LossTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration LONG = Duration.ofDays(100);
  private final I2pException lost = new I2pException(ErrorKind.SESSION_LOST, "as planned");
  private static final DatagramOptions RAW = DatagramOptions.of(Protocol.RAW, 0);

  /** Its openings are not over too early where a test moves the clock on until something happens. */
  private static final SessionConfig DATAGRAMS = SessionConfig.builder()
      .protocols(Protocol.RAW)
      .openTimeout(Duration.ofDays(10))
      .build();

  private final MemoryNetwork network = MemoryNetwork.builder().manualClock().build();
  private final Logger logger = Logger.getLogger(I2pSession.class.getName());
  private final AtomicInteger opened = new AtomicInteger();

  /** What a router opens, and which opening it is, from 1. */
  private interface Change {
    SessionDriver of(SessionDriver session, SessionSink sink, int number)
        throws I2pException, InterruptedException;
  }

  private I2p odd(Change change) throws I2pException {
    return odd(network, change);
  }

  private I2p odd(MemoryNetwork of, Change change) throws I2pException {
    return I2p.connect(OddRouter.source(of, router -> changed(router, change)));
  }

  private RouterDriver changed(RouterDriver router, Change change) {
    return new OddRouter(router) {
      @Override
      public SessionDriver open(OpenRequest request, SessionSink sink, Call call)
          throws I2pException, InterruptedException {
        SessionDriver session = super.open(request, sink, call);
        return change.of(session, sink, opened.incrementAndGet());
      }
    };
  }

  /** Some tests plant defects, of which nobody need read. */
  @BeforeEach
  void logNothing() {
    logger.setUseParentHandlers(false);
  }

  @AfterEach
  void close() {
    network.close();
    logger.setUseParentHandlers(true);
  }

  @Test
  void aConnectGoesOnAlsoIfTheSessionWasClosedBelowIt() throws Exception {
    // before it tries again it waits a second, while the session comes back and others accept
    try (MemoryNetwork real = MemoryNetwork.create();
        I2p i2p = odd(real, (session, sink, number) -> new OddRouter.OddSession(session) {
          @Override
          public StreamDriver connect(ConnectRequest request, Call call)
              throws I2pException, InterruptedException {
            if (number == 1) {
              sink.lost(lost);
            }
            return super.connect(request, call);
          }
        });
        I2p elsewhere = I2p.connect(real.uri());
        I2pSession session = i2p.open();
        I2pSession peer = elsewhere.open();
        I2pAcceptor acceptor = peer.listen(0)) {
      Async<I2pStream> connect = Async.start(() -> session.connect(peer.destination()));
      assertThat(connect.get().peer()).isEqualTo(peer.destination());
      assertThat(acceptor.accept().peer()).isEqualTo(session.destination());
    }
  }

  @Test
  void aSendThatTheLossMeetsFailsWithIt() throws Exception {
    try (I2p i2p = odd((session, sink, number) -> new OddRouter.OddSession(session) {
          @Override
          public void send(SendRequest request) throws I2pException, InterruptedException {
            sink.lost(lost);
            super.send(request);
          }
        });
        I2pSession session = i2p.open(DATAGRAMS);
        DatagramPort port = session.datagrams(RAW)) {
      assertThat(ManualClockTest.kind(() -> {
            port.send(I2pAddress.of(session.destination(), 0), new byte[1]);
            return 0;
          }))
          .isEqualTo(ErrorKind.SESSION_LOST);
    }
  }

  @Test
  void aPortThatOpensWhileTheSessionIsAwayOpensWhenItIsBack() throws Exception {
    try (MemoryNetwork real = MemoryNetwork.create();
        I2p i2p = I2p.connect(real.router("a"));
        I2pSession session = i2p.open(DATAGRAMS)) {
      real.stop("a");
      Async.await(() -> session.status().state() == SessionStatus.State.RECOVERING);
      Async<DatagramPort> open = Async.start(() -> session.datagrams(RAW)).blocked();
      real.start("a");
      assertThat(open.get().maxPayload()).isEqualTo(MemoryDatagrams.MAX_RAW);
    }
  }

  @Test
  void aReceiveGoesOnAlsoIfTheSessionCameBackTooLateOnce() throws Exception {
    try (I2p i2p = odd((session, sink, number) -> {
          if (number == 2) {
            network.advance(LONG);
          }
          return session;
        });
        I2pSession session = i2p.open(DATAGRAMS);
        DatagramPort port = session.datagrams(RAW)) {
      Async<I2pDatagram> receive = Async.start(() -> port.receive()).blocked();
      network.restart();
      Async.await(() -> {
        network.advance(SECOND);
        return session.status().recovered() == 1;
      });
      assertThat(opened.get()).isEqualTo(3);
      port.send(I2pAddress.of(session.destination(), 0), new byte[] {5});
      assertThat(receive.get().payload()).containsExactly(5);
    }
  }

  @Test
  void aSessionThatComesBackAcceptsAtOnceAlthoughAnAcceptHadFailed() throws Exception {
    CountDownLatch failed = new CountDownLatch(1);
    try (I2p i2p = odd((session, sink, number) -> new OddRouter.OddSession(session) {
          @Override
          public Offer accept(Call call) throws I2pException, InterruptedException {
            if (number == 1) {
              failed.countDown();
              throw lost;
            }
            return super.accept(call);
          }
        });
        I2p elsewhere = I2p.connect(network.uri());
        I2pSession session = i2p.open();
        I2pAcceptor acceptor = session.listen(0)) {
      failed.await();
      network.restart("odd");
      Async.await(() -> session.status().recovered() == 1);
      Async<I2pStream> accepted = Async.start(acceptor::accept);
      Async<I2pStream> connected =
          Async.start(() -> elsewhere.open().connect(session.destination()));
      accepted.get().output().write(7);
      assertThat(connected.get().input().read()).isEqualTo(7);
    }
  }

  @Test
  void aDriverThatFailsToCloseKeepsNothingFromItsEnd() throws Exception {
    List<SessionEvent> told = new CopyOnWriteArrayList<>();
    try (I2p i2p = odd((session, sink, number) -> new OddRouter.OddSession(session) {
      @Override
      public Known close(Call call) {
        super.close(call);
        throw new IllegalStateException("a defect, planted");
      }
    })) {
      I2pSession session = i2p.open();
      session.onEvent(told::add);
      network.restart();
      Async.await(() -> session.status().recovered() == 1);
      I2pSession other = i2p.open();
      i2p.close();
      assertThat(ManualClockTest.kind(() -> session.listen(0))).isEqualTo(ErrorKind.CLOSED);
      assertThat(ManualClockTest.kind(() -> other.listen(0))).isEqualTo(ErrorKind.CLOSED);
      Async.await(() -> told.size() == 4);
      assertThat(told)
          .extracting(event -> event.getClass().getSimpleName())
          .containsExactly("Ready", "Lost", "Recovered", "Closed");
    }
  }

  @Test
  void aLackOfMemoryIsNoEndOfRecovery() throws Exception {
    try (I2p i2p = odd((session, sink, number) -> {
          if (number == 2) {
            session.close(Drivers.noTime());
            throw new OutOfMemoryError("planted");
          }
          return new OddRouter.OddSession(session);
        });
        I2pSession session = i2p.open()) {
      network.restart();
      Async.await(() -> {
        network.advance(SECOND);
        return session.status().recovered() == 1;
      });
    }
  }

  @Test
  void acceptsGoOnAfterADefectOfTheDriver() throws Exception {
    AtomicInteger failures = new AtomicInteger();
    try (I2p i2p = odd((session, sink, number) -> new OddRouter.OddSession(session) {
          @Override
          public Offer accept(Call call) throws I2pException, InterruptedException {
            switch (failures.incrementAndGet()) {
              case 1 -> throw new IllegalStateException("a defect, planted");
              case 2 -> throw new OutOfMemoryError("planted");
              default -> {}
            }
            return super.accept(call);
          }
        });
        I2p elsewhere = I2p.connect(network.uri());
        I2pSession server = i2p.open();
        I2pSession client = elsewhere.open();
        I2pAcceptor acceptor = server.listen(0)) {
      Async.await(() -> {
        network.advance(Duration.ofMillis(200));
        return failures.get() == 3;
      });
      Async<I2pStream> connect = Async.start(() -> client.connect(server.destination()));
      assertThat(connect.get().peer()).isEqualTo(server.destination());
      assertThat(acceptor.accept().peer()).isEqualTo(client.destination());
    }
  }

  @Test
  void theEndOfAPortEndsASendThatStillLooksUpItsPeer() throws Exception {
    I2p i2p = I2p.connect(OddRouter.source(network, router -> new OddRouter(router) {
      @Override
      public Resolved resolve(ResolveRequest request, Call call)
          throws I2pException, InterruptedException {
        CountDownLatch over = new CountDownLatch(1);
        try (Registration abort = call.onAbort(over::countDown)) {
          over.await();
        }
        throw new I2pException(ErrorKind.NAME_NOT_FOUND, "abandoned");
      }
    }));
    try (i2p;
        I2pSession session = i2p.open(DATAGRAMS);
        DatagramPort port = session.datagrams(RAW)) {
      I2pAddress name = I2pAddress.parse("example.i2p", 0);
      Async<Integer> send = Async.start(() -> {
            port.send(name, new byte[1]);
            return 0;
          })
          .blocked();
      port.close();
      assertThat(send.kind()).isEqualTo(ErrorKind.CLOSED);
    }
  }

  @Test
  void whatAPortDroppedIsNeverLessThanBefore() throws Exception {
    try (I2p i2p = I2p.connect(network.uri());
        I2pSession session = i2p.open(DATAGRAMS);
        DatagramPort port = session.datagrams(RAW)) {
      for (int i = 0; i < DatagramOptions.MAX_WAITING + 7; i++) {
        port.send(I2pAddress.of(session.destination(), 0), new byte[1]);
      }
      assertThat(port.dropped()).isEqualTo(7);
      network.restart();
      assertThat(port.dropped()).isEqualTo(7);
      Async.await(() -> session.status().recovered() == 1);
      assertThat(port.dropped()).isEqualTo(7);
    }
  }
}
