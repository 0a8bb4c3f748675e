package io.allium.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {
  private static final List<String> WORDS =
      List.of("serve", "status", "resolve", "--router", "--router-auth", "inbound.length");

  @ParameterizedTest
  @CsvSource({
    "serv, serve",
    "sreve, serve",
    "statsu, status",
    "stat, status",
    "SERVE, serve",
    "--routr, --router",
    "--ruoter, --router",
    "--router-aut, --router-auth",
    "Inbound.lenght, inbound.length",
    "bogus,",
    "s,",
    "'',",
    "x,",
  })
  void aWordIsMeantThatIsAlmostTheSame(String typed, String meant) {
    assertThat(Nearest.of(typed, WORDS).orElse(null)).isEqualTo(meant);
  }
}
