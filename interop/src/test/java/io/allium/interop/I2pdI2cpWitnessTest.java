package io.allium.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.allium.Base32Address;
import io.allium.DestinationKeys;
import io.allium.SignatureType;
import io.allium.protocol.i2cp.BandwidthLimits;
import io.allium.protocol.i2cp.BlindingInfo;
import io.allium.protocol.i2cp.ClientMessage;
import io.allium.protocol.i2cp.HostReply;
import io.allium.protocol.i2cp.Login;
import io.allium.protocol.i2cp.SessionStatus;
import io.allium.protocol.i2cp.SetDate;
import io.allium.protocol.structures.KeySigner;
import io.allium.protocol.structures.SessionConfiguration;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What i2pd's I2CP does not do, shown without the provider. One that fails says that a newer i2pd can. */
@RequiresI2pd
class I2pdI2cpWitnessTest {
  private static final String ENCRYPTED =
      "ujtujgzyngout6g5rn5ae7bdnp4uhlk5sbvehfjjwvhj76wefr65cr6n.b32.i2p";

  @Test
  void anyPasswordIsGoodEnough() throws Exception {
    try (RawI2cp connection = new RawI2cp(SharedNet.fast().i2cp(0))) {
      assertThat(connection.greet(Optional.of(new Login("nobody", "nothing"))).millis())
          .isPositive();
    }
  }

  @Test
  void anEncryptedAddressIsNotResolvedWhateverWasToldBefore() throws Exception {
    Base32Address address = Base32Address.parse(ENCRYPTED);
    BlindingInfo info = new BlindingInfo(
        SignatureType.ED25519.code(),
        address.publicKey().orElseThrow(),
        SignatureType.RED25519.code(),
        System.currentTimeMillis() / 1000 + 600,
        Optional.empty(),
        Optional.of("secret".getBytes(StandardCharsets.UTF_8)));
    try (RawI2cp connection = new RawI2cp(SharedNet.fast().i2cp(0))) {
      connection.greet(Optional.empty());
      connection.send(ClientMessage.blindingInfo(ClientMessage.NO_SESSION, info));
      connection.send(ClientMessage.lookup(ClientMessage.NO_SESSION, 1, 10_000, ENCRYPTED));
      assertThat(connection.next(HostReply.class).code()).isEqualTo(HostReply.UNKNOWN);
    }
  }

  /** By which it is told from a Java router of the same version. */
  @Test
  void itTellsNoLimitsOfItsOwn() throws Exception {
    try (RawI2cp connection = new RawI2cp(SharedNet.fast().i2cp(0))) {
      connection.greet(Optional.empty());
      connection.send(ClientMessage.getBandwidthLimits());
      assertThat(connection.next(BandwidthLimits.class).routerInbound()).isZero();
    }
  }

  @Test
  void offlineKeysAreRefused() throws Exception {
    try (DestinationKeys keys = OfflineKeys.generate();
        KeySigner signer = KeySigner.of(keys.export());
        RawI2cp connection = new RawI2cp(SharedNet.fast().i2cp(0))) {
      SetDate date = connection.greet(Optional.empty());
      connection.send(ClientMessage.createSession(SessionConfiguration.signed(
          keys.destination().toByteArray(), Map.of(), date.millis(), signer)));
      assertThat(connection.next(SessionStatus.class).status())
          .isEqualTo(SessionStatus.Status.INVALID);
    }
  }
}
