package io.allium;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Whatever comes in, there is a value that writes itself back, or a typed error. Set JAZZER_FUZZ=1 to search. */
class NamesAndKeysFuzzTest {
  @FuzzTest(maxDuration = "60s")
  void names(byte[] input) {
    String text = new String(input, StandardCharsets.UTF_8);
    try {
      I2pName name = I2pName.parse(text);
      check(I2pName.parse(name.text()).equals(name), "a name does not read back");
      check(name.text().length() <= Math.max(text.length() + 2, 67), "a name grew");
      check(
          !(name instanceof Hostname) || name.text().endsWith(".i2p"), "a host name outside .i2p");
    } catch (I2pException e) {
      check(e.kind() == ErrorKind.NAME_INVALID, "another kind of error");
    }
  }

  @FuzzTest(maxDuration = "60s")
  void destinations(byte[] input) {
    try {
      Destination destination = Destination.of(input);
      check(Arrays.equals(destination.toByteArray(), input), "a destination changed");
      check(
          Destination.parse(destination.base64()).equals(destination),
          "a destination does not read back");
      destination.signingPublicKey();
    } catch (I2pException e) {
      check(e.kind() == ErrorKind.NAME_INVALID, "another kind of error");
    }
  }

  @FuzzTest(maxDuration = "60s")
  void keys(byte[] input) {
    try (DestinationKeys keys = DestinationKeys.parse(input)) {
      check(Arrays.equals(keys.export(), input), "keys changed");
    } catch (I2pException e) {
      check(e.kind() == ErrorKind.KEY_INVALID, "another kind of error");
    }
  }

  private static void check(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }
}
