package io.allium.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** Each option refuses what is outside its range, before a router is asked for anything. */
@Execution(ExecutionMode.CONCURRENT)
class OptionRangeTest {
  /** The exit code, a command that has the option, the option, and values that it refuses. */
  private record Row(int code, String command, String option, List<String> refused) {}

  private static final List<Row> ROWS = List.of(
      new Row(
          78, "status", "--router", List.of("http://127.0.0.1/", "127.0.0.1:7656", "sam://h:0")),
      new Row(78, "status", "--router-auth", List.of("/no/such/file")),
      new Row(64, "listen", "--hops", List.of("-1", "8", "many")),
      new Row(64, "serve .", "--tunnels", List.of("0", "17")),
      new Row(
          64,
          "connect example.i2p",
          "--option",
          List.of(
              "x",
              "=v",
              "a b=c",
              "inbound.length=8",
              "outbound.length=-1",
              "inbound.quantity=0",
              "outbound.quantity=17",
              "inbound.backupQuantity=17",
              "outbound.lengthVariance=-8",
              "inbound.allowZeroHop=maybe")),
      new Row(64, "listen", "--port", List.of("-1", "65536", "http")),
      new Row(
          64,
          "proxy http",
          "--listen",
          List.of("here", "127.0.0.1:-1", "127.0.0.1:65536", "127.0.0.1:http")),
      new Row(64, "connect example.i2p", "-w", List.of("-1", "soon")),
      new Row(64, "ping-pong client example.i2p", "-n", List.of("0", "1000001")),
      new Row(64, "status --watch", "--every", List.of("0", "3601")),
      new Row(64, "receive example.i2p", "--timeout", List.of("0", "604801", "soon")),
      new Row(64, "keys new /no/such/file", "--type", List.of("RSA", "7")),
      new Row(73, "get http://example.i2p/", "-o", List.of("TAKEN")));

  /** Those whose every value is a path, which only its use can refuse. */
  private static final Set<String> PATHS = Set.of("--keys");

  @TempDir
  Path folder;

  static Stream<List<String>> refusals() {
    return ROWS.stream()
        .flatMap(row -> row.refused().stream()
            .map(value ->
                List.of(Integer.toString(row.code()), row.command(), row.option(), value)));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void whatIsOutOfRangeCostsNoQuestionToARouter(List<String> refusal) throws Exception {
    try (ServerSocketChannel router = ServerSocketChannel.open()) {
      router.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      List<String> command = new ArrayList<>();
      String option = refusal.get(2);
      if (!option.equals("--router")) {
        command.addAll(List.of("--router", "sam://127.0.0.1:" + router.socket().getLocalPort()));
      }
      command.addAll(List.of(refusal.get(1).split(" ")));
      command.add(option);
      command.add(refusal.get(3).equals("TAKEN") ? taken() : refusal.get(3));
      Program.Result result = Within.run(command.toArray(String[]::new));
      assertThat(result.code()).as(result.errors()).hasToString(refusal.get(0));
      assertThat(result.errors()).startsWith("allium: ").hasLineCount(1);
      router.configureBlocking(false);
      assertThat(router.accept()).as("a connection to the router").isNull();
    }
  }

  private String taken() throws IOException {
    return Files.writeString(folder.resolve("taken"), "").toString();
  }

  @Test
  void noOptionIsForgotten() {
    Set<String> tried = ROWS.stream().map(Row::option).collect(Collectors.toSet());
    tried.addAll(PATHS);
    assertThat(withValues(Main.commandLine(), new TreeSet<>())).isSubsetOf(tried);
  }

  private static Set<String> withValues(CommandLine command, Set<String> found) {
    command.getCommandSpec().options().stream()
        .filter(option -> option.arity().max() > 0)
        .forEach(option -> found.add(option.longestName()));
    command.getSubcommands().values().forEach(each -> withValues(each, found));
    return found;
  }
}
