package io.allium.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The guard of this JVM. */
class ResolverGuardTest {
  @ParameterizedTest
  @ValueSource(strings = {"a.i2p", "A.I2P.", "a.b32.i2p", "a.i2p.alt", "a\nb.i2p"})
  void everyWayToAskForAnI2pNameFails(String name) {
    assertThat(new InetSocketAddress(name, 80).isUnresolved()).isTrue();
    assertThatThrownBy(() -> InetAddress.getAllByName(name))
        .isInstanceOf(UnknownHostException.class);
    assertThatThrownBy(() -> new Socket(name, 80).close()).isInstanceOf(UnknownHostException.class);
    assertThat(ResolverGuard.refused()).contains(name);
  }

  @Test
  void aDestinationIsLongerThanAnyHostName() {
    assertThatThrownBy(() -> InetAddress.getByName("A".repeat(516)))
        .isInstanceOf(UnknownHostException.class);
    assertThat(ResolverGuard.refused()).contains("A".repeat(516));
  }

  @Test
  void otherNamesGoToTheSystem() throws Exception {
    assertThat(InetAddress.getAllByName("localhost")[0].isLoopbackAddress()).isTrue();
    assertThat(ResolverGuard.refused()).doesNotContain("localhost");
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1.", "1.2.3.4.5", "999.1.1.1"})
  void whatIsNeitherANameNorAnAddressStaysHere(String digits) {
    assertThatThrownBy(() -> InetAddress.getAllByName(digits))
        .isInstanceOf(UnknownHostException.class)
        .hasMessage(digits + " is neither a name nor an IP address");
  }

  @Test
  void aNameForTestsMeansWhatATestSays() throws Exception {
    InetAddress address = InetAddress.getByAddress(new byte[] {127, 0, 0, 9});
    ResolverGuard.answer("it.invalid", () -> List.of(address));
    assertThat(InetAddress.getAllByName("it.invalid")[0].getHostAddress()).isEqualTo("127.0.0.9");
    assertThatThrownBy(() -> ResolverGuard.answer("example.com", List::of))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void otherProvidersAreToldOf() {
    String ours = ResolverGuard.class.getName();
    assertThat(ResolverGuard.complaint(List.of(ours))).isEmpty();
    assertThat(ResolverGuard.complaint(List.of(ours, "other.Provider")).orElseThrow())
        .startsWith("the JVM does not ask [other.Provider]");
    assertThat(ResolverGuard.complaint(List.of("other.Provider", ours)).orElseThrow())
        .startsWith("I2P names may reach a resolver");
  }

  @Test
  void nobodyAsksForTheNameOfAStandIn() throws Exception {
    byte[] standIn = new byte[16];
    standIn[0] = (byte) 0xff;
    standIn[1] = 0x11;
    InetAddress address = InetAddress.getByAddress(standIn);
    assertThat(address.getCanonicalHostName()).isEqualTo(address.getHostAddress());
  }
}
