package io.allium.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class WatchTest {
  @Test
  void aRouterThatIsNotThereYetIsWaitedFor() throws Exception {
    int port = freePort();
    try (Program watch = Program.start(
        Map.of(), "--router", "sam://127.0.0.1:" + port, "status", "--watch", "--every", "1")) {
      assertThat(watch.line()).matches("time 20[0-9-]+T[0-9:]+Z");
      assertThat(watch.line()).isEqualTo("router down router_unreachable");
      assertThat(watch.line()).isEqualTo("ready");
      try (MiniBridge bridge = new MiniBridge(port)) {
        assertThat(watch.line()).startsWith("time ");
        assertThat(watch.line()).isEqualTo("router up");
        assertThat(watch.line()).isEqualTo("router " + bridge.uri());
        assertThat(watch.line()).isEqualTo("version SAM 3.1");
        assertThat(watch.line()).startsWith("capabilities ");
      }
      assertThat(watch.line()).startsWith("time ");
      assertThat(watch.line()).startsWith("router down ");
      watch.terminate();
      assertThat(watch.end().code()).isZero();
    }
  }

  @Test
  void asJsonEachPieceOfNewsIsOneObject() throws Exception {
    try (Program watch = Program.start(
        Map.of(), "--json", "--router", "sam://127.0.0.1:" + freePort(), "status", "--watch")) {
      assertThat(watch.line())
          .matches("\\{\"time\":\"[^\"]+\",\"router\":\"down router_unreachable\"}");
      assertThat(watch.line()).isEqualTo("{\"ready\":true}");
    }
  }

  @Test
  void asJsonAStatusIsOneObject() throws Exception {
    try (MiniBridge bridge = new MiniBridge(0)) {
      Program.Result result = Within.run("--json", "--router", bridge.uri(), "status");
      assertThat(result.output())
          .singleElement()
          .asString()
          .startsWith("{\"router\":\"" + bridge.uri() + "\",\"version\":\"SAM 3.1\",")
          .matches(".*\"capabilities\":\\[\"stream\",(\"[a-z_]+\",?)+]}");
      assertThat(result.code()).isZero();
    }
  }

  @Test
  void whatOnlyTheUserCanMendIsNotWaitedFor() throws Exception {
    Program.Result result = Within.run("--router", "http://127.0.0.1/", "status", "--watch");
    assertThat(result.code()).isEqualTo(78);
    assertThat(result.output()).isEmpty();
  }

  private static int freePort() throws Exception {
    try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return gone.getLocalPort();
    }
  }
}
