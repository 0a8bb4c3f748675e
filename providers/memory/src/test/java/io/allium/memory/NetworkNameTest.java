package io.allium.memory;

import static io.allium.memory.ManualClockTest.kind;
import static org.assertj.core.api.Assertions.assertThat;

import io.allium.ErrorKind;
import io.allium.Hostname;
import io.allium.I2p;
import io.allium.I2pName;
import io.allium.I2pSession;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkNameTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "memory:",
        "memory://demo",
        "memory:/demo",
        "memory:demo/",
        "memory:demo/a/b",
        "memory:de mo",
        "memory:demo?x=1",
        "memory:demo#x",
        "memory:d%20o",
        "memory:déjà",
        "memory://me:secret@demo"
      })
  void whatNamesNoNetworkIsRefused(String uri) throws Exception {
    assertThat(kind(() -> I2p.connect(uri))).isEqualTo(ErrorKind.CONFIG_INVALID);
  }

  @Test
  void aNetworkIsSharedByNameAndGoneWithItsLastUser() throws Exception {
    I2p first = I2p.connect("memory:shared");
    I2p second = I2p.connect("memory:shared/elsewhere");
    I2pSession session = first.open();
    I2pName b32 = session.destination().base32();
    assertThat(second.resolve(b32).destination()).isEqualTo(session.destination());
    first.close();
    assertThat(kind(() -> second.resolve(b32))).isEqualTo(ErrorKind.LEASESET_NOT_FOUND);
    I2pSession last = second.open();
    second.close();
    second.close();
    try (I2p next = I2p.connect("memory:shared")) {
      assertThat(kind(() -> next.resolve(last.destination().base32())))
          .isEqualTo(ErrorKind.LEASESET_NOT_FOUND);
      assertThat(next.status().details()).containsEntry("sessions", "0");
    }
  }

  @Test
  void aNetworkOutlivesItsHandleWhileAProgramIsOnIt() throws Exception {
    MemoryNetwork network = MemoryNetwork.create();
    try (I2p i2p = I2p.connect(network.uri());
        I2pSession session = i2p.open()) {
      network.addName((Hostname) I2pName.parse("a.i2p"), session.destination());
      network.close();
      network.close();
      try (I2p other = I2p.connect(network.uri())) {
        assertThat(other.resolve("a.i2p").destination()).isEqualTo(session.destination());
      }
    }
    try (I2p fresh = I2p.connect(network.uri())) {
      assertThat(kind(() -> fresh.resolve("a.i2p"))).isEqualTo(ErrorKind.NAME_NOT_FOUND);
    }
  }

  @Test
  void aNewNetworkNeverTakesANameThatIsInUse() throws Exception {
    int next;
    try (MemoryNetwork last = MemoryNetwork.create()) {
      next = Integer.parseInt(last.name().replaceAll("\\D", "")) + 1;
    }
    try (I2p taken = I2p.connect(URI.create("memory:network-" + next));
        I2pSession session = taken.open();
        MemoryNetwork network = MemoryNetwork.create();
        I2p other = I2p.connect(network.uri())) {
      assertThat(kind(() -> other.resolve(session.destination().base32())))
          .isEqualTo(ErrorKind.LEASESET_NOT_FOUND);
      try (I2p again = I2p.connect(taken.uri())) {
        assertThat(again.resolve(session.destination().base32()).destination())
            .isEqualTo(session.destination());
      }
    }
  }
}
