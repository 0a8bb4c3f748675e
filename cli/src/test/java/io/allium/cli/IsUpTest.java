package io.allium.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.allium.DestinationKeys;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class IsUpTest {
  private final ByteArrayOutputStream data = new ByteArrayOutputStream();

  @Test
  void aSiteThatAnswersTheSecondTimeIsUp() throws Exception {
    try (MiniBridge bridge = new MiniBridge(0).answer("").answer("HTTP/1.0 200 OK\r\n\r\n")) {
      assertThat(ask(bridge)).isEqualTo(ExitCodes.OK);
      assertThat(bridge.connects()).isEqualTo(2);
      assertThat(data.toString(StandardCharsets.UTF_8)).contains(" up ").hasLineCount(1);
    }
  }

  @Test
  void aSiteThatDoesNotAnswerTwiceIsDown() throws Exception {
    try (MiniBridge bridge = new MiniBridge(0).answer("").answer("")) {
      assertThat(ask(bridge)).isEqualTo(ExitCodes.TRY_AGAIN);
      assertThat(bridge.connects()).isEqualTo(2);
      assertThat(data.toString(StandardCharsets.UTF_8)).contains(" down no_answer");
    }
  }

  private int ask(MiniBridge bridge) throws Exception {
    IsUpCommand command = new IsUpCommand();
    try (DestinationKeys site = DestinationKeys.generate()) {
      command.names = List.of(site.destination().base64());
    }
    Globals globals = new Globals();
    globals.router = bridge.uri();
    PrintStream out = new PrintStream(data, true);
    return command.run(globals, new Output(out, out, false, true), new Stop());
  }
}
