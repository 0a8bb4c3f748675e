package io.allium.protocol.i2cp;

import static org.assertj.core.api.Assertions.assertThat;

import io.allium.protocol.structures.EncryptionKey;
import io.allium.protocol.structures.KeySigner;
import io.allium.protocol.structures.Lease2;
import io.allium.protocol.structures.LeaseSet2;
import io.allium.protocol.structures.PrivateKeys;
import io.allium.protocol.structures.RawKeyPair;
import io.allium.protocol.structures.SessionConfiguration;
import io.allium.protocol.structures.SigningType;
import io.allium.protocol.structures.StructureException;
import io.allium.protocol.structures.X25519;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import net.i2p.I2PAppContext;
import net.i2p.crypto.EncType;
import net.i2p.crypto.KeyGenerator;
import net.i2p.crypto.SigType;
import net.i2p.data.BlindData;
import net.i2p.data.Destination;
import net.i2p.data.PrivateKey;
import net.i2p.data.SigningPublicKey;
import net.i2p.data.i2cp.BlindingInfoMessage;
import net.i2p.data.i2cp.CreateLeaseSet2Message;
import net.i2p.data.i2cp.CreateSessionMessage;
import net.i2p.data.i2cp.DestroySessionMessage;
import net.i2p.data.i2cp.GetBandwidthLimitsMessage;
import net.i2p.data.i2cp.GetDateMessage;
import net.i2p.data.i2cp.HostLookupMessage;
import net.i2p.data.i2cp.I2CPMessage;
import net.i2p.data.i2cp.I2CPMessageHandler;
import net.i2p.data.i2cp.ReconfigureSessionMessage;
import net.i2p.data.i2cp.SendMessageExpiresMessage;
import net.i2p.data.i2cp.SessionId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes to a router is read by the classes of Java I2P, to its last byte. */
class JavaClientMessageTest {
  private static final byte[] MATERIAL = PrivateKeys.generate(SigningType.ED25519);
  private static final byte[] DESTINATION = destination(MATERIAL);

  private static byte[] destination(byte[] material) {
    try {
      return PrivateKeys.read(material).destination();
    } catch (StructureException e) {
      throw new AssertionError(e);
    }
  }

  private static <T extends I2CPMessage> T read(Class<T> type, byte[] message) throws Exception {
    ByteArrayInputStream in = new ByteArrayInputStream(message);
    T read = type.cast(I2CPMessageHandler.readMessage(in));
    assertThat(in.available()).as("nothing is left").isZero();
    return read;
  }

  @Test
  void greeting() throws Exception {
    byte[] plain = ClientMessage.greeting("0.9.64.0", Optional.empty());
    assertThat(plain[0]).isEqualTo((byte) 0x2a);
    GetDateMessage read = read(GetDateMessage.class, Arrays.copyOfRange(plain, 1, plain.length));
    assertThat(read.getVersion()).isEqualTo("0.9.64.0");
    assertThat(read.getOptions()).isNull();
  }

  @Test
  void greetingWithALogin() throws Exception {
    byte[] bytes = ClientMessage.greeting("0.9.64.0", Optional.of(new Login("mé", "pass=word;")));
    GetDateMessage read = read(GetDateMessage.class, Arrays.copyOfRange(bytes, 1, bytes.length));
    Properties expected = new Properties();
    expected.putAll(Map.of("i2cp.username", "mé", "i2cp.password", "pass=word;"));
    assertThat(read.getOptions()).isEqualTo(expected);
  }

  @Test
  void sessions() throws Exception {
    try (KeySigner signer = KeySigner.of(MATERIAL)) {
      byte[] config = SessionConfiguration.signed(
          DESTINATION, Map.of("inbound.length", "1"), System.currentTimeMillis(), signer);
      CreateSessionMessage created =
          read(CreateSessionMessage.class, ClientMessage.createSession(config));
      assertThat(created.getSessionConfig().verifySignature()).isTrue();
      assertThat(created.getSessionConfig().getDestination().toByteArray()).isEqualTo(DESTINATION);
      ReconfigureSessionMessage again =
          read(ReconfigureSessionMessage.class, ClientMessage.reconfigureSession(0xfffe, config));
      assertThat(again.getSessionId().getSessionId()).isEqualTo(0xfffe);
      assertThat(again.getSessionConfig().verifySignature()).isTrue();
    }
    assertThat(read(DestroySessionMessage.class, ClientMessage.destroySession(0xfffe))
            .getSessionId()
            .getSessionId())
        .isEqualTo(0xfffe);
    assertThat(read(GetBandwidthLimitsMessage.class, ClientMessage.getBandwidthLimits()))
        .isNotNull();
  }

  @Test
  void lookUps() throws Exception {
    byte[] hash = Wire.hex("ab".repeat(32));
    HostLookupMessage byHash = read(
        HostLookupMessage.class,
        ClientMessage.lookup(ClientMessage.NO_SESSION, 0xffff_fffeL, 10_000, hash));
    assertThat(byHash.getSessionId().getSessionId()).isEqualTo(0xffff);
    assertThat(byHash.getReqID()).isEqualTo(0xffff_fffeL);
    assertThat(byHash.getTimeout()).isEqualTo(10_000);
    assertThat(byHash.getHash().getData()).isEqualTo(hash);
    HostLookupMessage byName =
        read(HostLookupMessage.class, ClientMessage.lookup(5, 6, 7, "example.i2p"));
    assertThat(byName.getSessionId().getSessionId()).isEqualTo(5);
    assertThat(byName.getHostname()).isEqualTo("example.i2p");
  }

  @ParameterizedTest
  @EnumSource(names = {"ED25519", "ECDSA_SHA256_P256", "ECDSA_SHA512_P521", "DSA_SHA1"})
  void aLeaseSetVerifiesAndItsKeysFit(SigningType type) throws Exception {
    byte[] material = PrivateKeys.generate(type);
    RawKeyPair pair = X25519.pair(new SecureRandom().generateSeed(32));
    long published = 1_900_000_000L;
    byte[] leaseSet;
    try (KeySigner signer = KeySigner.of(material)) {
      leaseSet = LeaseSet2.signed(
          destination(material),
          published,
          600,
          false,
          Map.of(),
          List.of(new EncryptionKey(X25519.TYPE, pair.publicKey())),
          List.of(new Lease2(new byte[32], 0xffff_fffeL, published + 600)),
          signer);
    }
    CreateLeaseSet2Message read = read(
        CreateLeaseSet2Message.class,
        ClientMessage.createLeaseSet2(
            7, leaseSet, List.of(new DecryptionKey(X25519.TYPE, pair.privateKey()))));
    assertThat(read.getSessionId().getSessionId()).isEqualTo(7);
    assertThat(read.getLeaseSet().verifySignature()).isTrue();
    assertThat(read.getLeaseSet().getLease(0).getTunnelId().getTunnelId()).isEqualTo(0xffff_fffeL);
    assertThat(read.getPrivateKeys()).hasSize(1);
    PrivateKey decrypts = read.getPrivateKeys().getFirst();
    assertThat(KeyGenerator.getPublicKey(decrypts))
        .isEqualTo(read.getLeaseSet().getEncryptionKey());
  }

  /** Both ways: Java I2P reads what we write, and writes the same, but for letters past ASCII, which it writes wrong. */
  @ParameterizedTest
  @CsvSource({"0,", "0, open sesame", "0, sésame", "1,", "1, open sesame", "3,", "3, open sesame"})
  void blindingInfo(int java, @Nullable String secret) throws Exception {
    byte[] key = new byte[32];
    Arrays.fill(key, (byte) 0x41);
    SigningPublicKey signing =
        Destination.create(new ByteArrayInputStream(DESTINATION)).getSigningPublicKey();
    byte[] ours = ClientMessage.blindingInfo(
        7,
        new BlindingInfo(
            signing.getType().getCode(),
            signing.getData(),
            SigType.RedDSA_SHA512_Ed25519.getCode(),
            4_000_000_000L,
            java == BlindData.AUTH_NONE
                ? Optional.empty()
                : Optional.of(
                    new ClientKey(java == BlindData.AUTH_DH ? ClientKey.DH : ClientKey.PSK, key)),
            Optional.ofNullable(secret).map(text -> text.getBytes(StandardCharsets.UTF_8))));
    BlindingInfoMessage read = read(BlindingInfoMessage.class, ours);
    assertThat(read.getSessionId().getSessionId()).isEqualTo(7);
    assertThat(read.getEndpointType()).isEqualTo(BlindingInfoMessage.TYPE_KEY);
    assertThat(read.getSigningPublicKey()).isEqualTo(signing);
    assertThat(read.getAuthType()).isEqualTo(java);
    assertThat(read.getTimeout()).isEqualTo(4_000_000_000_000L);
    assertThat(read.getSecret()).isEqualTo(secret);
    PrivateKey privateKey =
        java == BlindData.AUTH_NONE ? null : new PrivateKey(EncType.ECIES_X25519, key);
    assertThat(read.getPrivateKey()).isEqualTo(privateKey);
    BlindData data = new BlindData(
        I2PAppContext.getGlobalContext(),
        signing,
        SigType.RedDSA_SHA512_Ed25519,
        secret,
        java,
        privateKey);
    data.setExpiration(4_000_000_000_000L);
    if (!"sésame".equals(secret)) {
      assertThat(Wire.written(new BlindingInfoMessage(data, new SessionId(7)))).isEqualTo(ours);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 1000, 60_000})
  void sending(int size) throws Exception {
    byte[] payload = new byte[size];
    Arrays.fill(payload, (byte) 0x33);
    ByteBuffer into =
        ByteBuffer.allocate(ClientMessage.sendLength(DESTINATION, ByteBuffer.wrap(payload)));
    ClientMessage.send(
        into, 7, DESTINATION, ByteBuffer.wrap(payload), 0x8000_0001L, 0x1f2, 4_102_444_800_123L);
    assertThat(into.hasRemaining()).as("exactly as long as was said").isFalse();
    SendMessageExpiresMessage read = read(SendMessageExpiresMessage.class, into.array());
    assertThat(read.getSessionId().getSessionId()).isEqualTo(7);
    Destination to = read.getDestination();
    assertThat(to.toByteArray()).isEqualTo(DESTINATION);
    assertThat(read.getPayload().getEncryptedData()).isEqualTo(payload);
    assertThat(read.getNonce()).isEqualTo(0x8000_0001L);
    assertThat(read.getFlags()).isEqualTo(0x1f2);
    assertThat(read.getExpirationTime()).isEqualTo(4_102_444_800_123L);
  }
}
