package io.allium.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.allium.DatagramOptions;
import io.allium.DatagramPort;
import io.allium.ErrorKind;
import io.allium.I2p;
import io.allium.I2pAddress;
import io.allium.I2pDatagram;
import io.allium.I2pException;
import io.allium.I2pSession;
import io.allium.Protocol;
import io.allium.SessionConfig;
import io.allium.SessionStatus.State;
import io.allium.i2cp.I2cpAt;
import io.allium.javanet.JavaNetwork;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Real Java routers that drop what a program does not read, and that build their tunnels anew. */
@RequiresJavaNet
class I2cpFaultsOnJavaTest {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final Duration RESEND = Duration.ofMillis(500);

  /** A router keeps 256 of them, and the system some megabytes. */
  private static final int MANY = 1_000;

  private static final int LARGE = 30_000;
  private static final SessionConfig CONFIG = SessionConfig.builder()
      .protocols(Protocol.RAW)
      .tunnelLength(1, 1)
      .tunnelQuantity(2, 2)
      .build();
  private static final DatagramOptions RAW = DatagramOptions.of(Protocol.RAW, 0);

  private static JavaNetwork network;

  @BeforeAll
  static void start() throws Exception {
    network = JavaNetwork.start();
  }

  @AfterAll
  static void stop() throws Exception {
    network.close();
  }

  private static I2p connect(int port) throws I2pException {
    return I2p.connect(I2cpAt.of("127.0.0.1", port));
  }

  private static byte[] numbered(int number, int length) {
    return ByteBuffer.allocate(length).putInt(number).array();
  }

  private static int number(I2pDatagram datagram) {
    return ByteBuffer.wrap(datagram.payload()).getInt();
  }

  /** Both are on one router, which hands messages over itself: none gets lost elsewhere. */
  @Test
  void whatAProgramDoesNotReadIsLostAndNothingElse() throws Exception {
    int port = network.i2cp(4).getPort();
    try (StallingRelay relay = new StallingRelay(port);
        I2p stalling = connect(relay.port());
        I2p direct = connect(port);
        I2pSession receiver = stalling.open(CONFIG);
        I2pSession sender = direct.open(CONFIG);
        I2pSession reading = direct.open(CONFIG);
        DatagramPort in = receiver.datagrams(RAW);
        DatagramPort out = sender.datagrams(RAW);
        DatagramPort read = reading.datagrams(RAW)) {
      I2pAddress to = I2pAddress.of(receiver.destination(), 0);
      exchange(out, to, in, -1);
      relay.stall();
      for (int i = 0; i < MANY; i++) {
        out.send(to, numbered(i, LARGE));
      }
      exchange(out, I2pAddress.of(reading.destination(), 0), read, -2); // the router has taken all
      relay.goOn();
      int last = -1;
      int came = 0;
      out.send(to, numbered(MANY, Integer.BYTES));
      while (last < MANY) {
        try {
          last = number(in.receive(RESEND));
          came++;
        } catch (I2pException e) {
          assertThat(e.kind()).isEqualTo(ErrorKind.TIMEOUT);
          out.send(to, numbered(MANY, Integer.BYTES));
        }
      }
      assertThat(came + in.dropped()).as("some were lost at the router").isLessThan(MANY);
      assertThat(came + in.dropped()).as("those that it kept came").isGreaterThan(256);
      exchange(out, to, in, -3);
      exchange(in, I2pAddress.of(sender.destination(), 0), out, -4);
      assertThat(receiver.status().state()).isEqualTo(State.ONLINE);
      assertThat(receiver.status().recovered()).isZero();
    }
  }

  /** Sends until it arrives. */
  private static void exchange(DatagramPort from, I2pAddress to, DatagramPort at, int number)
      throws I2pException {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (true) {
      from.send(to, numbered(number, Integer.BYTES));
      try {
        while (number(at.receive(RESEND)) != number) {
          // an older one
        }
        return;
      } catch (I2pException e) {
        if (e.kind() != ErrorKind.TIMEOUT || System.nanoTime() > end) {
          throw e;
        }
      }
    }
  }

  /** Each router that could be a hop goes and comes back while datagrams flow, so that both get new tunnels again and again. */
  @Test
  void tunnelsAreBuiltAnewUnderLoad() throws Exception {
    try (I2p here = connect(network.i2cp(0).getPort());
        I2p far = connect(network.i2cp(4).getPort());
        I2pSession one = here.open(CONFIG);
        I2pSession other = far.open(CONFIG);
        DatagramPort first = one.datagrams(RAW);
        DatagramPort second = other.datagrams(RAW)) {
      I2pAddress toOne = I2pAddress.of(one.destination(), 0);
      I2pAddress toOther = I2pAddress.of(other.destination(), 0);
      awaitLeaseSets(one, other);
      exchange(first, toOther, second, -1);
      exchange(second, toOne, first, -2);
      AtomicBoolean over = new AtomicBoolean();
      try (Load there = new Load(first, toOther, over);
          Load back = new Load(second, toOne, over)) {
        for (int hop : new int[] {2, 3, 5}) {
          network.kill(hop);
          awaitLeaseSets(one, other);
          network.restart(hop);
        }
        over.set(true);
        assertThat(there.sent() + back.sent()).isPositive();
      }
      awaitLeaseSets(one, other);
      exchange(first, toOther, second, -3);
      exchange(second, toOne, first, -4);
      assertThat(one.status().recovered()).isZero();
      assertThat(other.status().recovered()).isZero();
    }
  }

  /** They are of tunnels that still exist. A router takes none that was not published later than the last one. */
  private static void awaitLeaseSets(I2pSession... sessions) throws Exception {
    for (I2pSession session : sessions) {
      network.awaitLeaseSet(session.destination().hash().orElseThrow(), LIMIT);
    }
  }

  /** Sends all the time, some hundred datagrams a second. */
  private static final class Load implements AutoCloseable {
    private final AtomicBoolean over;
    private final Thread thread;
    private final AtomicLong sent = new AtomicLong();

    Load(DatagramPort from, I2pAddress to, AtomicBoolean over) {
      this.over = over;
      thread = Thread.ofVirtual().name("load").start(() -> {
        try {
          while (!over.get()) {
            from.send(to, numbered(0, 1000));
            sent.incrementAndGet();
            Thread.sleep(2);
          }
        } catch (I2pException | InterruptedException e) {
          throw new AssertionError("the session takes no datagrams", e);
        }
      });
    }

    long sent() {
      return sent.get();
    }

    @Override
    public void close() throws InterruptedException {
      over.set(true);
      thread.join();
    }
  }
}
