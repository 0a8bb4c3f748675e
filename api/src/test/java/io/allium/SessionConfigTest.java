package io.allium;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionConfigTest {
  /** What a lease set publishes of them is the same wherever they are used. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "i2cp.leaseSetPrivateKey",
        "i2cp.leaseSetSigningPrivateKey",
        "i2cp.leaseSetTransientPublicKey",
        "i2cp.leaseSetOfflineSignature",
        "i2cp.leaseSetOfflineExpiration",
        "i2cp.leaseSetOption.0"
      })
  void aNewDestinationPublishesNothingOfTheOldOne(String option) {
    SessionConfig config = SessionConfig.builder().option(option, "mine").build();
    assertThat(config.options()).containsEntry(option, "mine");
    assertThat(config.toBuilder().build().options()).isEqualTo(config.options());
    assertThat(config.toBuilder().newDestination().build().options())
        .isEqualTo(SessionConfig.transientKeys().options());
  }

  @Test
  void aNewDestinationHasTheOtherSettings() {
    SessionConfig config = SessionConfig.builder()
        .tunnelLength(1, 2)
        .option("i2cp.leaseSetType", "3")
        .build();
    assertThat(config.toBuilder().newDestination().build().options()).isEqualTo(config.options());
  }
}
