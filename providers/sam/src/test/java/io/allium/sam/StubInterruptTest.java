package io.allium.sam;

import io.allium.I2p;
import io.allium.I2pException;
import io.allium.SessionConfig;
import io.allium.tck.InterruptTck;
import io.allium.tck.Pair;
import io.allium.tck.Subject;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;

/** Against a bridge without a network behind it: a thousand interrupts take seconds, and it sees what is left behind. */
class StubInterruptTest extends InterruptTck {
  @AfterAll
  static void noThreadIsLeft() {
    LiveThreads.awaitNone();
  }

  @Override
  protected Subject createSubject() throws Exception {
    return new StubSubject();
  }

  private static final class StubSubject implements Subject {
    private final StubNetwork network = new StubNetwork();
    private final I2p i2p = I2p.connect(network.uri());

    StubSubject() throws IOException {}

    @Override
    public String provider() {
      return "sam";
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
      return SessionConfig.builder();
    }

    @Override
    public Duration patience() {
      return Duration.ofSeconds(10);
    }

    @Override
    public int manyStreams() {
      return 100;
    }

    @Override
    public long maxBuffered() {
      return 64L << 20;
    }

    @Override
    public Map<String, String> deviations() {
      return Map.of(
          "interruptsOfDatagramCallsAbandonOnlyTheirCall", "the stub carries no datagrams");
    }

    @Override
    public Pair pair() throws I2pException {
      return new Pair(i2p.open(config().build()), i2p.open(config().build()));
    }

    @Override
    public void close() {
      i2p.close();
      network.awaitAllClosed();
      network.close();
    }
  }
}
