package io.allium.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.allium.I2p;
import io.allium.I2pSession;
import io.allium.cli.site.Site;
import io.allium.memory.MemoryNetwork;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyCommandTest {
  @TempDir
  Path folder;

  private static AlliumCommand command(String kind) {
    if (kind.equals("http")) {
      ProxyCommand.Http http = new ProxyCommand.Http();
      http.listen = "127.0.0.1:0";
      return http;
    }
    ProxyCommand.Socks socks = new ProxyCommand.Socks();
    socks.listen = "127.0.0.1:0";
    return socks;
  }

  private static String curl(String... arguments) throws Exception {
    List<String> line = new ArrayList<>(List.of("curl", "-sS", "--max-time", "60"));
    line.addAll(List.of(arguments));
    Process curl;
    try {
      curl = new ProcessBuilder(line).redirectErrorStream(true).start();
    } catch (IOException e) {
      assumeThat(e).as("curl is installed").isNull();
      throw e;
    }
    String output = new String(curl.getInputStream().readAllBytes());
    curl.waitFor();
    return output;
  }

  @ParameterizedTest
  @ValueSource(strings = {"http", "socks"})
  void curlReadsASite(String kind) throws Exception {
    Files.writeString(folder.resolve("page.txt"), "hello");
    try (MemoryNetwork network = MemoryNetwork.create();
        I2p i2p = I2p.connect(network.uri());
        I2pSession session = i2p.open();
        Site site = Site.open(session, 0, folder, Duration.ofMinutes(1));
        CommandRun proxy = CommandRun.start(network.uri(), command(kind))) {
      String line = proxy.line();
      assertThat(line).matches(kind + " 127\\.0\\.0\\.1:[1-9][0-9]*");
      assertThat(proxy.line()).isEqualTo("ready");
      assertThat(proxy.mayBeStopped()).isTrue();
      String url = (kind.equals("http") ? "http://" : "socks5h://") + line.split(" ")[1];
      String page = "http://" + session.destination().base32().text() + "/page.txt";
      assertThat(curl("--proxy", url, page, page)).isEqualTo("hellohello");
      if (kind.equals("http")) {
        assertThat(curl("--proxytunnel", "--proxy", url, page)).isEqualTo("hello");
        assertThat(curl("--proxy", url, "http://10.0.0.1/")).contains("403");
      } else {
        assertThat(curl("--proxy", url.replace("socks5h", "socks4a"), page)).isEqualTo("hello");
      }
    }
  }

  @Test
  void whatOtherMachinesCanUseIsTold() throws Exception {
    ProxyCommand.Socks socks = new ProxyCommand.Socks();
    socks.listen = "0.0.0.0:0";
    try (CommandRun proxy = CommandRun.start(URI.create("memory:proxy"), socks)) {
      assertThat(proxy.line()).startsWith("socks 0.0.0.0:");
      assertThat(proxy.hasSaid("other machines can use 0.0.0.0:0")).isTrue();
    }
  }
}
