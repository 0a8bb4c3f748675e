package io.allium.sam;

import static org.assertj.core.api.Assertions.assertThat;

import io.allium.ErrorKind;
import io.allium.I2pException;
import io.allium.Protocol;
import io.allium.spi.SessionDriver;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a session asks its router while nothing happens, and what the answers mean. */
class HeartbeatTest {
  private static final StubBridge.Step KNOWN =
      StubBridge.reply("STREAM STATUS RESULT=INVALID_KEY\n");
  private static final StubBridge.Step UNKNOWN =
      StubBridge.reply("STREAM STATUS RESULT=INVALID_ID\n");

  private final HandTime time = new HandTime();
  private final AtomicInteger pongs = new AtomicInteger();
  private final List<I2pException> losses = new CopyOnWriteArrayList<>();
  private StubBridge bridge;
  private SessionDriver session;

  @SuppressWarnings("NullAway.Init") // every test opens first
  HeartbeatTest() {}

  @AfterAll
  static void noThreadIsLeft() {
    LiveThreads.awaitNone();
  }

  private void open(String version, Protocol protocol) throws Exception {
    bridge = StubBridge.speaking(version);
    session = Drivers.open(bridge.uri(), time, protocol, losses::add);
  }

  @AfterEach
  void nothingIsLeft() {
    Drivers.close(session);
    StubBridge.await("every timer to end", () -> time.waiting() == 0);
    assertThat(time.wakers()).as("that wait for the machine to go on").isZero();
    bridge.awaitAllClosed();
    bridge.close();
  }

  private void pong(StubConnection connection, String line) throws IOException {
    connection.send(line.replace("PING", "PONG") + "\n");
    pongs.incrementAndGet();
  }

  private void awaitPongs(int count) {
    StubBridge.await(count + " PONG", () -> pongs.get() == count);
  }

  private StubConnection control() {
    return bridge.awaitConnection("SESSION CREATE");
  }

  /** Lets the interval pass, and waits until that was answered so often, on whatever connection. */
  private void beat(String command, long times) {
    time.advance(Heartbeat.INTERVAL);
    StubBridge.await(
        times + " " + command,
        () -> bridge.lines().filter(line -> line.startsWith(command)).count() == times);
  }

  private void awaitRest() {
    StubBridge.await("the heartbeat to rest", () -> time.waitsFor(Heartbeat.INTERVAL));
  }

  private void awaitLoss(String why) {
    StubBridge.await("the loss", () -> losses.size() == 1);
    assertThat(losses.getFirst()).hasMessageContaining(why);
    assertThat(losses.getFirst().kind()).isEqualTo(ErrorKind.SESSION_LOST);
  }

  @Test
  void aRouterThatAnswersPingElsewhereIsAskedOnTheSessionsConnection() throws Exception {
    open("3.2", Protocol.STREAM);
    bridge.on("PING", this::pong);
    beat("PING", 2);
    assertThat(bridge.connections("PING")).hasSize(2).contains(control());
    for (int pings = 2; pings < 5; pings++) {
      awaitPongs(pings);
      time.advance(Heartbeat.PATIENCE);
      time.advance(Heartbeat.INTERVAL.minus(Heartbeat.PATIENCE));
    }
    awaitPongs(5);
    assertThat(control().lines()).endsWith("PING 1", "PING 2", "PING 3", "PING 4");
    assertThat(losses).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "PONG 0\n", "PONG\n", "SESSION STATUS RESULT=OK\n"})
  void aPingThatIsNotAnsweredIsTheEndOfTheSession(String reply) throws Exception {
    open("3.3", Protocol.STREAM);
    bridge.on("PING", this::pong).on("PING 1", StubBridge.reply(reply));
    beat("PING", 2);
    time.advance(Heartbeat.PATIENCE);
    awaitLoss("no PING within 30 s");
  }

  @ParameterizedTest
  @EnumSource(names = {"STREAM", "DATAGRAM"})
  void aRouterThatDiesOfPingIsNeverAskedOnTheSessionsConnection(Protocol protocol)
      throws Exception {
    open("3.3", protocol);
    bridge.on("PING", StubBridge.CLOSE).on("STREAM CONNECT", KNOWN);
    beat("STREAM CONNECT", 1);
    awaitRest();
    beat("STREAM CONNECT", 2);
    awaitRest();
    assertThat(bridge.connections("PING")).hasSize(1).doesNotContain(control());
    assertThat(bridge.lines()).contains("STREAM CONNECT ID=" + id() + " DESTINATION=1.b32.i2p");
    assertThat(losses).isEmpty();
  }

  private String id() {
    return control().lines().get(1).replaceFirst(".* ID=(\\S+) .*", "$1");
  }

  @Test
  void aRouterThatSwallowsPingIsAskedOtherwise() throws Exception {
    open("3.3", Protocol.STREAM);
    bridge.on("PING", StubBridge.HANG).on("STREAM CONNECT", KNOWN);
    beat("PING", 1);
    time.advance(Heartbeat.PATIENCE);
    bridge.awaitConnection("STREAM CONNECT");
    awaitRest();
    assertThat(losses).isEmpty();
  }

  /** Of a datagram session that is believed, since it was found before. */
  @ParameterizedTest
  @EnumSource(names = {"STREAM", "DATAGRAM"})
  void anOldRouterThatForgotTheSessionSaysSoAndIsNeverSentPing(Protocol protocol) throws Exception {
    open("3.1", protocol);
    bridge.on("STREAM CONNECT", KNOWN);
    beat("STREAM CONNECT", 1);
    awaitRest();
    bridge.on("STREAM CONNECT", UNKNOWN);
    time.advance(Heartbeat.INTERVAL);
    awaitLoss("does not know the session");
    assertThat(bridge.connections("PING")).isEmpty();
  }

  @Test
  void aRouterThatFindsNoStreamsOfADatagramSessionNeedNotHaveForgottenIt() throws Exception {
    open("3.1", Protocol.DATAGRAM);
    bridge.on("STREAM CONNECT", UNKNOWN);
    beat("STREAM CONNECT", 1);
    StubBridge.await("the heartbeat to end", () -> time.waiting() == 0);
    assertThat(losses).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "STREAM STATUS RESULT=OK\n",
        "STREAM STATUS RESULT=I2P_ERROR MESSAGE=\"busy\"\n",
        "STREAM STATUS RESULT=NEW_IN_4_0\n",
        "nonsense\n"
      })
  void otherAnswersProveNothing(String reply) throws Exception {
    open("3.1", Protocol.STREAM);
    bridge.on("STREAM CONNECT", StubBridge.reply(reply));
    beat("STREAM CONNECT", 1);
    awaitRest();
    beat("STREAM CONNECT", 2);
    awaitRest();
    assertThat(losses).isEmpty();
  }

  @Test
  void aRouterThatTakesLongToAnswerIsThere() throws Exception {
    open("3.1", Protocol.STREAM);
    bridge.on("STREAM CONNECT", StubBridge.HANG);
    beat("STREAM CONNECT", 1);
    time.advance(Heartbeat.PATIENCE);
    awaitRest();
    assertThat(losses).isEmpty();
  }

  /** The kernel takes its connections and its session's bytes, as one does whose process is stopped. */
  @ParameterizedTest
  @ValueSource(strings = {"3.1", "3.3"})
  void aRouterThatGreetsNobodyIsGone(String version) throws Exception {
    open(version, Protocol.STREAM);
    bridge.on("HELLO VERSION", StubBridge.HANG);
    beat("HELLO", 3);
    time.advance(Heartbeat.PATIENCE.minus(Duration.ofNanos(1)));
    assertThat(losses).isEmpty();
    time.advance(Duration.ofNanos(1));
    awaitLoss("no new connection within 30 s");
  }

  @Test
  void aRouterThatTakesNoConnectionIsGone() throws Exception {
    open("3.1", Protocol.STREAM);
    bridge.stopListening();
    time.advance(Heartbeat.INTERVAL);
    awaitLoss("no new connection");
  }

  @Test
  void afterASuspensionItIsAskedAtOnce() throws Exception {
    open("3.1", Protocol.STREAM);
    bridge.on("STREAM CONNECT", UNKNOWN);
    time.wake();
    awaitLoss("does not know the session");
  }

  @Test
  void aSuspensionWhileItAsksIsNoSecondQuestion() throws Exception {
    open("3.3", Protocol.STREAM);
    bridge.on("PING", this::pong);
    beat("PING", 2);
    time.wake();
    awaitPongs(2);
    time.advance(Heartbeat.PATIENCE);
    assertThat(control().lines()).endsWith("PING 1").doesNotContain("PING 2");
    time.wake();
    StubBridge.await("the next", () -> control().lines().contains("PING 2"));
    assertThat(losses).isEmpty();
  }

  @Test
  void aSessionThatIsClosedWhileItAsksIsNotLost() throws Exception {
    open("3.1", Protocol.STREAM);
    bridge.on("STREAM CONNECT", StubBridge.HANG);
    beat("STREAM CONNECT", 1);
    Drivers.close(session);
    bridge.awaitAllClosed();
    assertThat(losses).isEmpty();
  }
}
