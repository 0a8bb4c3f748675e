package io.allium.benchmarks;

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
import io.allium.SessionStatus;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Two sessions over I2CP on two routers of one network: the first asks in signed datagrams, the second answers with the same
 * bytes in raw ones, for as long as the lane is open.
 */
final class I2cpLane implements AutoCloseable {
  private static final int QUESTIONS = 7;
  private static final int ANSWERS = 8;
  private static final Duration PACE = Duration.ofMillis(20);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final String name;
  private final I2p here;
  private final I2p there;
  private final I2pSession asker;
  private final I2pSession answerer;
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong answered = new AtomicLong();
  private final AtomicLong wrong = new AtomicLong();
  private volatile boolean over;

  private I2cpLane(String name, I2p here, I2p there, SessionConfig config) throws I2pException {
    this.name = name;
    this.here = here;
    this.there = there;
    asker = here.open(config);
    answerer = there.open(config);
  }

  static I2cpLane open(String name, String here, String there, int hops) throws I2pException {
    SessionConfig config = SessionConfig.builder()
        .protocols(Protocol.DATAGRAM2, Protocol.RAW)
        .tunnelLength(hops, hops)
        .tunnelQuantity(2, 2)
        .build();
    I2cpLane lane = new I2cpLane(name, I2p.connect(here), I2p.connect(there), config);
    start(name + "-ask", lane::ask);
    start(name + "-answer", lane::answer);
    start(name + "-hear", lane::hear);
    return lane;
  }

  String name() {
    return name;
  }

  /** Asker and answerer. */
  List<I2pSession> sessions() {
    return List.of(asker, answerer);
  }

  long sent() {
    return sent.get();
  }

  long answered() {
    return answered.get();
  }

  /** How many answers had other bytes than any question. */
  long wrong() {
    return wrong.get();
  }

  long recovered() {
    return asker.status().recovered() + answerer.status().recovered();
  }

  boolean isOnline() {
    return sessions().stream()
        .allMatch(session -> session.status().state() == SessionStatus.State.ONLINE);
  }

  private void ask() throws I2pException, InterruptedException {
    try (DatagramPort port = asker.datagrams(DatagramOptions.of(Protocol.DATAGRAM2, QUESTIONS))) {
      I2pAddress to = I2pAddress.of(answerer.destination(), QUESTIONS);
      for (long number = 0; !over; number++) {
        try {
          port.send(to, Payload.of(number));
          sent.incrementAndGet();
        } catch (I2pException lost) {
          // its router is dead: it is asked again soon
        }
        Thread.sleep(PACE);
      }
    }
  }

  private void answer() throws I2pException, InterruptedException {
    try (DatagramPort questions =
            answerer.datagrams(DatagramOptions.of(Protocol.DATAGRAM2, QUESTIONS));
        DatagramPort answers = answerer.datagrams(DatagramOptions.of(Protocol.RAW, ANSWERS))) {
      while (!over) {
        try {
          if (questions.receive(PATIENCE) instanceof I2pDatagram.Authenticated question) {
            answers.send(I2pAddress.of(question.from(), ANSWERS), question.payload());
          }
        } catch (I2pException e) {
          pauseUnlessQuiet(e);
        }
      }
    }
  }

  private void hear() throws I2pException, InterruptedException {
    try (DatagramPort port = asker.datagrams(DatagramOptions.of(Protocol.RAW, ANSWERS))) {
      while (!over) {
        try {
          (Payload.isWhole(port.receive(PATIENCE).payload()) ? answered : wrong).incrementAndGet();
        } catch (I2pException e) {
          pauseUnlessQuiet(e);
        }
      }
    }
  }

  private static void pauseUnlessQuiet(I2pException e) throws InterruptedException {
    if (e.kind() != ErrorKind.TIMEOUT) {
      Thread.sleep(PACE);
    }
  }

  @Override
  public void close() {
    over = true;
    here.close();
    there.close();
  }

  private interface Body {
    void run() throws I2pException, InterruptedException;
  }

  private static void start(String name, Body body) {
    Thread.ofVirtual().name(name).start(() -> {
      try {
        body.run();
      } catch (I2pException | InterruptedException e) {
        System.out.println(name + " ended: " + e);
      }
    });
  }
}
