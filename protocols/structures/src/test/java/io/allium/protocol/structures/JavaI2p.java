package io.allium.protocol.structures;

import java.util.Optional;
import java.util.Properties;
import net.i2p.crypto.DSAEngine;
import net.i2p.crypto.SigType;
import net.i2p.data.Destination;
import net.i2p.data.Signature;
import net.i2p.data.SigningPrivateKey;
import net.i2p.data.SigningPublicKey;

/** The same keys as objects of Java I2P, against which our bytes are checked. */
final class JavaI2p {
  private JavaI2p() {}

  static Destination destination(Keys keys) throws Exception {
    Destination destination = new Destination();
    destination.fromByteArray(keys.destination());
    return destination;
  }

  /** What signs for the destination: its own key, or the transient one. */
  static SigningPrivateKey privateKey(Keys keys) throws Exception {
    PrivateKeys.Signing signing = PrivateKeys.signing(keys.material());
    return new SigningPrivateKey(type(signing.type()), signing.privateKey());
  }

  static SigningPublicKey transientKey(OfflineSignature offline) {
    return new SigningPublicKey(type(offline.type()), offline.publicKey());
  }

  static Signature signature(OfflineSignature offline, SigningType owner) {
    return new Signature(type(owner), offline.signature());
  }

  /** Signs with keys of every type, also of the one with which the JDK cannot. */
  static Signer signer(Keys keys) throws Exception {
    SigningPrivateKey key = privateKey(keys);
    Optional<byte[]> offline = PrivateKeys.signing(keys.material()).offline();
    Optional<OfflineSignature> allowed = offline.isEmpty()
        ? Optional.empty()
        : Optional.of(OfflineSignature.of(offline.get(), keys.type()));
    return new Signer() {
      @Override
      public byte[] sign(byte[] message) {
        return DSAEngine.getInstance().sign(message, key).getData();
      }

      @Override
      public Optional<OfflineSignature> offline() {
        return allowed;
      }
    };
  }

  static Properties properties(java.util.Map<String, String> options) {
    Properties properties = new Properties();
    properties.putAll(options);
    return properties;
  }

  static SigType type(SigningType type) {
    return SigType.getByCode(type.code());
  }
}
