package io.allium.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.allium.I2p;
import io.allium.I2pAcceptor;
import io.allium.I2pException;
import io.allium.I2pSession;
import io.allium.memory.MemoryNetwork;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PingPongTest {
  @ParameterizedTest
  @CsvSource({"75, ''", "75, PON", "76, PENG"})
  void aPeerThatDoesNotAnswerIsNoBugOfOurs(int code, String answer) throws Exception {
    try (MemoryNetwork network = MemoryNetwork.create();
        I2p i2p = I2p.connect(network.uri());
        I2pSession server = i2p.open();
        I2pAcceptor acceptor = server.listen(0)) {
      Thread.ofVirtual().start(() -> serve(acceptor, answer));
      Globals globals = new Globals();
      globals.router = network.uri().toString();
      PingPongCommand.Client command = new PingPongCommand.Client();
      command.address = server.destination().base32().text();
      PrintStream nothing = new PrintStream(OutputStream.nullOutputStream());
      Output out = new Output(nothing, nothing, false, false);
      assertThat(catchThrowable(() -> command.run(globals, out, new Stop())))
          .isInstanceOfSatisfying(
              I2pException.class,
              failure -> assertThat(ExitCodes.of(failure.kind())).isEqualTo(code));
    }
  }

  private static void serve(I2pAcceptor acceptor, String answer) {
    try {
      acceptor.serve(stream -> {
        stream.input().readNBytes(4);
        stream.output().write(answer.getBytes(StandardCharsets.US_ASCII));
      });
    } catch (I2pException e) {
      throw new AssertionError(e);
    }
  }
}
