package io.allium;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import net.i2p.I2PAppContext;
import net.i2p.crypto.CryptoConstants;
import net.i2p.crypto.DSAEngine;
import net.i2p.crypto.KeyGenerator;
import net.i2p.crypto.SigType;
import net.i2p.data.DataHelper;
import net.i2p.data.PrivateKeyFile;
import net.i2p.data.Signature;
import net.i2p.data.SigningPrivateKey;
import net.i2p.data.SigningPublicKey;
import net.i2p.data.SimpleDataStructure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Keys go to Java I2P's library and come from it unchanged. */
class JavaI2pKeysTest {
  private static final byte[] MESSAGE = "any message".getBytes(StandardCharsets.US_ASCII);

  @TempDir
  Path directory;

  @ParameterizedTest
  @EnumSource(SignatureType.class)
  void oursAreUsedByJavaI2p(SignatureType type) throws Exception {
    Path file = directory.resolve("ours.dat");
    try (DestinationKeys keys = DestinationKeys.create(file, type)) {
      PrivateKeyFile theirs = new PrivateKeyFile(file.toFile());
      assertThat(theirs.getDestination().toByteArray())
          .isEqualTo(keys.destination().toByteArray());
      assertThat(theirs.validateKeyPairs()).isTrue();
      Signature signature = DSAEngine.getInstance().sign(MESSAGE, theirs.getSigningPrivKey());
      assertThat(DSAEngine.getInstance()
              .verifySignature(signature, MESSAGE, theirs.getDestination().getSigningPublicKey()))
          .isTrue();
      assertThat(DSAEngine.getInstance()
              .verifySignature(
                  signature, new byte[5], theirs.getDestination().getSigningPublicKey()))
          .isFalse();
      assertThat(new PrivateKeyFile(new ByteArrayInputStream(keys.export())).isOffline())
          .isFalse();
    }
  }

  @Test
  void theElGamalKeysAreAPair() {
    try (DestinationKeys keys = DestinationKeys.generate()) {
      byte[] material = keys.export();
      int at = keys.destination().toByteArray().length;
      BigInteger exponent = new BigInteger(1, Arrays.copyOfRange(material, at, at + 256));
      BigInteger power = new BigInteger(1, Arrays.copyOf(material, 256));
      assertThat(exponent.bitLength()).isGreaterThan(225);
      assertThat(CryptoConstants.elgg.modPow(exponent, CryptoConstants.elgp)).isEqualTo(power);
    }
  }

  @ParameterizedTest
  @CsvSource({"0", "1", "2", "3", "7", "11"})
  void theirsLoadUnchanged(int code) throws Exception {
    File file = directory.resolve("eepPriv.dat").toFile();
    net.i2p.data.Destination theirs =
        new PrivateKeyFile(file).createIfAbsent(SigType.getByCode(code));
    try (DestinationKeys keys = DestinationKeys.load(file.toPath());
        DestinationKeys imported = DestinationKeys.importFrom(file.toPath())) {
      assertThat(imported.export()).isEqualTo(keys.export());
      assertThat(keys.destination().base64()).isEqualTo(theirs.toBase64());
      assertThat(keys.signatureType().code()).isEqualTo(code);
      assertThat(keys.export()).isEqualTo(Files.readAllBytes(file.toPath()));
    }
  }

  @ParameterizedTest
  @CsvSource({"7, 7", "7, 1", "7, 11", "1, 7", "0, 7", "2, 3", "3, 0", "11, 7"})
  void theirsWithAnOfflineSignatureLoadUnchanged(int code, int transientCode) throws Exception {
    Instant expires = Instant.parse("2030-01-02T03:04:05Z");
    Path file = offline(code, transientCode, expires);
    byte[] material = Files.readAllBytes(file);
    try (DestinationKeys keys = DestinationKeys.load(file)) {
      assertThat(keys.isOffline()).isTrue();
      assertThat(keys.expires()).contains(expires);
      assertThat(keys.signatureType().code()).isEqualTo(code);
      assertThat(keys.export()).isEqualTo(material);
      assertThat(keys.toString()).contains("offline");
    }
    for (int length = 0; length < material.length; length++) {
      byte[] cut = Arrays.copyOf(material, length);
      Expect.error(ErrorKind.KEY_INVALID, () -> DestinationKeys.parse(cut));
    }
    byte[] longer = Arrays.copyOf(material, material.length + 1);
    Expect.error(ErrorKind.KEY_INVALID, () -> DestinationKeys.parse(longer));
  }

  @Test
  void anyChangeInAnOfflinePartIsFound() throws Exception {
    byte[] material = Files.readAllBytes(offline(7, 7, Instant.parse("2030-01-02T03:04:05Z")));
    // From the expiry to the end: its four bytes, type, public key, signature and transient private
    // key.
    for (int at = 391 + 256 + 32; at < material.length; at++) {
      byte[] changed = material.clone();
      changed[at] ^= 1;
      Expect.error(ErrorKind.KEY_INVALID, () -> DestinationKeys.parse(changed));
    }
  }

  @Test
  void expiryIsUnsigned() throws Exception {
    Instant late = Instant.parse("2100-01-01T00:00:00Z");
    try (DestinationKeys keys = DestinationKeys.load(offline(7, 7, late))) {
      assertThat(keys.expires()).contains(late);
    }
  }

  private Path offline(int code, int transientCode, Instant expires) throws Exception {
    File file = directory.resolve("offline.dat").toFile();
    PrivateKeyFile keys = new PrivateKeyFile(file);
    keys.createIfAbsent(SigType.getByCode(code));
    SimpleDataStructure[] pair =
        KeyGenerator.getInstance().generateSigningKeys(SigType.getByCode(transientCode));
    SigningPublicKey publicKey = (SigningPublicKey) pair[0];
    byte[] signed = new byte[6 + publicKey.length()];
    DataHelper.toLong(signed, 0, 4, expires.getEpochSecond());
    DataHelper.toLong(signed, 4, 2, transientCode);
    System.arraycopy(publicKey.getData(), 0, signed, 6, publicKey.length());
    Signature signature =
        I2PAppContext.getGlobalContext().dsa().sign(signed, keys.getSigningPrivKey());
    keys.setOfflineData(expires.toEpochMilli(), publicKey, signature, (SigningPrivateKey) pair[1]);
    Files.delete(file.toPath());
    keys.write();
    return file.toPath();
  }
}
