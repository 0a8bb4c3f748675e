package io.allium.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.allium.I2pException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is expected is by the URL Standard: its percent-encode sets, and its states of paths and queries. */
class PageUrlTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '>',
      quoteCharacter = '~',
      value = {
        "http://h.i2p > /",
        "http://h.i2p/ > /",
        "HTTP://H.i2p/A > /A",
        "http://h.i2p//double > //double",
        "http://h.i2p// > //",
        "http://h.i2p/a//b/ > /a//b/",
        "http://h.i2p/☃ > /%E2%98%83",
        "http://h.i2p/ü > /%C3%BC",
        "http://h.i2p/größe-日本.txt > /gr%C3%B6%C3%9Fe-%E6%97%A5%E6%9C%AC.txt",
        "http://h.i2p/😀 > /%F0%9F%98%80",
        "http://h.i2p/?q=ü > /?q=%C3%BC",
        "http://h.i2p/f[1].txt > /f[1].txt",
        "http://h.i2p/f|1.txt > /f|1.txt",
        "http://h.i2p/a b > /a%20b",
        "http://h.i2p/{a}^`\" > /%7Ba%7D%5E%60%22",
        "http://h.i2p/it's > /it's",
        "http://h.i2p/?x={1}|2[3]^`\\ > /?x={1}|2[3]^`\\",
        "http://h.i2p/?it's \"< > /?it%27s%20%22%3C",
        "http://h.i2p/%41%zz% > /%41%zz%",
        "http://h.i2p/a?b?c > /a?b?c",
        "http://h.i2p?q > /?q",
        "http://h.i2p/? > /?",
        "http://h.i2p/a#b?c > /a",
        "http://h.i2p#x > /",
        "http://h.i2p/a/../b > /b",
        "http://h.i2p/a/./b/.. > /a/",
        "http://h.i2p/../../b > /b",
        "http://h.i2p/a/%2e%2E/b > /b",
        "http://h.i2p/a\\b > /a/b",
        "http://h.i2p:8080/a > /a",
      })
  void aTargetIsWhatBrowsersSend(String typed, String sent) throws Exception {
    assertThat(PageUrl.parse(typed).target()).isEqualTo(sent);
  }

  @Test
  void halfACharacterIsTheReplacementCharacter() throws Exception {
    assertThat(PageUrl.parse("http://h.i2p/\uD83D?\uDE00").target())
        .isEqualTo("/%EF%BF%BD?%EF%BF%BD");
  }

  @Test
  void whatWrappedTextAddsIsLeftOut() throws Exception {
    assertThat(PageUrl.parse(" \n http://h.i2p/lo\r\n\tng \n").text())
        .isEqualTo("http://h.i2p/long");
  }

  @ParameterizedTest
  @CsvSource({
    "http://H.I2P/, h.i2p",
    "http://h.i2p:80/, h.i2p",
    "http://h.i2p:/, h.i2p",
    "http://h.i2p:8080/, h.i2p:8080",
  })
  void theSiteIsToldAsBrowsersTellIt(String typed, String host) throws Exception {
    assertThat(PageUrl.parse(typed).authority()).isEqualTo(host);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      value = {
        "other, http://h.i2p/a/other",
        "/other, http://h.i2p/other",
        "../other, http://h.i2p/other",
        "?x=ü, http://h.i2p/a/b?x=%C3%BC",
        "#top, http://h.i2p/a/b?q",
        "'', http://h.i2p/a/b?q",
        "., http://h.i2p/a/",
        "//other.i2p/x, http://other.i2p/x",
        "\\\\other.i2p\\x, http://other.i2p/x",
        "http://other.i2p:81//x, http://other.i2p:81//x",
        "größe, http://h.i2p/a/gr%C3%B6%C3%9Fe",
      })
  void aReferenceIsReadFromItsPage(String reference, String whole) throws Exception {
    assertThat(PageUrl.parse("http://h.i2p/a/b?q").resolve(reference).text()).isEqualTo(whole);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "h.i2p/",
        "ftp://h.i2p/",
        "https://h.i2p/",
        "http:h.i2p",
        "http://",
        "http:///",
        "http://me:secret@h.i2p/",
        "http://h.i2p:99999/",
        "http://h.i2p:x/",
      })
  void whatIsNoPageIsRefusedInOneSentence(String typed) {
    assertThat(catchThrowableOfType(CommandFailure.class, () -> PageUrl.parse(typed)))
        .satisfies(failure -> assertThat(failure.exitCode()).isEqualTo(ExitCodes.USAGE))
        .hasMessageContaining(":")
        .hasMessageNotContainingAny("secret", "\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://example.com/", "http://127.0.0.1/", "http://[::1]/"})
  void whatIsNotOnI2pIsRefused(String typed) {
    assertThatThrownBy(() -> PageUrl.parse(typed))
        .isInstanceOfAny(I2pException.class, CommandFailure.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://h.i2p/",
        "http://example.com/",
        "//example.com/",
        "mailto:me",
        "\\\\1.2.3.4\\"
      })
  void aReferenceLeadsNowhereElse(String reference) throws Exception {
    PageUrl page = PageUrl.parse("http://h.i2p/a");
    assertThatThrownBy(() -> page.resolve(reference))
        .isInstanceOfAny(I2pException.class, CommandFailure.class);
  }
}
