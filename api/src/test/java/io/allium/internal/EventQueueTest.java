package io.allium.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.allium.ErrorKind;
import io.allium.I2pException;
import io.allium.I2pSession;
import io.allium.Registration;
import io.allium.SessionEvent;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EventQueueTest {
  private static final SessionEvent LOST =
      new SessionEvent.Lost(new I2pException(ErrorKind.SESSION_LOST, "gone"));

  private final EventQueue<SessionEvent> events = new EventQueue<>("test", new SessionHistory());
  private final Logger logger = Logger.getLogger(I2pSession.class.getName());

  @BeforeEach
  void logNothing() {
    logger.setUseParentHandlers(false);
  }

  @AfterEach
  void logAgain() {
    logger.setUseParentHandlers(true);
  }

  private LinkedBlockingQueue<SessionEvent> listen() {
    LinkedBlockingQueue<SessionEvent> heard = new LinkedBlockingQueue<>();
    events.add(heard::add);
    return heard;
  }

  private static Object next(LinkedBlockingQueue<SessionEvent> heard) throws InterruptedException {
    return heard.poll(10, TimeUnit.SECONDS);
  }

  @Test
  void aLateListenerHearsHowThingsAreAndNotAllThatWas() throws Exception {
    for (int i = 0; i < 1000; i++) {
      events.tell(LOST);
      events.tell(new SessionEvent.Recovered());
    }
    events.tell(LOST);
    LinkedBlockingQueue<SessionEvent> heard = listen();
    assertThat(next(heard)).isEqualTo(new SessionEvent.Ready());
    assertThat(next(heard)).isEqualTo(LOST);
    events.tell(new SessionEvent.Recovered());
    assertThat(next(heard)).isEqualTo(new SessionEvent.Recovered());
  }

  @Test
  void nothingIsToldAfterTheEnd() throws Exception {
    LinkedBlockingQueue<SessionEvent> early = listen();
    events.tell(LOST);
    events.tell(new SessionEvent.Closed());
    events.tell(new SessionEvent.Recovered());
    LinkedBlockingQueue<SessionEvent> late = listen();
    for (LinkedBlockingQueue<SessionEvent> heard : java.util.List.of(early, late)) {
      assertThat(next(heard)).isEqualTo(new SessionEvent.Ready());
      assertThat(next(heard)).isEqualTo(LOST);
      assertThat(next(heard)).isEqualTo(new SessionEvent.Closed());
      assertThat(heard).isEmpty();
    }
  }

  @Test
  void aListenerThatIsInterruptedOrFailsKeepsNothingFromTheOthers() throws Exception {
    events.add(event -> Thread.currentThread().interrupt());
    events.add(event -> {
      throw new AssertionError("planted");
    });
    LinkedBlockingQueue<SessionEvent> heard = listen();
    assertThat(next(heard)).isEqualTo(new SessionEvent.Ready());
    events.tell(LOST);
    assertThat(next(heard)).isEqualTo(LOST);
    events.tell(new SessionEvent.Closed());
    assertThat(next(heard)).isEqualTo(new SessionEvent.Closed());
  }

  @Test
  void whoTakesItsListenerBackHearsNothingMore() throws Exception {
    LinkedBlockingQueue<SessionEvent> ended = new LinkedBlockingQueue<>();
    Registration listening = events.add(ended::add);
    assertThat(next(ended)).isEqualTo(new SessionEvent.Ready());
    listening.close();
    LinkedBlockingQueue<SessionEvent> heard = listen();
    events.tell(LOST);
    assertThat(next(heard)).isEqualTo(new SessionEvent.Ready());
    assertThat(next(heard)).isEqualTo(LOST);
    assertThat(ended).isEmpty();
  }

  @Test
  void theThreadEndsWithTheLastEventThoughNobodyListensAnyMore() throws Exception {
    LinkedBlockingQueue<Thread> telling = new LinkedBlockingQueue<>();
    Registration listening = events.add(event -> telling.add(Thread.currentThread()));
    Thread thread = telling.take();
    listening.close();
    events.tell(new SessionEvent.Closed());
    assertThat(thread.join(Duration.ofSeconds(10))).isTrue();
  }
}
