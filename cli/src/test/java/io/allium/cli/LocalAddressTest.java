package io.allium.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.allium.DestinationKeys;
import java.util.List;
import org.junit.jupiter.api.Test;

class LocalAddressTest {
  @Test
  void noFormOfAnI2pNameIsLookedUp() {
    try (DestinationKeys keys = DestinationKeys.generate()) {
      for (String name : List.of(
          "example.i2p",
          "Example.I2P",
          "example.i2p.",
          "example.i2p.alt",
          keys.destination().base32().text(),
          keys.destination().base64())) {
        CommandFailure failure =
            catchThrowableOfType(CommandFailure.class, () -> LocalAddress.parse(name + ":80", 1));
        assertThat(failure.exitCode()).isEqualTo(ExitCodes.USAGE);
        assertThat(failure).as(name).hasMessageContaining("127.0.0.1:8080");
      }
    }
  }
}
