package io.allium.proxy.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.allium.I2pAcceptor;
import io.allium.I2pSession;
import io.allium.I2pStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers of sites that cannot be passed on as they are. */
class BadAnswerTest extends OneSite {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nContent-Length: 9\r\nTransfer-Encoding: chunked\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        "HTTP/1.1 407 x\r\nProxy-Authenticate: Basic realm=x\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 101 Switching Protocols\r\n\r\n",
        "SSH-2.0-x\r\n",
        "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n",
        ""
      })
  void anAnswerThatCannotBePassedOnIsTold(String answer) throws Exception {
    I2pSession odd = i2p.open();
    String host = odd.destination().base32().text();
    try (I2pAcceptor acceptor = odd.listen(80);
        Socket socket = dial(proxy)) {
      socket
          .getOutputStream()
          .write(last(get("http://" + host + "/", host)).getBytes(StandardCharsets.US_ASCII));
      try (I2pStream stream = acceptor.accept()) {
        head(stream.input());
        stream.output().write(answer.getBytes(StandardCharsets.US_ASCII));
      }
      assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .startsWith("HTTP/1.1 502 ");
    }
  }

  @Test
  void anAnswerThatIsCutDoesNotLookWhole() throws Exception {
    I2pSession odd = i2p.open();
    String host = odd.destination().base32().text();
    try (I2pAcceptor acceptor = odd.listen(80);
        Socket socket = dial(proxy)) {
      socket
          .getOutputStream()
          .write(last(get("http://" + host + "/", host)).getBytes(StandardCharsets.US_ASCII));
      try (I2pStream stream = acceptor.accept()) {
        head(stream.input());
        stream
            .output()
            .write("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf"
                .getBytes(StandardCharsets.US_ASCII));
      }
      assertThatThrownBy(() -> socket.getInputStream().readAllBytes())
          .isInstanceOf(SocketException.class);
    }
  }
}
