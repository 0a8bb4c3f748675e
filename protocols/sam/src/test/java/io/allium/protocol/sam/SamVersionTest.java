package io.allium.protocol.sam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SamVersionTest {
  @Test
  void parsesOneOrTwoNumbers() throws SamException {
    assertThat(SamVersion.parse("3")).isEqualTo(SamVersion.V3_0);
    assertThat(SamVersion.parse("3.3")).isEqualTo(SamVersion.V3_3).hasToString("3.3");
    assertThat(SamVersion.parse("10.12")).isEqualTo(new SamVersion(10, 12));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "3.", ".1", "3.1.1", "-3.1", "+3", "3.100", "x", "٣.1"})
  void refusesAnythingElse(String text) {
    assertThatThrownBy(() -> SamVersion.parse(text)).isInstanceOf(SamException.class);
  }

  @Test
  void ordersByNumber() {
    assertThat(List.of(new SamVersion(3, 10), SamVersion.V3_2, new SamVersion(2, 99)).stream()
            .sorted())
        .containsExactly(new SamVersion(2, 99), SamVersion.V3_2, new SamVersion(3, 10));
  }

  @Test
  void eachFeatureComesWithItsVersion() {
    assertThat(
            SamVersion.V3_1.hasPorts() || SamVersion.V3_1.hasPing() || SamVersion.V3_1.hasQuoting())
        .isFalse();
    assertThat(
            SamVersion.V3_2.hasPorts() && SamVersion.V3_2.hasPing() && SamVersion.V3_2.hasQuoting())
        .isTrue();
    assertThat(SamVersion.V3_2.hasPrimarySessions() || SamVersion.V3_2.hasDatagramOptions())
        .isFalse();
    assertThat(SamVersion.V3_3.hasPrimarySessions() && SamVersion.V3_3.hasDatagramOptions())
        .isTrue();
  }
}
