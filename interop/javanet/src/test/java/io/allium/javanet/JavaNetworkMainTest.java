package io.allium.javanet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A network in a process of its own. */
@Tag("javanet")
class JavaNetworkMainTest {
  @Test
  void aProcessRunsANetworkAndTakesCommands() throws Exception {
    Process process = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            JavaNetworkMain.class.getName(),
            "2")
        .redirectErrorStream(true)
        .start();
    try (BufferedReader lines = new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        PrintWriter commands = new PrintWriter(process.getOutputStream(), true)) {
      String first = lines.readLine();
      assertThat(first).matches("router 0 i2cp=127\\.0\\.0\\.1:[0-9]+");
      assertThat(lines.readLine()).startsWith("router 1 i2cp=127.0.0.1:");
      assertThat(lines.readLine()).isEqualTo("ready");
      int port = Integer.parseInt(first.substring(first.lastIndexOf(':') + 1));
      try (Socket open = new Socket()) {
        open.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        open.getOutputStream().write(0x2a);
        commands.println("kill 0");
        assertThat(lines.readLine()).isEqualTo("done");
        assertThat(open.getInputStream().read()).isEqualTo(-1);
      }
      commands.println("restart 0");
      assertThat(lines.readLine()).isEqualTo("done");
      commands.println("restart 0");
      assertThat(lines.readLine()).isEqualTo("failed: router 0 runs: kill it first");
      commands.println("dance 0");
      assertThat(lines.readLine()).startsWith("failed: no such command");
      commands.println("quit");
      assertThat(lines.readLine()).isNull();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isZero();
    } finally {
      process.destroyForcibly();
    }
  }
}
