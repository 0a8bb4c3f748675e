package io.allium.protocol.i2cp.state;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.allium.protocol.i2cp.ClientMessage;
import io.allium.protocol.i2cp.I2cpException;
import io.allium.protocol.i2cp.MessageFramer;
import io.allium.protocol.i2cp.RouterMessage;
import io.allium.protocol.i2cp.state.Conversation.Phase;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Whatever a router sends, in whatever order, a conversation goes forward only, and keeps the session that it has. */
class ConversationFuzzTest {
  @FuzzTest(maxDuration = "60s")
  void anyMessagesInAnyOrder(byte[] input) {
    Conversation conversation = new Conversation();
    MessageFramer framer = new MessageFramer();
    framer.feed(ByteBuffer.wrap(input));
    try {
      for (Optional<RouterMessage> next = framer.next(); next.isPresent(); next = framer.next()) {
        check(conversation, next.get());
        if (conversation.phase() == Phase.GREETED) {
          conversation.creating();
        }
      }
    } catch (I2cpException refused) {
      assertThat(refused.getMessage()).isNotBlank();
    }
  }

  private static void check(Conversation conversation, RouterMessage message) {
    Phase before = conversation.phase();
    int session = conversation.session();
    String version = conversation.version();
    Event event = conversation.on(message);
    assertThat(conversation.phase()).isGreaterThanOrEqualTo(before);
    if (before == Phase.OVER) {
      assertThat(event).isEqualTo(new Event.Nothing());
    }
    if (before != Phase.GREETING) {
      assertThat(conversation.version()).isEqualTo(version);
    }
    if (before != Phase.CREATING) {
      assertThat(conversation.session()).isEqualTo(session);
    }
    switch (event) {
      case Event.Created created -> {
        assertThat(before).isEqualTo(Phase.CREATING);
        assertThat(created.session()).isEqualTo(conversation.session());
      }
      case Event.LeaseSetWanted wanted -> assertOnline(conversation, before);
      case Event.Arrived arrived -> assertOnline(conversation, before);
      case Event.Fate fate -> assertOnline(conversation, before);
      case Event.Over over -> assertThat(conversation.phase()).isEqualTo(Phase.OVER);
      case Event.Clock clock -> assertThat(conversation.phase()).isIn(before, Phase.GREETED);
      default -> assertThat(conversation.phase()).isEqualTo(before);
    }
  }

  /** Only for a session that there is. */
  private static void assertOnline(Conversation conversation, Phase before) {
    assertThat(before).isIn(Phase.BUILDING, Phase.ONLINE);
    assertThat(conversation.session()).isNotEqualTo(ClientMessage.NO_SESSION);
  }
}
