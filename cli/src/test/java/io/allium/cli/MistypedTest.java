package io.allium.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What someone typed wrongly is answered with what they may have meant. */
@Execution(ExecutionMode.CONCURRENT)
class MistypedTest {
  @TempDir
  Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "serv . | unknown command 'serv': did you mean serve; see allium --help",
        "bogus | unknown command 'bogus'; see allium --help",
        "help bogus | unknown command 'bogus'; see allium --help",
        "help stats | unknown command 'stats': did you mean status; see allium --help",
        "--routr sam://127.0.0.1:1 status | unknown option '--routr': did you mean --router; see allium --help",
        "status --wach | unknown option '--wach': did you mean --watch; see allium status --help",
        "listen --keyz=/k | unknown option '--keyz': did you mean --keys; see allium listen --help",
        "keys nwe f | unknown command 'nwe': did you mean new; see allium keys --help",
        "connect a.i2p b.i2p | there is an argument too many; see allium connect --help",
        "demo --option x | --option takes KEY=VALUE, such as inbound.quantity=2",
        "demo --hops 8 | Invalid value for option '--hops': it is a whole number, 0-7; see allium demo --help",
      })
  void theNearestIsNamed(String typed, String sentence) throws Exception {
    Program.Result result = Within.run(typed.split(" "));
    assertThat(result.errors()).isEqualTo("allium: " + sentence + "\n");
    assertThat(result.code()).isEqualTo(64);
    assertThat(result.output()).isEmpty();
  }

  @Test
  void anOptionOfI2cpThatNobodyKnowsIsQuestionedAndUsed() throws Exception {
    Program.Result odd = Within.run(
        "demo",
        "--option",
        "inbound.lenght=1",
        "--option",
        "foo=bar",
        "--option",
        "i2cp.gzip=true");
    assertThat(odd.code()).isZero();
    assertThat(odd.errors().lines())
        .containsExactly(
            "--option inbound.lenght is no option of I2CP that is known here: did you mean inbound.length?",
            "--option foo is no option of I2CP that is known here: the router may take no notice of it");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "http://127.0.0.1:7657/ | web page | sam://127.0.0.1:7656",
        "HTTPS://127.0.0.1 | web page | sam://127.0.0.1:7656",
        "127.0.0.1:7656 | without the interface | sam://",
        "localhost:7656 | without the interface | sam://",
        "[::1]:7656 | without the interface | sam://",
        "router | starts with its interface | sam://127.0.0.1:7656",
        "bob://127.0.0.1:2827 | bob is not a way to reach a router: write one of i2cp, i2cp+tls, memory, sam | class path",
        "i2cp://127.0.0.1:7654/me | write a router with I2CP as | i2cp://127.0.0.1:7654",
        "i2cp://127.0.0.1?password=me | takes certificate=FILE | i2cp+tls://",
        "sam://me:pass@127.0.0.1 | never holds credentials | --router-auth",
      })
  void aWrongRouterIsToldWhatItIs(String router, String seen, String advice) throws Exception {
    Program.Result result = Within.run("--router", router, "status");
    assertThat(result.code()).isEqualTo(78);
    assertThat(result.errors()).hasLineCount(1).contains(seen, advice).doesNotContain("pass@");
  }

  @Test
  void aRouterOfTheEnvironmentIsToldByItsVariable() throws Exception {
    for (Map<String, String> environment : List.of(
        Map.of("ALLIUM_ROUTER", "sam://127.0.0.1:1"), Map.of("I2P_SAM_ADDRESS", "127.0.0.1:1"))) {
      try (Program status = Program.start(environment, "status")) {
        Program.Result result = status.end();
        assertThat(result.code()).isEqualTo(69);
        assertThat(result.errors()).contains(environment.keySet().iterator().next());
      }
    }
  }

  @Test
  void aFileInPlaceOfAnAddressIsRecognised() throws Exception {
    Path keys = folder.resolve("site.keys");
    Within.run("keys", "new", keys.toString());
    for (List<String> command : List.of(
        List.of("connect"),
        List.of("resolve"),
        List.of("ping-pong", "client"),
        List.of("forward", "client", "127.0.0.1:0"))) {
      List<String> whole = new java.util.ArrayList<>(List.of("--router", "memory:x"));
      whole.addAll(command);
      whole.add(keys.toString());
      Program.Result result = Within.run(whole.toArray(String[]::new));
      assertThat(result.code()).as(result.errors()).isEqualTo(65);
      assertThat(result.errors()).hasLineCount(1).contains("is a file", "allium keys show " + keys);
    }
    // a file that is where it belongs does not take the blame
    Program.Result other =
        Within.run("--router", "memory:x", "--router-auth", keys.toString(), "connect", "example");
    assertThat(other.errors()).doesNotContain("is a file");
  }

  @Test
  void anArgumentThatBeginsWithAnAtSignIsThatArgument() throws Exception {
    Path words = Files.writeString(folder.resolve("words"), "a.i2p b.i2p\n");
    Program.Result resolved = Within.run("--router", "memory:x", "resolve", "@" + words);
    assertThat(resolved.errors()).hasLineCount(1);
    assertThat(resolved.code()).isEqualTo(65);
    Path site = Files.createDirectory(folder.resolve("@site"));
    assertThat(Within.run("--router", "sam://127.0.0.1:1", "serve", site.toString())
            .code())
        .isEqualTo(69);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--json serv | usage | us | false",
        "demo --hops 8 --json | usage | us | false",
        "--json --router sam://127.0.0.1:1 status | router_unreachable | router | true",
        "--json --router http://x/ status | config_invalid | us | false",
        "--json --router memory:x resolve nobody.i2p | name_not_found | network | false",
        "--json --router memory:x connect 127.0.0.1 | name_invalid | us | false",
        "--json keys show /no/such/file | bad_data | us | false",
      })
  void asJsonAnErrorIsOneObject(String typed, String kind, String place, boolean retryable)
      throws Exception {
    Program.Result result = Within.run(typed.split(" "));
    assertThat(result.errors())
        .matches("\\{\"error\":\".+\",\"kind\":\"" + kind + "\",\"place\":\"" + place
            + "\",\"retryable\":" + retryable + "}\n");
    assertThat(result.output()).isEmpty();
    assertThat(result.code()).isNotZero();
  }
}
