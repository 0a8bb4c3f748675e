package io.allium.protocol.i2cp.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.allium.protocol.i2cp.BandwidthLimits;
import io.allium.protocol.i2cp.ClientMessage;
import io.allium.protocol.i2cp.Disconnect;
import io.allium.protocol.i2cp.HostReply;
import io.allium.protocol.i2cp.LeaseSetRequest;
import io.allium.protocol.i2cp.MessagePayload;
import io.allium.protocol.i2cp.MessageStatus;
import io.allium.protocol.i2cp.RouterMessage;
import io.allium.protocol.i2cp.SessionStatus;
import io.allium.protocol.i2cp.SessionStatus.Status;
import io.allium.protocol.i2cp.SetDate;
import io.allium.protocol.i2cp.UnknownMessage;
import io.allium.protocol.i2cp.state.Conversation.Phase;
import io.allium.protocol.structures.Lease2;
import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each message means in each phase (I2CP, "Message Flow Patterns"), and that nothing else changes anything. */
class ConversationTest {
  private static final int OURS = 7;
  private static final int OTHER = 8;
  private static final Event NOTHING = new Event.Nothing();
  private static final List<Lease2> LEASES = List.of(new Lease2(new byte[32], 1, 2));
  private static final ByteBuffer PAYLOAD = ByteBuffer.wrap(new byte[] {1});
  private static final SetDate DATE = new SetDate(1234, "0.9.66");
  private static final SessionStatus CREATED = new SessionStatus(OURS, Status.CREATED);
  private static final LeaseSetRequest REQUEST = new LeaseSetRequest(OURS, LEASES);

  /** A conversation that is so far. */
  static Conversation in(Phase phase) {
    Conversation conversation = new Conversation();
    if (phase.compareTo(Phase.GREETED) >= 0) {
      conversation.on(DATE);
    }
    if (phase.compareTo(Phase.CREATING) >= 0) {
      conversation.creating();
    }
    if (phase.compareTo(Phase.BUILDING) >= 0) {
      conversation.on(CREATED);
    }
    if (phase.compareTo(Phase.ONLINE) >= 0) {
      conversation.on(REQUEST);
    }
    if (phase == Phase.OVER) {
      conversation.on(new Disconnect("bye"));
    }
    assertThat(conversation.phase()).isEqualTo(phase);
    return conversation;
  }

  private static void assertMeans(Phase before, RouterMessage message, Event event, Phase after) {
    Conversation conversation = in(before);
    assertThat(conversation.on(message)).as("%s in %s", message, before).isEqualTo(event);
    assertThat(conversation.phase()).as("%s in %s", message, before).isEqualTo(after);
  }

  private static boolean hasSession(Phase phase) {
    return phase == Phase.BUILDING || phase == Phase.ONLINE;
  }

  @Test
  void aSessionComesOnline() {
    Conversation conversation = new Conversation();
    assertThat(conversation.version()).isEmpty();
    assertThat(conversation.session()).isEqualTo(ClientMessage.NO_SESSION);
    assertThat(conversation.on(DATE)).isEqualTo(new Event.Clock(1234));
    assertThat(conversation.version()).isEqualTo("0.9.66");
    conversation.creating();
    assertThat(conversation.on(CREATED)).isEqualTo(new Event.Created(OURS));
    assertThat(conversation.session()).isEqualTo(OURS);
    assertThat(conversation.on(REQUEST)).isEqualTo(new Event.LeaseSetWanted(LEASES));
    assertThat(conversation.phase()).isEqualTo(Phase.ONLINE);
  }

  @ParameterizedTest
  @EnumSource(names = {"GREETED", "CREATING", "BUILDING", "ONLINE"})
  void aClockIsSetAgainAtAnyTime(Phase phase) {
    assertMeans(phase, new SetDate(5678, "0.9.99"), new Event.Clock(5678), phase);
    Conversation conversation = in(phase);
    conversation.on(new SetDate(5678, "0.9.99"));
    assertThat(conversation.version()).as("the first one counts").isEqualTo("0.9.66");
  }

  /** i2pd up to 2.45 repeats what the client says to speak. */
  @Test
  void anEchoOfOurVersionSaysNothing() {
    Conversation conversation = new Conversation();
    conversation.on(new SetDate(1, Conversation.OUR_VERSION));
    assertThat(conversation.phase()).isEqualTo(Phase.GREETED);
    assertThat(conversation.version()).isEmpty();
    Conversation silent = new Conversation();
    silent.on(new SetDate(1, ""));
    assertThat(silent.version()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"GREETING", "CREATING", "BUILDING", "ONLINE", "OVER"})
  void aSessionIsCreatedAfterTheGreetingAndOnce(Phase phase) {
    Conversation conversation = in(phase);
    assertThatIllegalStateException().isThrownBy(conversation::creating);
    assertThat(conversation.phase()).isEqualTo(phase);
  }

  @ParameterizedTest
  @EnumSource(Phase.class)
  void aStatusOutOfTurnChangesNothing(Phase phase) {
    for (Status status : Status.values()) {
      boolean ends = phase == Phase.CREATING || hasSession(phase) && status == Status.DESTROYED;
      if (!ends) {
        assertMeans(phase, new SessionStatus(OURS, status), NOTHING, phase);
      }
      if (phase != Phase.CREATING) {
        assertMeans(phase, new SessionStatus(OTHER, status), NOTHING, phase);
      }
    }
  }

  @Test
  void aSecondSessionDoesNotReplaceTheFirst() {
    Conversation conversation = in(Phase.ONLINE);
    assertThat(conversation.on(new SessionStatus(OTHER, Status.CREATED))).isEqualTo(NOTHING);
    assertThat(conversation.session()).isEqualTo(OURS);
  }

  /** i2pd says no more than that; the number of the session means nothing then. */
  @ParameterizedTest
  @ValueSource(ints = {0, OURS, 0xffff})
  void aSessionIsRefused(int number) {
    assertMeans(
        Phase.CREATING,
        new SessionStatus(number, Status.REFUSED),
        new Event.Over(Refusal.TOO_MANY_SESSIONS, ""),
        Phase.OVER);
    for (Status status : EnumSet.of(Status.INVALID, Status.DESTROYED, Status.UNKNOWN)) {
      assertMeans(
          Phase.CREATING,
          new SessionStatus(number, status),
          new Event.Over(Refusal.INVALID, ""),
          Phase.OVER);
    }
    assertMeans(Phase.CREATING, new SessionStatus(number, Status.UPDATED), NOTHING, Phase.CREATING);
  }

  @ParameterizedTest
  @EnumSource(names = {"BUILDING", "ONLINE"})
  void aSessionIsDestroyed(Phase phase) {
    assertMeans(
        phase,
        new SessionStatus(OURS, Status.DESTROYED),
        new Event.Over(Refusal.OTHER, ""),
        Phase.OVER);
  }

  @ParameterizedTest
  @EnumSource(Phase.class)
  void aLeaseSetIsWantedForOurSessionAlone(Phase phase) {
    boolean ours = hasSession(phase);
    assertMeans(
        phase,
        REQUEST,
        ours ? new Event.LeaseSetWanted(LEASES) : NOTHING,
        ours ? Phase.ONLINE : phase);
    assertMeans(phase, new LeaseSetRequest(OTHER, LEASES), NOTHING, phase);
    assertMeans(phase, new LeaseSetRequest(ClientMessage.NO_SESSION, LEASES), NOTHING, phase);
  }

  @ParameterizedTest
  @EnumSource(Phase.class)
  void payloadsAndFatesAreThoseOfOurSession(Phase phase) {
    MessageStatus fate = new MessageStatus(OURS, 5, 21);
    boolean ours = hasSession(phase);
    assertMeans(
        phase,
        new MessagePayload(OURS, PAYLOAD),
        ours ? new Event.Arrived(PAYLOAD) : NOTHING,
        phase);
    assertMeans(phase, fate, ours ? new Event.Fate(fate) : NOTHING, phase);
    for (int other : new int[] {OTHER, ClientMessage.NO_SESSION, 0}) {
      assertMeans(phase, new MessagePayload(other, PAYLOAD), NOTHING, phase);
      assertMeans(phase, new MessageStatus(other, 5, 21), NOTHING, phase);
    }
  }

  @ParameterizedTest
  @EnumSource(Phase.class)
  void answersToQuestionsAreGivenOnUntilTheEnd(Phase phase) {
    HostReply reply = new HostReply(1, HostReply.UNKNOWN, Optional.empty());
    BandwidthLimits limits = new BandwidthLimits(1, 2, 3);
    boolean over = phase == Phase.OVER;
    assertMeans(phase, reply, over ? NOTHING : new Event.Found(reply), phase);
    assertMeans(phase, limits, over ? NOTHING : new Event.Limits(limits), phase);
  }

  @ParameterizedTest
  @EnumSource(Phase.class)
  void unknownMessagesChangeNothing(Phase phase) {
    assertMeans(phase, new UnknownMessage(99), NOTHING, phase);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "OVER")
  void aDisconnectEndsEveryPhase(Phase phase) {
    assertMeans(
        phase,
        new Disconnect("Router shutdown"),
        new Event.Over(Refusal.STOPPING, "Router shutdown"),
        Phase.OVER);
  }

  @Test
  void afterTheEndThereIsNothing() {
    for (RouterMessage message : List.of(
        DATE,
        CREATED,
        REQUEST,
        new SessionStatus(OURS, Status.DESTROYED),
        new MessagePayload(OURS, PAYLOAD),
        new MessageStatus(OURS, 1, 1),
        new Disconnect("once more"))) {
      assertMeans(Phase.OVER, message, NOTHING, Phase.OVER);
    }
  }

  @Test
  void repeatedMessagesMeanTheSameAgain() {
    Conversation conversation = in(Phase.ONLINE);
    for (int i = 0; i < 3; i++) {
      assertThat(conversation.on(REQUEST)).isEqualTo(new Event.LeaseSetWanted(LEASES));
      assertThat(conversation.on(new MessagePayload(OURS, PAYLOAD)))
          .isEqualTo(new Event.Arrived(PAYLOAD));
      assertThat(conversation.on(CREATED)).isEqualTo(NOTHING);
    }
    assertThat(conversation.phase()).isEqualTo(Phase.ONLINE);
  }
}
