package io.allium.i2cp;

import io.allium.I2p;
import io.allium.I2pException;
import io.allium.I2pSession;
import io.allium.Protocol;
import io.allium.SessionConfig;
import io.allium.SignatureType;
import io.allium.tck.Pair;
import io.allium.tck.Subject;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;

/** I2CP through a stub, whose sessions reach each other. */
final class StubSubject implements Subject {
  private StubRouter router = StubRouter.start();
  private final I2p i2p = I2p.connect(router.uri());

  StubSubject() throws IOException {}

  @Override
  public String provider() {
    return "i2cp on the stub";
  }

  @Override
  public I2p client() {
    return i2p;
  }

  @Override
  public I2p server() {
    return i2p;
  }

  @Override
  public SessionConfig.Builder config() {
    return SessionConfig.builder()
        .protocols(Protocol.RAW, Protocol.DATAGRAM, Protocol.DATAGRAM2, Protocol.DATAGRAM3);
  }

  @Override
  public Duration patience() {
    return Duration.ofSeconds(30);
  }

  @Override
  public int manyStreams() {
    return 0;
  }

  @Override
  public int manyDatagrams() {
    return 5_000;
  }

  @Override
  public long maxBuffered() {
    return 64L << 20;
  }

  /** The JDK does not sign with these. */
  @Override
  public Set<SignatureType> refusedTypes() {
    return Set.of(SignatureType.RED25519);
  }

  @Override
  public Pair pair() throws I2pException {
    I2pSession client = i2p.open(config().build());
    return new Pair(client, i2p.open(config().build()));
  }

  /** Another router at the same address, which knows nothing of the first one's sessions. */
  void restart() throws IOException {
    int port = router.port();
    router.die();
    router = StubRouter.at(port);
  }

  @Override
  public void close() {
    i2p.close();
    router.awaitAllClosed();
    router.close();
  }
}
