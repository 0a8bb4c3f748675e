package io.allium.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.allium.ErrorKind;
import io.allium.Hostname;
import io.allium.I2p;
import io.allium.I2pAcceptor;
import io.allium.I2pException;
import io.allium.I2pSession;
import io.allium.I2pStream;
import io.allium.SessionStatus;
import io.allium.memory.Faults;
import io.allium.memory.MemoryNetwork;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.platform.testkit.engine.EngineExecutionResults;

/** What a failed test says, and what fails a test. */
class FailureTest {
  private static final Pattern SEED = Pattern.compile("had the seed ([0-9]+): .*seed = \\1L");

  static class Unlucky {
    static final List<Integer> COUNTS = new ArrayList<>();

    @I2pTest
    @I2pNetwork(reset = 0.01)
    void any(I2pSession from, I2pSession to) throws Exception {
      COUNTS.add(messages(from, to));
      throw new IllegalStateException("unlucky");
    }
  }

  /** How many messages arrive before the stream breaks. */
  private static int messages(I2pSession from, I2pSession to) throws Exception {
    int count = 0;
    try (I2pAcceptor acceptor = to.listen(0);
        I2pStream out = from.connect(to.destination());
        I2pStream in = acceptor.accept()) {
      while (true) {
        out.output().write(1);
        assertThat(in.input().read()).isEqualTo(1);
        count++;
      }
    } catch (I2pException e) {
      assertThat(e.kind()).isEqualTo(ErrorKind.PEER_RESET);
      return count;
    }
  }

  @Test
  void aFailedTestTellsASeedThatReplaysItsFaults() throws Exception {
    List<Long> seeds = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      EngineExecutionResults results = Samples.run(Unlucky.class);
      Throwable failure = Samples.failure(results);
      assertThat(failure).isInstanceOf(IllegalStateException.class).hasMessage("unlucky");
      long seed = seed(failure);
      seeds.add(seed);
      assertThat(Samples.reported(results))
          .containsExactly(Map.of(I2pExtension.SEED_ENTRY, Long.toString(seed)));
      assertThat(replay(seed)).isEqualTo(Unlucky.COUNTS.getLast());
    }
    assertThat(seeds).doesNotHaveDuplicates();
    assertThat(Unlucky.COUNTS).anyMatch(count -> !count.equals(Unlucky.COUNTS.getFirst()));
  }

  private static int replay(long seed) throws Exception {
    try (MemoryNetwork network = MemoryNetwork.builder()
            .seed(seed)
            .faults(Faults.none().withReset(0.01))
            .build();
        I2p i2p = I2p.connect(network.uri());
        I2pSession from = i2p.open();
        I2pSession to = i2p.open()) {
      return messages(from, to);
    }
  }

  private static long seed(Throwable failure) {
    assertThat(failure.getSuppressed()).hasSize(1);
    Matcher said = SEED.matcher(failure.getSuppressed()[0].getMessage());
    assertThat(said.find()).as(failure.getSuppressed()[0].getMessage()).isTrue();
    return Long.parseLong(said.group(1));
  }

  @I2pNetwork(seed = 42)
  static class Shared {
    @BeforeAll
    static void open(I2pSession session) {
      assertThat(session.status().state()).isEqualTo(SessionStatus.State.ONLINE);
    }

    @Test
    void fails() {
      throw new IllegalStateException();
    }
  }

  @Test
  void theSeedOfASharedNetworkIsToldAndCanBeSet() {
    assertThat(seed(Samples.failure(Samples.run(Shared.class)))).isEqualTo(42);
  }

  static class Leaky {
    static final AtomicReference<String> LEAKED = new AtomicReference<>("");

    @I2pTest
    void leaks(@Router("alice") I2p i2p, I2pSession given) throws Exception {
      i2p.open().close();
      I2pSession left = i2p.open();
      assertThat(given).isNotEqualTo(left);
      LEAKED.set(left.destination().base32().text());
    }
  }

  @Test
  void aLeakFailsTheTestAndSaysWhich() {
    String message = Samples.failure(Samples.run(Leaky.class)).getMessage();
    String address = Leaky.LEAKED.get();
    assertThat(message)
        .isEqualTo("the test left open what it opened, the session " + address.substring(0, 8)
            + "….b32.i2p on router alice: open sessions in a try-with-resources statement")
        .doesNotContain(address);
  }

  static class LeakyLifecycle {
    private final List<I2pSession> opened = new ArrayList<>();

    @I2pTest
    void closesAfterwards(I2p i2p) throws Exception {
      opened.add(i2p.open());
    }

    @AfterEach
    void close() {
      opened.forEach(I2pSession::close);
    }
  }

  @Test
  void whatALifecycleMethodClosesIsNoLeak() {
    Samples.run(LeakyLifecycle.class)
        .testEvents()
        .assertStatistics(stats -> stats.started(1).succeeded(1));
  }

  @I2pNetwork
  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  static class LeakyClass {
    private final I2p i2p;

    LeakyClass(I2p i2p) {
      this.i2p = i2p;
    }

    @Test
    void leaks() throws Exception {
      assertThat(i2p.open().isTransient()).isTrue();
    }
  }

  @Test
  void aLeakOnASharedNetworkFailsTheClass() {
    EngineExecutionResults results = Samples.run(LeakyClass.class);
    results.testEvents().assertStatistics(stats -> stats.started(1).succeeded(1));
    assertThat(Samples.failures(results.containerEvents()))
        .singleElement()
        .satisfies(failure -> assertThat(failure).hasMessageContaining("the test left open"));
  }

  static class Opened {
    static final List<I2pSession> SESSIONS = new ArrayList<>();
    static final List<I2p> ROUTERS = new ArrayList<>();
    static final List<MemoryNetwork> NETWORKS = new ArrayList<>();

    @I2pTest
    @I2pNetwork(manualClock = true)
    void writes(MemoryNetwork network, I2p i2p, I2pSession from, I2pSession to) throws Exception {
      NETWORKS.add(network);
      ROUTERS.add(i2p);
      SESSIONS.addAll(List.of(from, to));
      network.addName(Hostname.parse("known.i2p"), to.destination());
      assertThat(to.listen(0).address().port()).isZero();
      from.connect(to.destination()).output().write(1);
    }
  }

  /** Also on a clock that stands still, and with something written that nobody read. */
  @Test
  void everythingIsClosed() throws Exception {
    Samples.run(Opened.class).testEvents().assertStatistics(stats -> stats.succeeded(1));
    assertThat(Opened.SESSIONS)
        .hasSize(2)
        .allMatch(session -> session.status().state() == SessionStatus.State.CLOSED);
    assertThatThrownBy(Opened.ROUTERS.getFirst()::open)
        .isInstanceOfSatisfying(
            I2pException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.CLOSED));
    try (I2p later = I2p.connect(Opened.NETWORKS.getFirst().uri())) {
      assertThatThrownBy(() -> later.resolve("known.i2p"))
          .isInstanceOfSatisfying(
              I2pException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.NAME_NOT_FOUND));
    }
  }

  static class Mistakes {
    @I2pTest
    void wrongType(@Router("a") String text) {
      throw new IllegalStateException(text);
    }

    @I2pTest
    void wrongName(@Router("a/b") I2p i2p) {
      throw new IllegalStateException(i2p.toString());
    }

    @I2pTest
    @I2pNetwork(loss = 2)
    void wrongNumber(MemoryNetwork network) {
      throw new IllegalStateException(network.toString());
    }

    @I2pTest
    @I2pNetwork(manualClock = true, buildDelayMillis = 1)
    void neverOpens(I2pSession session) {
      throw new IllegalStateException(session.toString());
    }
  }

  @Test
  void aMistakeSaysWhatToDo() {
    assertThat(Samples.failures(Samples.run(Mistakes.class).testEvents()))
        .extracting(Throwable::getMessage)
        .hasSize(4)
        .anyMatch(message -> message.contains("make it an I2p or an I2pSession"))
        .anyMatch(message -> message.contains("letters, digits"))
        .anyMatch(message -> message.contains("loss is not in 0-1"))
        .anyMatch(message -> message.contains("no session opens before the test moves the clock"));
  }
}
