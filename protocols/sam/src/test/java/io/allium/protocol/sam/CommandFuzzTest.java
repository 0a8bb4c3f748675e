package io.allium.protocol.sam;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;

/** Whatever a client says, it is a command or a typed error; and what prints reads back equal, as one line. */
class CommandFuzzTest {
  @FuzzTest(maxDuration = "60s")
  void commands(FuzzedDataProvider data) {
    try {
      SamMessage message = SamMessage.parse(data.consumeRemainingAsString());
      assertThat(message.toString()).doesNotContain("\n");
      assertReadsBack(message);
      SamCommand command = SamCommand.of(message);
      assertThat(command.toString()).doesNotContain("\n");
      assertReadsBack(command.message());
      assertThat(SamCommand.of(command.message())).isEqualTo(command);
    } catch (SamException refused) {
      assertThat(refused).isInstanceOf(SamException.Violation.class);
    }
  }

  private static void assertReadsBack(SamMessage message) throws SamException {
    String printed;
    try {
      printed = message.print();
    } catch (IllegalArgumentException unprintable) {
      return;
    }
    assertThat(printed).doesNotContain("\n").doesNotContain("\r").doesNotContain("\0");
    assertThat(SamMessage.parse(printed)).isEqualTo(message);
  }
}
