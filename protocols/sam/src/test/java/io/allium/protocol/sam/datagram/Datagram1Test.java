package io.allium.protocol.sam.datagram;

import static io.allium.protocol.sam.datagram.Bytes.assertDropped;
import static io.allium.protocol.sam.datagram.Bytes.assertDroppedOrOfAnother;
import static io.allium.protocol.sam.datagram.Bytes.flip;
import static io.allium.protocol.sam.datagram.Bytes.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.allium.Destination;
import io.allium.DestinationKeys;
import io.allium.ErrorKind;
import io.allium.I2pException;
import io.allium.SignatureType;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import net.i2p.client.I2PSession;
import net.i2p.client.datagram.I2PDatagramDissector;
import net.i2p.client.datagram.I2PDatagramMaker;
import net.i2p.crypto.SigType;
import net.i2p.data.SigningPrivateKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Repliable datagrams, by the specification and with Java I2P's library at the other end. */
class Datagram1Test {
  private static final byte[] PAYLOAD = "any payload".getBytes(StandardCharsets.US_ASCII);
  private static final Verifier JDK = Verifier.jdk();

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "RED25519")
  void oursAreReadByJavaI2p(SignatureType type) throws Exception {
    try (DestinationKeys keys = DestinationKeys.generate(type);
        KeySigner signer = KeySigner.of(keys)) {
      // Java I2P 2.7 neither makes nor reads an empty one
      for (byte[] payload : new byte[][] {new byte[1], PAYLOAD, new byte[31_744]}) {
        I2PDatagramDissector theirs = new I2PDatagramDissector();
        theirs.loadI2PDatagram(Datagram1.encode(keys.destination(), payload, signer));
        assertThat(theirs.getPayload()).isEqualTo(payload);
        assertThat(theirs.getSender().toByteArray())
            .isEqualTo(keys.destination().toByteArray());
      }
    }
  }

  @ParameterizedTest
  @EnumSource(SignatureType.class)
  void thoseOfJavaI2pAreRead(SignatureType type) throws Exception {
    try (DestinationKeys keys = DestinationKeys.generate(type)) {
      byte[] theirs = new I2PDatagramMaker(session(keys)).makeI2PDatagram(PAYLOAD);
      Datagram1 read = Datagram1.decode(theirs, JDK);
      assertThat(read).isEqualTo(new Datagram1(keys.destination(), PAYLOAD));
      for (int at = 0; at < theirs.length; at++) {
        byte[] flipped = flip(theirs, at);
        assertDroppedOrOfAnother(
            keys.destination(), () -> Datagram1.decode(flipped, JDK).from());
      }
    }
  }

  /** A session of Java I2P that has only what its maker asks for. */
  private static I2PSession session(DestinationKeys keys) throws Exception {
    net.i2p.data.Destination destination = new net.i2p.data.Destination();
    destination.fromByteArray(keys.destination().toByteArray());
    SigningPrivateKey privateKey = new SigningPrivateKey(
        SigType.getByCode(keys.signatureType().code()), Bytes.privateKey(keys));
    return (I2PSession) Proxy.newProxyInstance(
        Datagram1Test.class.getClassLoader(),
        new Class<?>[] {I2PSession.class},
        (proxy, method, arguments) -> switch (method.getName()) {
          case "isOffline" -> false;
          case "getPrivateKey" -> privateKey;
          case "getMyDestination" -> destination;
          default -> throw new UnsupportedOperationException(method.getName());
        });
  }

  @Test
  void theLayoutIsSenderSignaturePayload() throws Exception {
    try (DestinationKeys keys = DestinationKeys.generate();
        KeySigner signer = KeySigner.of(keys)) {
      byte[] sender = keys.destination().toByteArray();
      byte[] encoded = Datagram1.encode(keys.destination(), PAYLOAD, signer);
      // Ed25519 signs alike each time
      assertThat(encoded).isEqualTo(join(sender, signer.sign(PAYLOAD), PAYLOAD));
      assertThat(encoded).hasSize(391 + 64 + PAYLOAD.length);
      byte[] empty = Datagram1.encode(keys.destination(), new byte[0], signer);
      assertThat(Datagram1.decode(empty, JDK).payload()).isEmpty();
    }
  }

  @Test
  void dsaSignsTheHashOfThePayload() throws Exception {
    try (DestinationKeys keys = DestinationKeys.generate(SignatureType.DSA_SHA1);
        KeySigner signer = KeySigner.of(keys)) {
      byte[] encoded = Datagram1.encode(keys.destination(), PAYLOAD, signer);
      assertThat(encoded).hasSize(387 + 40 + PAYLOAD.length);
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(PAYLOAD);
      assertThat(JDK.verify(
              SignatureType.DSA_SHA1,
              keys.destination().signingPublicKey().orElseThrow(),
              hash,
              Arrays.copyOfRange(encoded, 387, 427)))
          .isTrue();
    }
  }

  @Test
  void whatIsCutShortOrTooLargeIsDropped() throws Exception {
    try (DestinationKeys keys = DestinationKeys.generate();
        KeySigner signer = KeySigner.of(keys)) {
      byte[] encoded = Datagram1.encode(keys.destination(), PAYLOAD, signer);
      for (int length = 0; length < encoded.length; length++) {
        byte[] cut = Arrays.copyOf(encoded, length);
        assertDropped(() -> Datagram1.decode(cut, JDK));
      }
      assertDropped(() -> Datagram1.decode(
          Arrays.copyOf(encoded, 65_537), (type, publicKey, message, signature) -> true));
      assertThatThrownBy(() -> Datagram1.encode(keys.destination(), new byte[65_536], signer))
          .isInstanceOfSatisfying(
              I2pException.class,
              refused -> assertThat(refused.kind()).isEqualTo(ErrorKind.MESSAGE_TOO_LARGE))
          .hasMessageContaining("65536");
    }
  }

  @Test
  void aSignerTellsNothingOfItsKeyAndSignsNoMoreOnceClosed() throws Exception {
    try (DestinationKeys keys = DestinationKeys.generate()) {
      KeySigner signer = KeySigner.of(keys);
      Destination destination = keys.destination();
      assertThat(signer).hasToString("KeySigner[" + destination + "]");
      assertThat(signer.sign(PAYLOAD)).hasSize(64).isEqualTo(signer.sign(PAYLOAD));
      signer.close();
      assertThatThrownBy(() -> signer.sign(PAYLOAD))
          .isInstanceOfSatisfying(
              I2pException.class,
              refused -> assertThat(refused.kind()).isEqualTo(ErrorKind.CLOSED));
    }
    try (DestinationKeys red = DestinationKeys.generate(SignatureType.RED25519)) {
      assertThatThrownBy(() -> KeySigner.of(red))
          .isInstanceOfSatisfying(
              I2pException.class,
              refused -> assertThat(refused.kind()).isEqualTo(ErrorKind.UNSUPPORTED));
    }
  }
}
