package io.allium.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.allium.DestinationKeys;
import io.allium.ErrorKind;
import io.allium.I2pException;
import io.allium.Protocol;
import io.allium.spi.Call;
import io.allium.spi.SessionDriver;
import io.allium.spi.StreamDriver;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;

class ConnectInterruptTest {
  private static final DestinationKeys CLIENT = DestinationKeys.generate();
  private static final DestinationKeys SERVER = DestinationKeys.generate();

  private final MemoryNetwork network = MemoryNetwork.create();

  private SessionDriver online(DestinationKeys keys) throws I2pException {
    return network.online("", keys.destination(), Set.of(Protocol.STREAM), false, lost -> {});
  }

  @Test
  void aStreamThatIsAcceptedAsItsConnectIsInterruptedIsBroken() throws Exception {
    SessionDriver client = online(CLIENT);
    SessionDriver server = online(SERVER);
    ReentrantLock lock = Objects.requireNonNull(network.session(SERVER.destination())).lock;
    FutureTask<StreamDriver> connect =
        new FutureTask<>(() -> client.connect(SERVER.destination(), 0, 0, new Call()));
    Thread connecting = Thread.ofPlatform().daemon().start(connect);
    Async.await(() -> connecting.getState() == Thread.State.WAITING);
    StreamDriver accepted;
    lock.lock();
    try {
      connecting.interrupt();
      // it wakes for the interrupt, and then waits for the lock
      Async.await(() -> lock.hasQueuedThread(connecting));
      accepted = server.accept(new Call());
    } finally {
      lock.unlock();
    }
    connecting.join();
    assertThat(connect.exceptionNow()).isInstanceOf(InterruptedException.class);
    I2pException read =
        catchThrowableOfType(I2pException.class, () -> accepted.read(ByteBuffer.allocate(1), 1));
    assertThat(read.kind()).isEqualTo(ErrorKind.PEER_RESET);
    network.close();
  }
}
