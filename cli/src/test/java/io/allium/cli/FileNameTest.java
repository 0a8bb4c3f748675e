package io.allium.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileNameTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "holiday 1.jpg",
        "straße-日本.tar.gz",
        "e\u0301te\u0301.txt",
        "_x",
        "a+b (2).pdf",
        "console.log",
        "7",
        "notes, old@home.txt"
      })
  void namesOfFilesAreTaken(String name) {
    assertThat(FileName.isSafe(name)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "..",
        "../a",
        "/etc/passwd",
        "a/b",
        "a\\b",
        "C:a",
        ".profile",
        "-rf",
        "~root",
        "a\nb",
        "a\u0000b",
        "a\u001b[31m",
        "gpj\u202e.exe",
        "a.part",
        "a.PART",
        "a ",
        "a.",
        " a",
        "con",
        "NUL.txt",
        "com1",
        "a$b",
        "a`b`",
        "a*",
        "a|b",
        "a;b",
        "a'b",
        "a\"b",
        "a\u2028b",
        "\ud800"
      })
  void whatCouldHarmIsNot(String name) {
    assertThat(FileName.isSafe(name)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {201, 1024})
  void aNameThatIsTooLongIsNot(int length) {
    assertThat(FileName.isSafe("x".repeat(length))).isFalse();
    assertThat(FileName.isSafe("x".repeat(200))).isTrue();
  }
}
