package io.allium.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.allium.DestinationKeys;
import io.allium.ErrorKind;
import io.allium.I2pException;
import io.allium.Protocol;
import io.allium.spi.ConnectRequest;
import io.allium.spi.Offer;
import io.allium.spi.SessionDriver;
import io.allium.spi.StreamDriver;
import java.nio.ByteBuffer;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

class ConnectInterruptTest {
  private static final DestinationKeys CLIENT = DestinationKeys.generate();
  private static final DestinationKeys SERVER = DestinationKeys.generate();

  /** Whichever comes first, the answer or the interrupt, both ends agree on it. */
  @Test
  void aStreamThatIsAnsweredAsItsConnectIsInterruptedIsWholeOrBrokenForBoth() throws Exception {
    try (MemoryNetwork network = MemoryNetwork.create()) {
      MemoryRouter router = Drivers.router(network);
      SessionDriver client = Drivers.open(router, CLIENT, new Drivers.Inbox(), Protocol.STREAM);
      SessionDriver server = Drivers.open(router, SERVER, new Drivers.Inbox(), Protocol.STREAM);
      server.listening(port -> true);
      for (int i = 0; i < 200; i++) {
        FutureTask<StreamDriver> connect = new FutureTask<>(
            () -> client.connect(ConnectRequest.of(SERVER.destination(), 0, 0), Drivers.call()));
        Thread connecting = Thread.ofVirtual().start(connect);
        Offer offer = server.accept(Drivers.call());
        FutureTask<Boolean> interrupt = new FutureTask<>(connecting::interrupt, true);
        Thread.ofVirtual().start(interrupt);
        answer(offer, connect);
        interrupt.get();
        connecting.join();
      }
      client.close(Drivers.noTime());
      server.close(Drivers.noTime());
      router.close(Drivers.noTime());
    }
  }

  private static void answer(Offer offer, FutureTask<StreamDriver> connect) throws Exception {
    StreamDriver accepted;
    try {
      accepted = offer.answer();
    } catch (I2pException givenUp) {
      assertThat(givenUp.kind()).isEqualTo(ErrorKind.PEER_RESET);
      return;
    }
    try {
      StreamDriver stream = connect.get();
      stream.write(ByteBuffer.allocate(1), 0);
      assertThat(accepted.read(ByteBuffer.allocate(1), 0)).isEqualTo(1);
    } catch (java.util.concurrent.ExecutionException interrupted) {
      assertThat(interrupted).hasCauseInstanceOf(InterruptedException.class);
      I2pException read =
          catchThrowableOfType(I2pException.class, () -> accepted.read(ByteBuffer.allocate(1), 0));
      assertThat(read.kind()).isEqualTo(ErrorKind.PEER_RESET);
    }
  }
}
