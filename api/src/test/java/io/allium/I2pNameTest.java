package io.allium;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class I2pNameTest {
  /** The address of the subscription in the naming document. */
  private static final String PROJECT =
      "udhdrtrcetjm5sxzskjyr5ztpeszydbh4dpl3pl4utgqqw2v4jna.b32.i2p";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "i2p-projekt.i2p",
        "a.i2p",
        "127.0.0.1.i2p",
        "xn--bcher-kva.i2p",
        "www.xn--a--b.i2p",
        "0123456789012345678901234567890123456789012345678901234567890ab.i2p"
      })
  void readsHostNames(String text) throws I2pException {
    I2pName name = I2pName.parse(text);
    assertThat(name).isInstanceOf(Hostname.class).hasToString(text);
    assertThat(name.text()).isEqualTo(text);
    assertThat(name.hash()).isEmpty();
  }

  @Test
  void hostNamesAndBase32AddressesAreReadInAnyCase() throws I2pException {
    assertThat(I2pName.parse("Example.I2P")).isEqualTo(Hostname.parse("example.i2p"));
    assertThat(I2pName.parse(PROJECT.toUpperCase(Locale.ROOT)))
        .isEqualTo(Base32Address.parse(PROJECT));
  }

  @Test
  void theAltDomainIsLeftOut() throws I2pException {
    assertThat(I2pName.parse("example.i2p.alt").text()).isEqualTo("example.i2p");
    assertThat(I2pName.parse(PROJECT + ".alt").text()).isEqualTo(PROJECT);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
      ""                      | empty
      " "                     | ends in .i2p
      example.com             | ends in .i2p
      localhost               | ends in .i2p
      127.0.0.1               | IP address
      2130706433              | IP address
      ::1                     | IP address
      [::1]                   | IP address
      [2001:db8::1]           | IP address
      http://example.i2p      | no scheme
      http://example.i2p/     | no scheme
      example.i2p/index.html  | no path
      example.i2p:80          | no port
      .i2p                    | before and after each dot
      i2p                     | ends in .i2p
      .example.i2p            | before and after each dot
      a..i2p                  | before and after each dot
      example.i2p.            | ends in .i2p
      -a.i2p                  | hyphen
      a-.i2p                  | hyphen
      a.-b.i2p                | hyphen
      a-.b.i2p                | hyphen
      a--b.i2p                | two hyphens
      a_b.i2p                 | only letters
      a b.i2p                 | only letters
      " example.i2p"          | only letters
      bücher.i2p              | ASCII
      "\u212aelvin.i2p"       | ASCII
      example.\u01312p        | ends in .i2p
      a\0.i2p                 | only letters
      user@example.i2p        | only letters
      b32.i2p.b32.i2p         | 52 characters
      .b32.i2p                | 52 characters
      01234567890123456789012345678901234567890123456789012345678901ab.i2p | 67
      """)
  void refusesWhatIsNotAName(String text, String reason) {
    I2pException error = Expect.error(ErrorKind.NAME_INVALID, () -> I2pName.parse(text));
    assertThat(error.getMessage()).contains(reason);
  }

  @Test
  void aBase32NameIsNeverAHostName() {
    Expect.error(ErrorKind.NAME_INVALID, () -> Hostname.parse("foo.b32.i2p"));
    Expect.error(ErrorKind.NAME_INVALID, () -> Hostname.parse("b32.i2p.com"));
  }

  @Test
  void aDestinationMatchesItsOwnBase32AddressOnly() throws I2pException {
    try (DestinationKeys one = DestinationKeys.generate();
        DestinationKeys two = DestinationKeys.generate()) {
      Destination destination = one.destination();
      I2pName address = I2pName.parse(destination.base32().text());
      assertThat(destination.matches(address)).isTrue();
      assertThat(address.matches(destination)).isTrue();
      assertThat(address).isNotEqualTo(destination);
      assertThat(address.matches(two.destination())).isFalse();
      assertThat(two.destination().matches(address)).isFalse();
      assertThat(destination.matches(Hostname.parse("a.i2p"))).isFalse();
      assertThat(Hostname.parse("a.i2p").matches(Hostname.parse("A.i2p"))).isTrue();
      assertThat(Hostname.parse("a.i2p").matches(Hostname.parse("b.i2p"))).isFalse();
      assertThat(I2pName.parse(destination.text()))
          .isEqualTo(destination)
          .hasSameHashCodeAs(destination);
    }
  }

  @Test
  void toStringIsShortened() throws I2pException {
    assertThat(I2pName.parse(PROJECT)).hasToString("udhdrtrc….b32.i2p");
    try (DestinationKeys keys = DestinationKeys.generate()) {
      String start = keys.destination().base32().text().substring(0, 8);
      assertThat(keys.destination()).hasToString(start + "….b32.i2p");
    }
  }

  @Test
  void hashIsACopy() throws I2pException {
    Base32Address address = Base32Address.parse(PROJECT);
    Arrays.fill(address.hash().orElseThrow(), (byte) 0);
    assertThat(Base32Address.ofHash(address.hash().orElseThrow()))
        .isEqualTo(Base32Address.parse(PROJECT));
  }
}
