package io.allium.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.allium.DatagramFormat;
import io.allium.DatagramOptions;
import io.allium.DatagramPort;
import io.allium.Destination;
import io.allium.DestinationKeys;
import io.allium.ErrorKind;
import io.allium.I2p;
import io.allium.I2pAcceptor;
import io.allium.I2pAddress;
import io.allium.I2pDatagram;
import io.allium.I2pException;
import io.allium.I2pName;
import io.allium.I2pSession;
import io.allium.I2pStream;
import io.allium.Protocol;
import io.allium.Resolved;
import io.allium.SendOptions;
import io.allium.SessionConfig;
import io.allium.SessionEvent;
import io.allium.spi.Call;
import io.allium.spi.DatagramDriver;
import io.allium.spi.RouterDriver;
import io.allium.spi.SessionDriver;
import io.allium.spi.SessionEvents;
import io.allium.spi.StreamDriver;
import java.nio.ByteBuffer;
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
  private static final DatagramOptions RAW = DatagramOptions.of(DatagramFormat.RAW, 0);

  /** Its openings are not over too early where a test moves the clock on until something happens. */
  private static final SessionConfig DATAGRAMS = SessionConfig.builder()
      .protocols(Protocol.RAW)
      .openTimeout(Duration.ofDays(10))
      .build();

  private final MemoryNetwork network = MemoryNetwork.builder().manualClock().build();
  private final Logger logger = Logger.getLogger(I2pSession.class.getName());
  private final AtomicInteger opened = new AtomicInteger();

  /** What a router opens, the how manyeth it is. */
  private interface Change {
    SessionDriver of(SessionDriver session, SessionEvents events, int number)
        throws I2pException, InterruptedException;
  }

  private I2p odd(Change change) throws I2pException {
    return odd(network, change);
  }

  private I2p odd(MemoryNetwork of, Change change) throws I2pException {
    return I2p.connect(OddProvider.uri(of, router -> changed(router, change)));
  }

  private RouterDriver changed(RouterDriver router, Change change) {
    return new OddRouter(router) {
      @Override
      public SessionDriver open(
          SessionConfig config, DestinationKeys keys, SessionEvents events, Call call)
          throws I2pException, InterruptedException {
        SessionDriver session = super.open(config, keys, events, call);
        return change.of(session, events, opened.incrementAndGet());
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
        I2p i2p = odd(real, (session, events, number) -> new OddRouter.OddSession(session) {
          @Override
          public StreamDriver connect(Destination to, int toPort, int fromPort, Call call)
              throws I2pException, InterruptedException {
            if (number == 1) {
              events.lost(lost);
            }
            return super.connect(to, toPort, fromPort, call);
          }
        });
        I2p elsewhere = I2p.connect(real.uri());
        I2pSession session = i2p.open(SessionConfig.client());
        I2pSession peer = elsewhere.open(SessionConfig.client());
        I2pAcceptor acceptor = peer.listen(0)) {
      Async<I2pStream> connect = Async.start(() -> session.connect(peer.destination()));
      assertThat(connect.get().peer()).isEqualTo(peer.destination());
      assertThat(acceptor.accept().peer()).isEqualTo(session.destination());
    }
  }

  @Test
  void aSendThatTheLossMeetsFailsWithIt() throws Exception {
    try (I2p i2p = odd((session, events, number) -> new OddRouter.OddSession(session) {
          @Override
          public DatagramDriver datagrams(DatagramOptions options, Call call)
              throws I2pException, InterruptedException {
            return new OddRouter.OddPort(super.datagrams(options, call)) {
              @Override
              public void send(Destination to, ByteBuffer payload, SendOptions how)
                  throws I2pException, InterruptedException {
                events.lost(lost);
                super.send(to, payload, how);
              }
            };
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
  void aPortThatOpensAsTheSessionIsLostOpensWhenItIsBack() throws Exception {
    List<SessionEvents> first = new CopyOnWriteArrayList<>();
    try (I2p i2p = odd((session, events, number) -> new OddRouter.OddSession(session) {
          @Override
          public DatagramDriver datagrams(DatagramOptions options, Call call)
              throws I2pException, InterruptedException {
            if (number == 1) {
              first.add(events);
              throw lost; // which the router tells before its connection ends
            }
            return super.datagrams(options, call);
          }
        });
        I2pSession session = i2p.open(DATAGRAMS)) {
      Async<DatagramPort> open = Async.start(() -> session.datagrams(RAW));
      Async.await(() -> !first.isEmpty());
      open.blocked();
      first.getFirst().lost(lost);
      assertThat(open.get().maxPayload()).isEqualTo(MemoryDatagrams.MAX_RAW);
    }
  }

  @Test
  void aReceiveGoesOnAlsoIfTheSessionCameBackTooLateOnce() throws Exception {
    try (I2p i2p = odd((session, events, number) -> {
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
  void aDriverThatFailsToCloseKeepsNothingFromItsEnd() throws Exception {
    List<SessionEvent> told = new CopyOnWriteArrayList<>();
    try (I2p i2p = odd((session, events, number) -> new OddRouter.OddSession(session) {
      @Override
      public void close() {
        super.close();
        throw new IllegalStateException("a defect, planted");
      }
    })) {
      I2pSession session = i2p.open(SessionConfig.client());
      session.onEvent(told::add);
      network.restart();
      Async.await(() -> session.status().recovered() == 1);
      I2pSession other = i2p.open(SessionConfig.client());
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
    try (I2p i2p = odd((session, events, number) -> {
          if (number == 2) {
            session.close();
            throw new OutOfMemoryError("planted");
          }
          return new OddRouter.OddSession(session);
        });
        I2pSession session = i2p.open(SessionConfig.client())) {
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
    try (I2p i2p = odd((session, events, number) -> new OddRouter.OddSession(session) {
          @Override
          public StreamDriver accept(Call call) throws I2pException, InterruptedException {
            switch (failures.incrementAndGet()) {
              case 1 -> throw new IllegalStateException("a defect, planted");
              case 2 -> throw new OutOfMemoryError("planted");
              default -> {}
            }
            return super.accept(call);
          }
        });
        I2p elsewhere = I2p.connect(network.uri());
        I2pSession server = i2p.open(SessionConfig.builder().pendingAccepts(1).build());
        I2pSession client = elsewhere.open(SessionConfig.client());
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
    I2p i2p = I2p.connect(OddProvider.uri(network, router -> new OddRouter(router) {
      @Override
      public Resolved resolve(I2pName name, boolean withOptions, Call call)
          throws I2pException, InterruptedException {
        CountDownLatch over = new CountDownLatch(1);
        call.onAbort(over::countDown);
        over.await();
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
    List<DatagramPort> ports = new CopyOnWriteArrayList<>();
    List<Long> seen = new CopyOnWriteArrayList<>();
    try (I2p i2p = odd((session, events, number) -> new OddRouter.OddSession(session) {
          @Override
          public DatagramDriver datagrams(DatagramOptions options, Call call)
              throws I2pException, InterruptedException {
            return new OddRouter.OddPort(super.datagrams(options, call)) {
              @Override
              public long dropped() {
                if (!ports.isEmpty()) {
                  seen.add(ports.removeFirst().dropped());
                }
                return 7;
              }
            };
          }
        });
        I2pSession session = i2p.open(DATAGRAMS);
        DatagramPort port = session.datagrams(RAW)) {
      assertThat(port.dropped()).isEqualTo(7);
      ports.add(port);
      network.restart();
      Async.await(() -> session.status().recovered() == 1 && !seen.isEmpty());
      assertThat(seen.getFirst()).isGreaterThanOrEqualTo(7);
    }
  }
}
