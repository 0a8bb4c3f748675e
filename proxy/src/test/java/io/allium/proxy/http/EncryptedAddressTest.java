package io.allium.proxy.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.allium.Destination;
import io.allium.I2p;
import io.allium.I2pAcceptor;
import io.allium.I2pException;
import io.allium.I2pSession;
import io.allium.I2pStream;
import io.allium.guard.ResolverGuard;
import io.allium.memory.MemoryNetwork;
import io.allium.protocol.structures.Base32;
import io.allium.spi.Call;
import io.allium.spi.ResolveRequest;
import io.allium.spi.RouterDriver;
import io.allium.spi.RouterRequest;
import io.allium.spi.RouterSource;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.CRC32;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The long address of an encrypted lease set: the router is asked for it as it was given, and nobody else is. */
class EncryptedAddressTest {
  private static final byte ED25519 = 7;
  private static final byte RED25519 = 11;

  private final List<String> asked = new CopyOnWriteArrayList<>();

  /** 2: a secret is needed, 4: a client key is. */
  @ParameterizedTest(name = "flags {0}")
  @ValueSource(bytes = {0, 2, 4, 6})
  void reachesTheRouterAsItWasGiven(byte flags) throws Exception {
    try (MemoryNetwork network = MemoryNetwork.create();
        I2p i2p = I2p.connect(new Heard(network.router("one")));
        I2pSession site = i2p.open();
        I2pAcceptor acceptor = site.listen(0);
        HttpProxy proxy = HttpProxy.open(i2p)) {
      String address = encrypted(site.destination(), flags);
      assertThat(address).hasSize(64);
      try (Socket browser = OneSite.dial(proxy)) {
        send(
            browser,
            "GET http://" + address + "/page HTTP/1.1\r\nHost: " + address
                + "\r\nConnection: close\r\n\r\n");
        try (I2pStream stream = acceptor.accept()) {
          assertThat(stream.local().port()).isEqualTo(80);
          assertThat(OneSite.head(stream.input()))
              .startsWith("GET /page HTTP/1.1\r\n")
              .contains("\r\nHost: " + address + "\r\n");
          stream.output().write(bytes("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"));
        }
        assertThat(all(browser)).startsWith("HTTP/1.1 200 ").endsWith("\r\n\r\nhello");
      }
      try (Socket browser = OneSite.dial(proxy)) {
        send(browser, "CONNECT " + address + ":443 HTTP/1.1\r\nHost: " + address + ":443\r\n\r\n");
        try (I2pStream stream = acceptor.accept()) {
          assertThat(stream.local().port()).isEqualTo(443);
          stream.output().write(bytes("hello"));
        }
        assertThat(all(browser)).startsWith("HTTP/1.1 200 ").endsWith("\r\n\r\nhello");
      }
      assertThat(asked).containsExactly(address, address);
      assertThat(ResolverGuard.refused()).isEmpty();
    }
  }

  /** "B32 for Encrypted Leasesets", "Encoding": the checksum of the key masks the first three bytes. */
  private static String encrypted(Destination destination, byte flags) {
    byte[] key = destination.signingPublicKey().orElseThrow();
    CRC32 crc = new CRC32();
    crc.update(key);
    byte[] data = new byte[3 + key.length];
    data[0] = (byte) (flags ^ crc.getValue());
    data[1] = (byte) (ED25519 ^ crc.getValue() >> 8);
    data[2] = (byte) (RED25519 ^ crc.getValue() >> 16);
    System.arraycopy(key, 0, data, 3, key.length);
    return Base32.encode(data) + ".b32.i2p";
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(bytes(text));
  }

  private static String all(Socket socket) throws IOException {
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
  }

  /** A router that writes down which names it is asked for. */
  private final class Heard implements RouterSource {
    private final RouterSource router;

    Heard(RouterSource router) {
      this.router = router;
    }

    @Override
    public URI uri() {
      return router.uri();
    }

    @Override
    public RouterDriver connect(RouterRequest request, Call call)
        throws I2pException, InterruptedException {
      RouterDriver driver = router.connect(request, call);
      return (RouterDriver) Proxy.newProxyInstance(
          RouterDriver.class.getClassLoader(),
          new Class<?>[] {RouterDriver.class},
          (self, method, arguments) -> {
            if (arguments != null && arguments[0] instanceof ResolveRequest asks) {
              asked.add(asks.name().text());
            }
            try {
              return method.invoke(driver, arguments);
            } catch (InvocationTargetException e) {
              throw e.getCause();
            }
          });
    }
  }
}
