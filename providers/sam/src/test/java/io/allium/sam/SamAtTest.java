package io.allium.sam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.allium.Credentials;
import io.allium.I2pException;
import io.allium.spi.Access;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SamAtTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "sam://127.0.0.1:7656",
        "sam://[::1]:1",
        "sam://router:65535?datagrams=udp",
        "sam://127.0.0.1:7656?datagrams=in-band&udp-port=7654",
        "sam://127.0.0.1:7656?udp-port=1&accepts=64",
        "sam://127.0.0.1:7656?accepts=2"
      })
  void aUriIsTheSameAsItsValue(String uri) throws I2pException {
    assertThat(SamUri.parse(URI.create(uri)).uri()).hasToString(uri);
  }

  @Test
  void everySettingOfAUriIsOneInCode() throws I2pException {
    SamAt at = SamAt.of("::1", 7000)
        .withDatagrams(DatagramWay.UDP)
        .withUdpPort(7001)
        .withPendingAccepts(3);
    URI uri = URI.create("sam://[::1]:7000?datagrams=udp&udp-port=7001&accepts=3");
    assertThat(at).hasToString(uri.toString()).isEqualTo(SamUri.parse(uri));
  }

  @Test
  void credentialsCountAndAreNeverShown() throws I2pException {
    Credentials me = Credentials.of("me", "open-sesame".toCharArray());
    SamAt plain = SamAt.of("127.0.0.1", 7656);
    SamAt mine = plain.withCredentials(me);
    assertThat(mine).isNotEqualTo(plain).hasToString(plain.toString());
    assertThat(mine.uri()).isEqualTo(plain.uri());
    assertThat(new SamProvider().source(plain.uri(), new Access(Optional.of(me))))
        .isEqualTo(mine);
  }

  @Test
  void aRouterUsuallyHasItsBridgeHere() {
    assertThat(new SamProvider().usual()).containsExactly(SamAt.of("127.0.0.1", 7656));
  }

  @Test
  void whatNamesNoRouterIsRefused() {
    for (String host :
        new String[] {"", "router.i2p", "a b", "me@host", "host/path", "host:1:x]"}) {
      assertThatIllegalArgumentException().isThrownBy(() -> SamAt.of(host, 7656));
    }
    SamAt at = SamAt.of("localhost", 7656);
    for (int port : new int[] {-1, 0, 65536}) {
      assertThatIllegalArgumentException().isThrownBy(() -> SamAt.of("localhost", port));
      assertThatIllegalArgumentException().isThrownBy(() -> at.withUdpPort(port));
    }
    for (int count : new int[] {-1, 0, 65}) {
      assertThatIllegalArgumentException().isThrownBy(() -> at.withPendingAccepts(count));
    }
  }
}
