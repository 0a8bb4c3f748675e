package io.allium.sam;

import static io.allium.sam.Fixture.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.allium.ErrorKind;
import io.allium.I2p;
import io.allium.I2pException;
import io.allium.guard.ResolverGuard;
import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SamAddressTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "sam://me:open-sesame@127.0.0.1:7656",
        "sam://open-sesame@127.0.0.1",
        "sam://me:open-sesame@",
        "sam://me:open@sesame@127.0.0.1:7656",
        "sam://127.0.0.1:0",
        "sam://127.0.0.1:65536",
        "sam://127.0.0.1:99999999999",
        "sam://127.0.0.1:-1",
        "sam://127.0.0.1:7656/open-sesame",
        "sam://127.0.0.1:7656?password=open-sesame",
        "sam://127.0.0.1:7656?",
        "sam://127.0.0.1:7656?open-sesame",
        "sam://127.0.0.1:7656?=open-sesame",
        "sam://127.0.0.1:7656?datagrams=open-sesame",
        "sam://127.0.0.1:7656?datagrams=UDP",
        "sam://127.0.0.1:7656?datagrams=auto",
        "sam://127.0.0.1:7656?datagrams=",
        "sam://127.0.0.1:7656?Datagrams=udp",
        "sam://127.0.0.1:7656?datagrams=udp&datagrams=udp",
        "sam://127.0.0.1:7656?datagrams=udp&",
        "sam://127.0.0.1:7656?datagrams=udp&password=open-sesame",
        "sam://127.0.0.1:7656?udp-port=0",
        "sam://127.0.0.1:7656?udp-port=65536",
        "sam://127.0.0.1:7656?udp-port=-1",
        "sam://127.0.0.1:7656?udp-port=+1",
        "sam://127.0.0.1:7656?udp-port=",
        "sam://127.0.0.1:7656?udp-port=1&udp-port=1",
        "sam://127.0.0.1:7656#open-sesame",
        "sam://",
        "sam:///",
        "sam://:7656",
        "sam:127.0.0.1:7656",
        "sam:/127.0.0.1",
        "sam:open-sesame",
        "sam://router.i2p:7656",
        "sam://ROUTER.I2P:7656",
        "sam://router.i2p.:7656",
        "sam://router.i2p.alt:7656",
        "sam://ROUTER.I2P.ALT.:7656",
        "sam://open sesame:7656",
        "sam://[::1:7656",
        "open-sesame",
        "//127.0.0.1:7656",
        ":",
        ""
      })
  void whatNamesNoRouterIsRefusedAndNotRepeated(String uri) {
    I2pException failure = failure(() -> I2p.connect(uri));
    assertThat(failure.kind()).isEqualTo(ErrorKind.CONFIG_INVALID);
    assertThat(failure).hasMessageNotContainingAny("sesame", "open");
    assertThat(ResolverGuard.refused()).isEmpty();
  }

  @Test
  void withoutAPortItIsSamsOwn() throws I2pException {
    assertThat(SamUri.parse(URI.create("sam://localhost")).address().port()).isEqualTo(7656);
    assertThat(SamUri.parse(URI.create("sam://[::1]/")).address().port()).isEqualTo(7656);
  }

  @Test
  void theWayOfDatagramsMayBeNamed() throws I2pException {
    SamAt plain = SamUri.parse(URI.create("sam://127.0.0.1"));
    assertThat(plain.datagrams()).isEqualTo(DatagramWay.AUTO);
    assertThat(plain.udpPorts()).containsExactly(7655);
    assertThat(SamAt.of("127.0.0.1", 17656).udpPorts()).containsExactly(17655, 7655);
    assertThat(SamAt.of("127.0.0.1", 1).udpPorts()).containsExactly(7655);
    SamAt both = SamUri.parse(URI.create("sam://127.0.0.1?datagrams=udp&udp-port=65535"));
    assertThat(both.datagrams()).isEqualTo(DatagramWay.UDP);
    assertThat(both.udpPorts()).containsExactly(65535);
    SamAt inBand = SamUri.parse(URI.create("sam://[::1]:1/?udp-port=1&datagrams=in-band"));
    assertThat(inBand.datagrams()).isEqualTo(DatagramWay.IN_BAND);
    assertThat(inBand.udpPorts()).containsExactly(1);
    assertThat(inBand.address()).hasToString("sam://[::1]:1");
  }

  @Test
  void aRouterMayBeNamedByAHostAndByALiteralAddress() throws IOException {
    try (StubBridge bridge = StubBridge.speaking("3.3")) {
      I2p.connect(bridge.uri().toString().replace("127.0.0.1", "localhost")).close();
      I2p.connect(bridge.uri().toString().replace("?", "/?")).close();
    }
  }

  @Test
  void aHostThatDoesNotExistIsUnreachable() {
    I2pException failure = failure(() -> I2p.connect("sam://no-such-host.invalid:7656"));
    assertThat(failure.kind()).isEqualTo(ErrorKind.ROUTER_UNREACHABLE);
    assertThat(failure).hasMessageContaining("no-such-host.invalid");
  }
}
