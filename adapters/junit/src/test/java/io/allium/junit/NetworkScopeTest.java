package io.allium.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.allium.I2pAcceptor;
import io.allium.I2pSession;
import io.allium.I2pStream;
import io.allium.memory.MemoryNetwork;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Which tests share a network. */
class NetworkScopeTest {
  @I2pNetwork
  static class Alone {
    static final Queue<MemoryNetwork> SEEN = new ConcurrentLinkedQueue<>();

    @Test
    void one(MemoryNetwork network) {
      SEEN.add(network);
    }

    @Test
    void two(MemoryNetwork network) {
      SEEN.add(network);
    }

    @Nested
    class Inner {
      @Test
      void three(MemoryNetwork network) {
        SEEN.add(network);
      }
    }
  }

  @Test
  void eachTestHasItsOwn() {
    Samples.run(Alone.class).testEvents().assertStatistics(stats -> stats.succeeded(3));
    assertThat(Alone.SEEN).hasSize(3).doesNotHaveDuplicates();
  }

  @I2pNetwork(seed = 1)
  static class Shared {
    static final Queue<MemoryNetwork> SEEN = new ConcurrentLinkedQueue<>();
    static final Queue<MemoryNetwork> OWN = new ConcurrentLinkedQueue<>();

    @BeforeAll
    static void all(MemoryNetwork network) {
      SEEN.add(network);
    }

    @Test
    void one(MemoryNetwork network) {
      SEEN.add(network);
    }

    @I2pTest
    @I2pNetwork(seed = 2)
    void two(MemoryNetwork network) {
      OWN.add(network);
    }

    @Nested
    class Inner {
      @Test
      void three(MemoryNetwork network) {
        SEEN.add(network);
      }
    }

    @Nested
    @I2pNetwork(seed = 3)
    class Different {
      @Test
      void four(MemoryNetwork network) {
        OWN.add(network);
      }
    }
  }

  @Test
  void aStaticMethodThatAsksForItSharesItWithTheClass() {
    Samples.run(Shared.class).testEvents().assertStatistics(stats -> stats.succeeded(4));
    assertThat(Shared.SEEN).hasSize(3).containsOnly(Shared.SEEN.element());
    assertThat(Shared.OWN).hasSize(2).doesNotHaveDuplicates().doesNotContain(Shared.SEEN.element());
  }

  @I2pNetwork
  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  static class OneInstance {
    static final Queue<MemoryNetwork> SEEN = new ConcurrentLinkedQueue<>();

    OneInstance(MemoryNetwork network) {
      SEEN.add(network);
    }

    @Test
    void one(MemoryNetwork network) {
      SEEN.add(network);
    }

    @Test
    void two(MemoryNetwork network) {
      SEEN.add(network);
    }
  }

  @Test
  void theConstructorOfAClassWithOneInstanceSharesItToo() {
    Samples.run(OneInstance.class).testEvents().assertStatistics(stats -> stats.succeeded(2));
    assertThat(OneInstance.SEEN).hasSize(3).containsOnly(OneInstance.SEEN.element());
  }

  static class Parallel {
    static final Queue<MemoryNetwork> SEEN = new ConcurrentLinkedQueue<>();
    private static final CyclicBarrier BOTH = new CyclicBarrier(2);

    @I2pTest
    void one(MemoryNetwork network, I2pSession from, I2pSession to) throws Exception {
      talk(network, from, to);
    }

    @I2pTest
    void two(MemoryNetwork network, I2pSession from, I2pSession to) throws Exception {
      talk(network, from, to);
    }

    private static void talk(MemoryNetwork network, I2pSession from, I2pSession to)
        throws Exception {
      SEEN.add(network);
      try (I2pAcceptor acceptor = to.listen(0);
          I2pStream out = from.connect(to.destination());
          I2pStream in = acceptor.accept()) {
        BOTH.await();
        out.output().write(1);
        assertThat(in.input().read()).isEqualTo(1);
        BOTH.await();
      }
    }
  }

  /** They wait for each other with their streams open. */
  @Test
  void testsRunInParallel() {
    Samples.run(
            Parallel.class,
            Map.of(
                "junit.jupiter.execution.parallel.enabled", "true",
                "junit.jupiter.execution.parallel.mode.default", "concurrent",
                "junit.jupiter.execution.parallel.config.strategy", "fixed",
                "junit.jupiter.execution.parallel.config.fixed.parallelism", "2"))
        .testEvents()
        .assertStatistics(stats -> stats.succeeded(2));
    assertThat(Parallel.SEEN).hasSize(2).doesNotHaveDuplicates();
  }
}
