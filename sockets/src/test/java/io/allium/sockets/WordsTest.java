package io.allium.sockets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.InputStream;
import java.net.Socket;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Programs compare the words of some of the JDK's errors: ours are the same. */
class WordsTest {
  private static List<String> of(ThrowingCallable... calls) {
    return Stream.of(calls).map(call -> String.valueOf(catchThrowable(call))).toList();
  }

  private static List<String> words(Ends ends) throws Exception {
    ends.client.setSoTimeout(1);
    InputStream input = ends.client.getInputStream();
    Socket reset = ends.connected(ends.listener);
    Socket resetting = ends.listener.accept();
    ends.listener.setSoTimeout(1);
    return of(
        input::read,
        ends.listener::accept,
        () -> {
          resetting.setSoLinger(true, 0);
          resetting.close();
          reset.getInputStream().read();
        },
        () -> {
          ends.client.close();
          input.read();
        },
        () -> ends.client.getOutputStream(),
        () -> {
          ends.listener.close();
          ends.listener.accept();
        });
  }

  @Test
  void theyAreThoseOfTheJdk() throws Exception {
    try (Ends jdk = Ends.ofTheJdk();
        Ends i2p = Ends.ofI2p()) {
      assertThat(words(i2p)).isEqualTo(words(jdk)).doesNotContain("null");
    }
  }
}
