package io.allium.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.allium.ErrorKind;
import io.allium.I2p;
import io.allium.I2pAcceptor;
import io.allium.I2pSession;
import io.allium.Recovery;
import io.allium.ServeOptions;
import io.allium.SessionConfig;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Serving ends with its acceptor or session also while as many streams are served as may be. */
class ServeEndTest {
  private static final ServeOptions ONE =
      ServeOptions.builder().maxStreams(1, 1).build();

  private final CountDownLatch busy = new CountDownLatch(1);
  private final CountDownLatch go = new CountDownLatch(1);

  @AfterEach
  void endHandlers() {
    go.countDown();
  }

  /** Serves one stream, which takes its time, and waits for the end of that before it takes another. */
  private Async<Boolean> saturated(I2pAcceptor acceptor, I2pSession client) throws Exception {
    Async<Boolean> serve = Async.start(() -> {
      acceptor.serve(
          stream -> {
            busy.countDown();
            try {
              go.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          },
          ONE);
      return true;
    });
    client.connect(acceptor.address());
    busy.await();
    return serve.blocked();
  }

  @Test
  void closingTheAcceptorEndsIt() throws Exception {
    try (MemoryNetwork network = MemoryNetwork.create();
        I2p i2p = I2p.connect(network.uri());
        I2pSession server = i2p.open();
        I2pSession client = i2p.open()) {
      I2pAcceptor acceptor = server.listen(0);
      Async<Boolean> serve = saturated(acceptor, client);
      acceptor.close();
      serve.blocked();
      go.countDown();
      assertThat(serve.get()).as("once its handler has ended").isTrue();
    }
  }

  @Test
  void aHandlerThatDoesNotEndIsNotWaitedForLong() throws Exception {
    try (MemoryNetwork network = MemoryNetwork.builder().manualClock().build();
        I2p i2p = I2p.connect(network.uri());
        I2pSession server = i2p.open();
        I2pSession client = i2p.open()) {
      I2pAcceptor acceptor = server.listen(0);
      Async<Boolean> serve = saturated(acceptor, client);
      acceptor.close();
      serve.blocked();
      network.advance(Duration.ofSeconds(10));
      assertThat(serve.get()).isTrue();
    }
  }

  @Test
  void theLossOfItsSessionEndsIt() throws Exception {
    try (MemoryNetwork network = MemoryNetwork.create();
        I2p here = I2p.connect(network.uri());
        I2p there = I2p.connect(network.uri("server"));
        I2pSession client = here.open();
        I2pSession server =
            there.open(SessionConfig.builder().recovery(Recovery.NONE).build());
        I2pAcceptor acceptor = server.listen(0)) {
      Async<Boolean> serve = saturated(acceptor, client);
      network.restart("server");
      assertThat(serve.kind()).isEqualTo(ErrorKind.SESSION_LOST);
    }
  }
}
