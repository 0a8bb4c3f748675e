package io.allium.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The network works without any class of Allium: plain sockets speak SAM to two routers. */
@RequiresI2pd
class RawSamTest {
  @ParameterizedTest(name = "{0} hops")
  @ValueSource(ints = {0, 1})
  void pingIsAnsweredAcrossTwoRouters(int hops) throws IOException {
    try (RawStream stream = RawStream.open(SharedNet.fast(), hops)) {
      assertThat(stream.peer()).startsWith(stream.sessions()[0].me());
      stream.client().send("PING");
      assertThat(stream.server().line()).isEqualTo("PING");
      stream.server().send("PONG");
      assertThat(stream.client().line()).isEqualTo("PONG");
    }
  }
}
