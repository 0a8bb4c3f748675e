package io.allium.protocol.structures;

import static io.allium.protocol.structures.Bytes.assertDropped;
import static io.allium.protocol.structures.Bytes.assertDroppedOrOfAnother;
import static io.allium.protocol.structures.Bytes.assertRefused;
import static io.allium.protocol.structures.Bytes.flip;
import static io.allium.protocol.structures.Bytes.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.allium.protocol.structures.StructureException.Reason;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
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
  void oursAreReadByJavaI2p(SigningType type) throws Exception {
    Keys keys = Keys.generate(type);
    try (KeySigner signer = keys.signer()) {
      // Java I2P 2.7 neither makes nor reads an empty one
      for (byte[] payload : new byte[][] {new byte[1], PAYLOAD, new byte[31_744]}) {
        I2PDatagramDissector theirs = new I2PDatagramDissector();
        theirs.loadI2PDatagram(encode(keys, payload, signer));
        assertThat(theirs.getPayload()).isEqualTo(payload);
        assertThat(theirs.getSender().toByteArray()).isEqualTo(keys.destination());
      }
    }
  }

  @ParameterizedTest
  @EnumSource(SigningType.class)
  void thoseOfJavaI2pAreRead(SigningType type) throws Exception {
    Keys keys = Keys.generate(type);
    byte[] theirs = new I2PDatagramMaker(session(keys)).makeI2PDatagram(PAYLOAD);
    Datagram1 read = Datagram1.decode(theirs, JDK);
    assertThat(read).isEqualTo(new Datagram1(keys.destination(), ByteBuffer.wrap(PAYLOAD)));
    for (int at = 0; at < theirs.length; at++) {
      byte[] flipped = flip(theirs, at);
      assertDroppedOrOfAnother(keys, () -> Datagram1.decode(flipped, JDK).from());
    }
  }

  /** A session of Java I2P that has only what its maker asks for. */
  private static I2PSession session(Keys keys) throws Exception {
    net.i2p.data.Destination destination = new net.i2p.data.Destination();
    destination.fromByteArray(keys.destination());
    SigningPrivateKey privateKey =
        new SigningPrivateKey(SigType.getByCode(keys.type().code()), keys.privateKey());
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
    Keys keys = Keys.generate(SigningType.ED25519);
    try (KeySigner signer = keys.signer()) {
      byte[] sender = keys.destination();
      byte[] encoded = encode(keys, PAYLOAD, signer);
      // Ed25519 signs alike each time
      assertThat(encoded).isEqualTo(join(sender, signer.sign(PAYLOAD), PAYLOAD));
      assertThat(encoded).hasSize(391 + 64 + PAYLOAD.length);
      byte[] empty = encode(keys, new byte[0], signer);
      assertThat(Datagram1.decode(empty, JDK).payload().hasRemaining()).isFalse();
    }
  }

  @Test
  void dsaSignsTheHashOfThePayload() throws Exception {
    Keys keys = Keys.generate(SigningType.DSA_SHA1);
    try (KeySigner signer = keys.signer()) {
      byte[] encoded = encode(keys, PAYLOAD, signer);
      assertThat(encoded).hasSize(387 + 40 + PAYLOAD.length);
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(PAYLOAD);
      assertThat(JDK.verify(
              SigningType.DSA_SHA1, keys.publicKey(), hash, Arrays.copyOfRange(encoded, 387, 427)))
          .isTrue();
    }
  }

  @Test
  void whatIsCutShortOrTooLargeIsDropped() throws Exception {
    Keys keys = Keys.generate(SigningType.ED25519);
    try (KeySigner signer = keys.signer()) {
      byte[] encoded = encode(keys, PAYLOAD, signer);
      for (int length = 0; length < encoded.length; length++) {
        byte[] cut = Arrays.copyOf(encoded, length);
        assertDropped(() -> Datagram1.decode(cut, JDK));
      }
      assertDropped(() -> Datagram1.decode(
          Arrays.copyOf(encoded, 65_537), (type, publicKey, message, signature) -> true));
      assertThat(assertRefused(Reason.TOO_LARGE, () -> encode(keys, new byte[65_536], signer)))
          .hasMessageContaining("65536");
    }
  }

  @Test
  void aSignerTellsNothingOfItsKeyAndSignsNoMoreOnceClosed() throws Exception {
    KeySigner signer = Keys.generate(SigningType.ED25519).signer();
    assertThat(signer).hasToString("KeySigner[ED25519]");
    assertThat(signer.sign(PAYLOAD)).hasSize(64).isEqualTo(signer.sign(PAYLOAD));
    signer.close();
    assertThatThrownBy(() -> signer.sign(PAYLOAD)).isInstanceOf(IllegalStateException.class);
    Keys red = Keys.generate(SigningType.RED25519);
    assertRefused(Reason.UNSUPPORTED, red::signer);
  }

  private static byte[] encode(Keys keys, byte[] payload, Signer signer) throws Exception {
    return new Datagram1(keys.destination(), ByteBuffer.wrap(payload)).encode(signer);
  }
}
