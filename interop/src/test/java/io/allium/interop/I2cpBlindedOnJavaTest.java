package io.allium.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.allium.BlindedAccess;
import io.allium.BlindedAccess.Scheme;
import io.allium.Capability;
import io.allium.DatagramOptions;
import io.allium.DatagramPort;
import io.allium.Destination;
import io.allium.ErrorKind;
import io.allium.I2p;
import io.allium.I2pAddress;
import io.allium.I2pException;
import io.allium.I2pName;
import io.allium.I2pSession;
import io.allium.Protocol;
import io.allium.ResolveOptions;
import io.allium.SessionConfig;
import io.allium.javanet.JavaNetwork;
import io.allium.javanet.StockSession;
import io.allium.protocol.i2cp.BandwidthLimits;
import io.allium.protocol.i2cp.ClientMessage;
import io.allium.protocol.structures.I2pBase64;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Destinations of net.i2p's own client with encrypted lease sets. They are on another router than we, and neither router is a
 * floodfill: one of those opens no lease set that it has already.
 */
@RequiresJavaNet
class I2cpBlindedOnJavaTest {
  private static final int SERVICE = 3;
  private static final int OURS = 4;
  private static final int HOPS = 1;
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final Duration RESEND = Duration.ofSeconds(1);
  private static final byte[] SECRET = "très secret".getBytes(StandardCharsets.UTF_8);
  private static final byte[] CLIENT_KEY = key(7);

  /** What the owner of an address asks for. */
  enum Asks {
    NOTHING(false, Scheme.NONE),
    SECRET_ALONE(true, Scheme.NONE),
    DH(false, Scheme.DH),
    PSK(false, Scheme.PSK),
    SECRET_AND_DH(true, Scheme.DH),
    SECRET_AND_PSK(true, Scheme.PSK);

    final boolean secret;
    final Scheme scheme;

    Asks(boolean secret, Scheme scheme) {
      this.secret = secret;
      this.scheme = scheme;
    }

    /** The options of net.i2p's client. The owner's router opens the lease set with a key of its own. */
    Map<String, String> options() {
      Map<String, String> options = new HashMap<>();
      if (secret) {
        options.put("i2cp.leaseSetSecret", I2pBase64.encode(SECRET));
      }
      if (scheme != Scheme.NONE) {
        boolean dh = scheme == Scheme.DH;
        byte[] given = dh ? StockSession.publicKey(CLIENT_KEY) : CLIENT_KEY;
        options.put("i2cp.leaseSetAuthType", dh ? "1" : "2");
        options.put("i2cp.leaseSetPrivKey", I2pBase64.encode(key(9)));
        options.put(
            "i2cp.leaseSetClient." + (dh ? "dh" : "psk") + ".0", "us:" + I2pBase64.encode(given));
      }
      return options;
    }

    /** What is right, or only looks so. */
    Optional<BlindedAccess> access(byte[] secretText, byte[] key) {
      if (scheme == Scheme.NONE) {
        return secret ? Optional.of(BlindedAccess.secret(secretText)) : Optional.empty();
      }
      BlindedAccess client = BlindedAccess.client(scheme, key);
      return Optional.of(secret ? client.withSecret(secretText) : client);
    }

    ResolveOptions right() {
      return options(access(SECRET, CLIENT_KEY));
    }

    ResolveOptions wrong() {
      return options(access("wrong".getBytes(StandardCharsets.UTF_8), key(8)));
    }

    private static ResolveOptions options(Optional<BlindedAccess> access) {
      ResolveOptions.Builder builder = ResolveOptions.builder().timeout(LIMIT);
      access.ifPresent(builder::access);
      return builder.build();
    }
  }

  private static byte[] key(int fill) {
    byte[] key = new byte[32];
    Arrays.fill(key, (byte) fill);
    return key;
  }

  private static URI at(int router) throws Exception {
    return URI.create("i2cp://127.0.0.1:" + SharedJavaNet.get().i2cp(router).getPort());
  }

  private static I2p connect(int router) throws Exception {
    return I2p.connect(at(router));
  }

  private static StockSession publish(Asks asks) throws Exception {
    JavaNetwork network = SharedJavaNet.get();
    StockSession service = StockSession.openEncrypted(network.i2cp(SERVICE), HOPS, asks.options());
    network.awaitPublished(service, LIMIT);
    return service;
  }

  private static I2pException failure(I2p i2p, I2pName name, ResolveOptions options) {
    I2pException failure =
        catchThrowableOfType(I2pException.class, () -> i2p.resolve(name, options));
    assertThat(failure).as("it is not resolved").isNotNull();
    assertThat(failure.kind()).as("%s", failure).isEqualTo(ErrorKind.LEASESET_NOT_FOUND);
    return failure;
  }

  @ParameterizedTest
  @EnumSource
  void anEncryptedDestinationIsFoundAndReached(Asks asks) throws Exception {
    try (StockSession service = publish(asks);
        I2p i2p = connect(OURS);
        I2pSession session = i2p.open(SessionConfig.builder()
            .protocols(Protocol.RAW)
            .tunnelLength(HOPS, HOPS)
            .tunnelQuantity(2, 2)
            .build());
        DatagramPort port = session.datagrams(DatagramOptions.of(Protocol.RAW, 0))) {
      assertThat(i2p.capabilities()).contains(Capability.BLINDED_ACCESS);
      I2pName name = I2pName.parse(service.encryptedAddress());
      if (asks != Asks.NOTHING) {
        assertThat(failure(i2p, name, ResolveOptions.defaults()))
            .hasMessageContaining("this address needs");
      }
      Destination found = i2p.resolve(name, asks.right()).destination();
      assertThat(found.toByteArray()).isEqualTo(service.destination());
      there(port, service, I2pAddress.of(found, 0), "to the destination");
      there(port, service, I2pAddress.of(name, 0), "to the address");
      back(service, session, port);
    }
  }

  private static void there(DatagramPort port, StockSession service, I2pAddress to, String text)
      throws Exception {
    long end = System.nanoTime() + LIMIT.toNanos();
    do {
      port.send(to, text.getBytes(StandardCharsets.UTF_8));
      Optional<String> came = service.receive(RESEND);
      while (came.isPresent()) {
        if (came.get().equals(text)) {
          return;
        }
        came = service.receive(Duration.ZERO);
      }
    } while (System.nanoTime() < end);
    throw new AssertionError("nothing arrived that was sent " + text);
  }

  private static void back(StockSession service, I2pSession session, DatagramPort port)
      throws Exception {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (true) {
      service.send(session.destination().toByteArray(), "back");
      try {
        assertThat(port.receive(RESEND).payload()).asString().isEqualTo("back");
        return;
      } catch (I2pException e) {
        if (e.kind() != ErrorKind.TIMEOUT || System.nanoTime() > end) {
          throw e;
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"SECRET_ALONE", "DH", "PSK"})
  void whatIsWrongIsToldAndCanBeMadeRight(Asks asks) throws Exception {
    try (StockSession service = publish(asks);
        I2p i2p = connect(OURS)) {
      I2pName name = I2pName.parse(service.encryptedAddress());
      assertThat(failure(i2p, name, asks.wrong()))
          .hasMessageContaining("this secret or client's key opens: check them");
      assertThat(i2p.resolve(name, asks.right()).destination().toByteArray())
          .isEqualTo(service.destination());
    }
  }

  /** By which it is told from an i2pd of the same version. */
  @Test
  void javaTellsItsOwnLimits() throws Exception {
    try (RawI2cp connection = new RawI2cp(at(OURS))) {
      connection.greet(Optional.empty());
      connection.send(ClientMessage.getBandwidthLimits());
      assertThat(connection.next(BandwidthLimits.class).routerInbound()).isPositive();
    }
  }

  /** What docs/i2cp.md says of it. */
  @Test
  void javaKeepsSecretsOnItsDiskForAllItsClients() throws Exception {
    Asks asks = Asks.SECRET_AND_PSK;
    try (StockSession service = publish(asks);
        I2p i2p = connect(OURS);
        I2p other = connect(OURS)) {
      I2pName name = I2pName.parse(service.encryptedAddress());
      i2p.resolve(name, asks.right());
      assertThat(SharedJavaNet.get().blindCache(OURS))
          .contains(I2pBase64.encode(SECRET))
          .contains(I2pBase64.encode(CLIENT_KEY));
      assertThat(other.resolve(name).destination().toByteArray())
          .as("another client needs nothing")
          .isEqualTo(service.destination());
      assertThat(other.resolve(name, asks.wrong()).destination().toByteArray())
          .as("what was found once is not looked for again")
          .isEqualTo(service.destination());
      assertThat(SharedJavaNet.get().blindCache(OURS))
          .as("and yet the wrong ones have replaced the right ones")
          .doesNotContain(I2pBase64.encode(SECRET))
          .contains(I2pBase64.encode(key(8)));
    }
  }
}
