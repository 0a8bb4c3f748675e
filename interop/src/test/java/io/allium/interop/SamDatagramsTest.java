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
import io.allium.SendOptions;
import io.allium.SessionConfig;
import io.allium.SessionStatus;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Datagrams between two routers, each bridge used by UDP or in band. What is lost is sent again. */
@RequiresI2pd
class SamDatagramsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final Duration RESEND = Duration.ofMillis(250);
  private static final String BY_UDP = "?datagrams=udp";
  private static final String IN_BAND = "?datagrams=in-band";

  /** One session on one router, with one port. */
  private record Side(I2p i2p, I2pSession session, DatagramPort port) implements AutoCloseable {
    static Side open(URI router, String way, Protocol format) throws I2pException {
      I2p i2p = I2p.connect(router + way);
      I2pSession session = i2p.open(SessionConfig.builder()
          .tunnelLength(0, 0)
          .tunnelQuantity(5, 5)
          .protocols(format)
          .build());
      return new Side(i2p, session, session.datagrams(DatagramOptions.of(format, 0)));
    }

    I2pAddress address() {
      return I2pAddress.of(session.destination(), 0);
    }

    @Override
    public void close() {
      i2p.close();
    }
  }

  private final Random random = new Random(5);

  private byte[] payload(int size) {
    byte[] payload = new byte[size];
    random.nextBytes(payload);
    return payload;
  }

  private static I2pDatagram deliver(Side from, I2pAddress to, Side at, byte[] payload)
      throws I2pException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      from.port.send(to, payload, SendOptions.defaults());
      try {
        while (true) {
          I2pDatagram arrived = at.port.receive(RESEND);
          if (Arrays.equals(arrived.payload(), payload)) {
            return arrived;
          }
          assertThat(arrived.payload()).as("cut short").hasSizeGreaterThan(2);
        }
      } catch (I2pException e) {
        if (e.kind() != ErrorKind.TIMEOUT || System.nanoTime() > end) {
          throw e;
        }
      }
    }
  }

  @ParameterizedTest(name = "{0} from a bridge used {1} to one used {2}")
  @CsvSource({
    "DATAGRAM, ?datagrams=udp, ?datagrams=udp",
    "DATAGRAM, ?datagrams=in-band, ?datagrams=in-band",
    "DATAGRAM, ?datagrams=in-band, ?datagrams=udp",
    "RAW, ?datagrams=udp, ?datagrams=udp",
    "RAW, ?datagrams=in-band, ?datagrams=in-band",
    "RAW, ?datagrams=in-band, ?datagrams=udp"
  })
  void datagramsOfEverySizeTravelBothWays(Protocol format, String here, String there)
      throws IOException {
    if (!here.equals(BY_UDP) && !InBand.isAnswered()) {
      return;
    }
    TestNet net = SharedNet.fast();
    try (Side ours = Side.open(net.router(0), here, format);
        Side theirs = Side.open(net.router(1), there, format)) {
      int max = Math.min(ours.port.maxPayload(), theirs.port.maxPayload());
      for (int size : new int[] {3, 100, 1000, max - 1, max}) {
        I2pDatagram question = deliver(ours, theirs.address(), theirs, payload(size));
        I2pAddress sender = ours.address();
        if (question instanceof I2pDatagram.Authenticated known) {
          assertThat(known.from()).isEqualTo(ours.session.destination());
          sender = I2pAddress.of(known.from(), known.fromPort());
        }
        deliver(theirs, sender, ours, payload(size));
      }
    }
  }

  /** i2pd takes one command for each read: what is written faster than it reads must do no harm. */
  @ParameterizedTest
  @CsvSource({"DATAGRAM, 40", "DATAGRAM, 7040", "RAW, 40", "RAW, 7040"})
  void aBurstInBandLeavesTheSessionInOrder(Protocol format, int size) throws IOException {
    if (!InBand.isAnswered()) {
      return;
    }
    TestNet net = SharedNet.fast();
    try (Side ours = Side.open(net.router(0), IN_BAND, format);
        Side theirs = Side.open(net.router(1), BY_UDP, format)) {
      deliver(ours, theirs.address(), theirs, payload(10));
      for (int i = 0; i < 1000; i++) {
        ours.port.send(theirs.address(), payload(size), SendOptions.defaults());
      }
      int arrived = 0;
      try {
        while (true) {
          assertThat(theirs.port.receive(Duration.ofSeconds(1)).payload())
              .satisfies(p -> assertThat(p.length).isIn(size, 10));
          arrived++;
        }
      } catch (I2pException e) {
        assertThat(e.kind()).isEqualTo(ErrorKind.TIMEOUT);
      }
      assertThat(arrived).as("of 1000, of which a port keeps 4 MiB").isGreaterThan(500);
      deliver(ours, theirs.address(), theirs, payload(11));
      assertThat(ours.session.status().state()).isEqualTo(SessionStatus.State.ONLINE);
    }
  }
}
