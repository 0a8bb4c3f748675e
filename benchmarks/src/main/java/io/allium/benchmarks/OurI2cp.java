package io.allium.benchmarks;

import io.allium.DatagramOptions;
import io.allium.DatagramPort;
import io.allium.Destination;
import io.allium.I2p;
import io.allium.I2pAddress;
import io.allium.I2pException;
import io.allium.I2pSession;
import io.allium.Protocol;
import io.allium.SendOptions;
import io.allium.SessionConfig;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** Through {@code i2cp:}; a thread of each port waits for what comes, as a program's would. */
final class OurI2cp implements I2cpClient {
  static final int PORT = 7;

  private final I2p i2p;
  private final I2pSession session;
  private final DatagramPort repliable;
  private final DatagramPort raw;
  private final ReentrantLock oneAtATime = new ReentrantLock();
  private volatile I2pAddress peer;
  private volatile Consumer<byte[]> listener = payload -> {};

  private OurI2cp(I2p i2p, int hops) throws I2pException {
    this.i2p = i2p;
    session = i2p.open(SessionConfig.builder()
        .protocols(Protocol.DATAGRAM, Protocol.RAW)
        .tunnelLength(hops, hops)
        .tunnelQuantity(2, 2)
        .build());
    repliable = session.datagrams(DatagramOptions.of(Protocol.DATAGRAM, PORT));
    raw = session.datagrams(DatagramOptions.of(Protocol.RAW, PORT));
    peer = I2pAddress.of(session.destination(), PORT);
  }

  static OurI2cp open(String router, int hops) throws I2pException {
    OurI2cp ours = new OurI2cp(I2p.connect(router), hops);
    Thread.ofVirtual().start(() -> ours.receive(ours.repliable));
    Thread.ofVirtual().start(() -> ours.receive(ours.raw));
    return ours;
  }

  private void receive(DatagramPort port) {
    try {
      while (true) {
        byte[] payload = port.receive().payload();
        oneAtATime.lock();
        try {
          listener.accept(payload);
        } finally {
          oneAtATime.unlock();
        }
      }
    } catch (I2pException closed) {
      // the comparison is over
    }
  }

  @Override
  public String destination() {
    return session.destination().base64();
  }

  @Override
  public void peer(String destination) throws I2pException {
    peer = I2pAddress.of(Destination.parse(destination), PORT);
  }

  @Override
  public void tell(Consumer<byte[]> value) {
    listener = value;
  }

  @Override
  public void send(boolean signed, byte[] payload) throws I2pException {
    (signed ? repliable : raw).send(peer, payload, SendOptions.defaults());
  }

  /** What the session has thrown away, because nobody took it in time. */
  long dropped() {
    return repliable.dropped() + raw.dropped();
  }

  @Override
  public void close() {
    i2p.close();
  }
}
