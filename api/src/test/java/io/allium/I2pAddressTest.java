package io.allium;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class I2pAddressTest {
  @Test
  void readsNameAndPort() throws I2pException {
    I2pAddress address = I2pAddress.parse("Example.i2p:65535");
    assertThat(address).isEqualTo(I2pAddress.of(Hostname.parse("example.i2p"), 65535));
    assertThat(address.text()).isEqualTo("example.i2p:65535");
    assertThat(I2pAddress.parse("example.i2p", 80).port()).isEqualTo(80);
    assertThat(I2pAddress.parse("example.i2p:0", 80).port()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "example.i2p",
        "example.i2p:",
        "example.i2p:65536",
        "example.i2p:-1",
        "example.i2p:+80",
        "example.i2p:8 0",
        "example.i2p:٣",
        "example.i2p:99999999999",
        ":80",
        "127.0.0.1:80",
        "[::1]:80",
        "::1",
        "http://example.i2p:80",
        "localhost:80",
        "example.com:80",
        ""
      })
  void refusesWhatIsNotAnAddress(String text) {
    Expect.error(ErrorKind.NAME_INVALID, () -> I2pAddress.parse(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"[::1]", "http://example.i2p", "example.i2p:x", "10.0.0.1"})
  void refusesThemWithADefaultPortToo(String text) {
    Expect.error(ErrorKind.NAME_INVALID, () -> I2pAddress.parse(text, 80));
  }

  @Test
  void aPortOutOfRangeIsAProgrammingError() throws I2pException {
    Hostname name = Hostname.parse("example.i2p");
    assertThatThrownBy(() -> I2pAddress.of(name, 65536))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> I2pAddress.of(name, -1)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void isNoInternetAddress() {
    assertThat(InetSocketAddress.class.isAssignableFrom(I2pAddress.class)).isFalse();
    assertThat(SocketAddress.class.isAssignableFrom(I2pAddress.class)).isTrue();
  }

  @Test
  void survivesSerialisation() throws IOException, ClassNotFoundException {
    try (DestinationKeys keys = DestinationKeys.generate()) {
      I2pAddress address = I2pAddress.of(keys.destination(), 80);
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
        out.writeObject(address);
      }
      try (ObjectInputStream in =
          new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
        assertThat(in.readObject()).isEqualTo(address);
      }
      assertThat(address).hasToString(keys.destination() + ":80");
    }
  }
}
