package io.allium.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.allium.cli.Main;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The demo on a real router. */
@RequiresI2pd
class DemoOnI2pdTest {
  @ParameterizedTest(name = "{0} hops")
  @ValueSource(ints = {0, 1})
  void theDemoSucceeds(int hops) throws Exception {
    String router = SharedNet.fast().router(0).toString();
    try (Program demo = Program.java(
        Main.class, "--router", router, "demo", "--hops", "" + hops, "--tunnels", "5")) {
      Program.Ended ended = demo.end();
      assertThat(ended.code()).as(ended.errors()).isZero();
      assertThat(ended.lines()).anyMatch(line -> line.startsWith("PING answered with PONG"));
      assertThat(ended.lines())
          .anyMatch(line -> line.endsWith("answered 200: Hello from an I2P site."));
      assertThat(ended.last()).startsWith("demo ok");
    }
  }
}
