package io.allium.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.allium.I2p;
import io.allium.I2pAcceptor;
import io.allium.I2pAddress;
import io.allium.I2pSession;
import io.allium.memory.MemoryNetwork;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sites that answer with something else than HTTP: what they say commands no terminal, and is no bug of ours. */
class HostileSiteTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u001b[2J\u001b]0;mine\u0007 200\r\n\r\n",
        "HTTP/1.1 \u001b[2J\r\n\r\n",
        "HTTP/\u009b2J 200 OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\n\u001b[2J\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: \u001b[2J\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: \u001b[2J\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n\u001b[2J\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\u001b[2J\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\u001b[2J\r\n\r\n",
        "HTTP/1.1 200 OK\r\nServer: LONG\r\n\r\n",
        "HTTP/1.1 200 OK\r\nMANY\r\n"
      })
  void whatIsNoHttpIsToldWithoutRepeatingIt(String answer) throws Exception {
    String sent =
        answer.replace("LONG", "x".repeat(100_000)).replace("MANY\r\n", "a: b\r\n".repeat(1000));
    try (MemoryNetwork network = MemoryNetwork.create();
        I2p i2p = I2p.connect(network.uri());
        I2pSession site = i2p.open();
        I2pSession client = i2p.open();
        I2pAcceptor acceptor = site.listen(0)) {
      Thread.ofVirtual().start(new FutureTask<>(() -> {
        acceptor.serve(stream -> {
          int unused = stream.input().read();
          stream.output().write(sent.getBytes(StandardCharsets.ISO_8859_1));
          stream.input().transferTo(OutputStream.nullOutputStream());
        });
        return true;
      }));
      CommandFailure failure = catchThrowableOfType(
          CommandFailure.class,
          () -> HttpGet.run(
              client,
              I2pAddress.of(site.destination(), 0),
              PageUrl.parse("http://example.i2p/"),
              Map.of(),
              head -> OutputStream.nullOutputStream()));
      assertThat(failure.exitCode()).isEqualTo(ExitCodes.PROTOCOL);
      assertThat(failure).hasMessageNotContainingAny("\u001b", "\u009b", "\u0007");
      assertThat(failure.getMessage()).hasSizeLessThan(300);
    }
  }
}
