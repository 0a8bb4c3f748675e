package io.allium.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.allium.DatagramPort;
import io.allium.I2pAddress;
import io.allium.I2pException;
import io.allium.SendOptions;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Datagrams that are sent as often as it takes, and what the receivers of a port get of them together. */
final class Arrivals {
  private final Set<ByteBuffer> wanted = ConcurrentHashMap.newKeySet();
  private final Set<ByteBuffer> arrived = ConcurrentHashMap.newKeySet();
  private final AtomicInteger sent = new AtomicInteger();
  private final AtomicInteger received = new AtomicInteger();

  /** So many different ones, of so many bytes. */
  Arrivals(int count, int size) {
    for (int i = 0; i < count; i++) {
      wanted.add(ByteBuffer.wrap(Courier.payload(size)));
    }
  }

  /** Sends each once more. */
  void send(DatagramPort from, I2pAddress to) throws I2pException {
    for (ByteBuffer payload : wanted) {
      byte[] bytes = new byte[payload.remaining()];
      payload.duplicate().get(bytes);
      from.send(to, bytes, SendOptions.defaults());
      sent.incrementAndGet();
    }
  }

  /** Receives until that fails; what an earlier test sent does not count. */
  void receive(DatagramPort port, Duration patience) throws I2pException {
    while (true) {
      ByteBuffer payload = ByteBuffer.wrap(port.receive(patience).payload());
      if (wanted.contains(payload)) {
        received.incrementAndGet();
        arrived.add(payload);
      }
    }
  }

  boolean areAll() {
    return arrived.equals(wanted);
  }

  void assertNoneCameTwice() {
    assertThat(received.get()).as("none was received twice").isBetween(wanted.size(), sent.get());
  }
}
