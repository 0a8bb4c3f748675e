package io.allium.protocol.sam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SamMessageTest {
  private static final SamMessage AB =
      new SamMessage("ONE", "TWO", List.of(option("A", "B"), option("C", "D")));

  private static SamOption option(String key, String value) {
    return new SamOption(key, value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ONE TWO A=B C=D",
        "ONE TWO A=B C=D\r\n",
        "ONE TWO A=B C=D\n",
        "  ONE   TWO\tA=B  C=D   ",
        "one two A=B C=D",
        "ONE TWO A=\"B\" C=\"D\"",
        "ONE TWO \"A\"=B C=D",
        "ONE \"TWO\" A=B C=D\r"
      })
  void readsTheSameFromEveryAllowedSpelling(String line) throws SamException {
    assertThat(SamMessage.parse(line)).isEqualTo(AB);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "K=a b|a|a value ends at a space",
        "K=\"a b\"|a b|quotes keep a space",
        "K=\"a \\\"b\\\" c\"|a \"b\" c|an escaped quote",
        "K=\"a\\\\\"|a\\|an escaped backslash, then the closing quote",
        "K=a\\b|a\\b|a backslash that escapes nothing",
        "K=a\\|a\\|a backslash at the end of the line",
        "K=\\\"|\"|an escaped quote outside quotes",
        "K=AAAA==|AAAA==|base 64 padding",
        "K=K=7|K=7|a key typed twice",
        "K=|''|an empty value",
        "K|''|a bare key",
        "K=\"\"|''|empty quotes",
        "K=a\"b c\"d|ab cd|quotes within a value",
      })
  void readsValues(String option, String value, String why) throws SamException {
    assertThat(SamMessage.parse("ONE TWO X=1 " + option).value("K")).as(why).contains(value);
  }

  @Test
  void keepsRepeatedKeysInOrder() throws SamException {
    SamMessage message = SamMessage.parse("SESSION CREATE ID=a STYLE=STREAM ID=b");
    assertThat(message.options())
        .containsExactly(option("ID", "a"), option("STYLE", "STREAM"), option("ID", "b"));
    assertThat(message.value("ID")).contains("a");
  }

  @Test
  void anEqualsSignWithinQuotesSeparatesNothing() throws SamException {
    assertThat(SamMessage.parse("ONE TWO \"A=B\" \"C=D\"=E").options())
        .containsExactly(option("A=B", ""), option("C=D", "E"));
  }

  @Test
  void keysAreCaseSensitive() throws SamException {
    assertThat(SamMessage.parse("dest generate signature_type=7").value("SIGNATURE_TYPE"))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\t", "\r\n", "  \r"})
  void aBlankLineHasNoVerb(String line) throws SamException {
    SamMessage message = SamMessage.parse(line);
    assertThat(message.verb()).isEmpty();
    assertThat(message.options()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      value = {
        "'PING',''",
        "'PING hello  world',' hello  world'",
        "'PING \"x = \\\\ y',' \"x = \\\\ y'",
        "'PING ',' '",
        "'ping €é😀',' €é😀'"
      })
  void theTextOfPingIsVerbatim(String line, String text) throws SamException {
    assertThat(SamMessage.parse(line)).isEqualTo(new SamMessage("PING", "", List.of(), text));
    assertThat(new Ping(text).pong().message().print()).isEqualTo("PONG" + text);
  }

  @Test
  void anUnclosedQuoteIsAViolationThatRepeatsNothing() {
    assertThatThrownBy(() -> SamMessage.parse("HELLO VERSION PASSWORD=\"sesame"))
        .isInstanceOf(SamException.Violation.class)
        .hasMessageNotContaining("sesame");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"PING\" a=b", "P\"ON\"G", "\"ping\""})
  void aQuotedPingIsAViolation(String line) {
    assertThatThrownBy(() -> SamMessage.parse(line)).isInstanceOf(SamException.Violation.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\nSESSION REMOVE ID=b", "a\rb", "a\0b", "\ud83d", "\ude00x"})
  void printingRefusesWhatWouldEndOrBreakTheLine(String value) {
    SamMessage message = new SamMessage("ONE", "TWO", List.of(option("KEY", value)));
    assertThatIllegalArgumentException().isThrownBy(message::print).withMessageContaining("KEY");
    assertThatIllegalArgumentException().isThrownBy(() -> new Ping(" " + value).encode());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "A B", "A=B", "A\"", "A\\", "A\n"})
  void printingRefusesKeysThatReadDifferently(String key) {
    SamMessage message = new SamMessage("ONE", "TWO", List.of(option(key, "v")));
    assertThatIllegalArgumentException().isThrownBy(message::print);
    assertThatIllegalArgumentException().isThrownBy(new SamMessage(key, "TWO", List.of())::print);
  }

  @Test
  void printingQuotesOnlyWhereNeeded() {
    SamMessage message = new SamMessage(
        "AUTH",
        "ADD",
        List.of(
            option("USER", "me"),
            option("PASSWORD", "a \"b\" \\c"),
            option("E", ""),
            option("D", "AA==")));
    assertThat(message.print())
        .isEqualTo("AUTH ADD USER=me PASSWORD=\"a \\\"b\\\" \\\\c\" E= D=AA==");
    assertThat(message.encode()).endsWith('=', '=', '\n');
  }

  @Test
  void whatPrintsReadsBackEqual() throws SamException {
    Random random = new Random(20261125);
    String alphabet = " \t\"\\=:-~abZ09é€\u00a0\u2028\ufffd'/%\u0007";
    for (int round = 0; round < 20_000; round++) {
      List<SamOption> options = new ArrayList<>();
      for (int i = random.nextInt(5); i > 0; i--) {
        options.add(option("K" + random.nextInt(3), word(random, alphabet)));
      }
      String action = random.nextBoolean() ? "" : "ACT";
      SamMessage message = random.nextInt(10) == 0
          ? new SamMessage("PONG", "", List.of(), " " + word(random, alphabet))
          : new SamMessage("VERB", action, options);
      assertThat(SamMessage.parse(message.print())).as("round %s", round).isEqualTo(message);
    }
  }

  private static String word(Random random, String alphabet) {
    StringBuilder word = new StringBuilder();
    for (int i = random.nextInt(12); i > 0; i--) {
      word.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return word.toString();
  }

  @ParameterizedTest
  @ValueSource(strings = {"my site", "a\"b", "a\\b", "é", "a\tb"})
  void beforeQuotingNoValueMayNeedIt(String value) throws SamException {
    SamMessage message =
        new SamMessage("SESSION", "CREATE", List.of(option("inbound.nickname", value)));
    message.requirePrintable(SamVersion.V3_2);
    assertThatThrownBy(() -> message.requirePrintable(SamVersion.V3_1))
        .isInstanceOf(SamException.Unprintable.class)
        .hasMessageContaining("inbound.nickname")
        .hasMessageNotContaining(value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"a b|c", "a=b|c", "''|c", "a|'b\nc'", "a\"|c"})
  void noVersionCarriesABrokenOption(String key, String value) {
    SamMessage message = new SamMessage("SESSION", "CREATE", List.of(option(key, value)));
    assertThatThrownBy(() -> message.requirePrintable(SamVersion.V3_3))
        .isInstanceOf(SamException.Unprintable.class);
  }
}
