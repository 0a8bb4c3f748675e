package io.allium;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatagramNumbersTest {
  private final DatagramOptions.Builder port = DatagramOptions.builder(Protocol.RAW);

  @ParameterizedTest
  @ValueSource(ints = {-1, 255, 256})
  void whatI2cpDoesNotCarryIsNoNumber(int number) {
    assertThatIllegalArgumentException().isThrownBy(() -> SendOptions.builder().number(number));
    assertThatIllegalArgumentException().isThrownBy(() -> port.number(number));
    assertThatIllegalArgumentException().isThrownBy(() -> port.listenNumber(number));
  }

  @Test
  void theOthersAre() {
    assertThat(port.number(254).listenNumber(0).build().number()).isEqualTo(254);
    assertThat(SendOptions.builder().number(254).build().number()).hasValue(254);
  }
}
