package io.allium.javanet;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;

/** What needs no router that runs. */
class InternalsTest {
  @Test
  void anotherVersionOfTheRouterIsRefused() {
    assertThatCode(Internals::checkVersion).doesNotThrowAnyException();
    assertThatIllegalStateException()
        .isThrownBy(() -> Internals.checkVersion("2.8.0"))
        .withMessage("the network of Java routers is made for net.i2p 2.7.0, and 2.8.0 is on the"
            + " class path: use that version, or check the private fields that"
            + " io.allium.javanet.Internals uses and change its version");
  }

  @Test
  void whatNoNetworkCanHaveIsRefused() {
    JavaNetworkOptions options = JavaNetworkOptions.defaults();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> options.routers(1))
        .withMessage("routers is 1: use 2 to 32");
    assertThatIllegalArgumentException().isThrownBy(() -> options.routers(33));
    assertThatIllegalArgumentException().isThrownBy(() -> options.floodfills(0));
    assertThatIllegalArgumentException().isThrownBy(() -> options.floodfills(7));
    assertThatIllegalArgumentException().isThrownBy(() -> options.exploratoryHops(4));
    assertThatIllegalArgumentException().isThrownBy(() -> options.password(6, "user", "word"));
    assertThatIllegalArgumentException().isThrownBy(() -> options.tls(-1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> JavaNetwork.start(options.routers(5).exploratoryHops(3)))
        .withMessage("5 routers with 2 floodfills are too few for exploratory tunnels of 3 hops:"
            + " use more routers");
  }
}
