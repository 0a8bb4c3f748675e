package io.allium.protocol.i2cp;

import static io.allium.protocol.i2cp.Wire.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What goes to a router, byte by byte as the specification of I2CP has it. */
class ClientMessageTest {
  /** "Protocol Handshake", "GetDateMessage": the protocol's byte first, then a message with the version. */
  @Test
  void greeting() {
    assertThat(ClientMessage.greeting("0.9.64", Optional.empty()))
        .isEqualTo(hex("2a" + "00000007" + "20" + "06" + "302e392e3634"));
    assertThat(ClientMessage.getDate("0.9.64")).isEqualTo(hex("00000007 20 06 302e392e3634"));
  }

  /** A mapping in the order of its names, which the specification wants for GetDate as well. */
  @Test
  void greetingWithALogin() {
    String mapping =
        "0d" + "693263702e70617373776f7264" + "3d" + "01" + "70" + "3b" // i2cp.password
            + "0d" + "693263702e757365726e616d65" + "3d" + "01" + "75" + "3b"; // i2cp.username
    assertThat(ClientMessage.greeting("1", Optional.of(new Login("u", "p"))))
        .isEqualTo(hex("2a" + "00000028" + "20" + "0131" + "0024" + mapping));
  }

  @Test
  void sessions() {
    byte[] config = {1, 2, 3};
    assertThat(ClientMessage.createSession(config)).isEqualTo(hex("00000003 01 010203"));
    assertThat(ClientMessage.reconfigureSession(0xfffe, config))
        .isEqualTo(hex("00000005 02 fffe 010203"));
    assertThat(ClientMessage.destroySession(0xfffe)).isEqualTo(hex("00000002 03 fffe"));
    assertThat(ClientMessage.getBandwidthLimits()).isEqualTo(hex("00000000 08"));
  }

  /** "HostLookupMessage": session, request, time in milliseconds, type, a hash or a string. */
  @Test
  void lookUps() {
    byte[] hash = new byte[32];
    Arrays.fill(hash, (byte) 0xab);
    assertThat(ClientMessage.lookup(ClientMessage.NO_SESSION, 0xffff_fffeL, 10_000, hash))
        .isEqualTo(hex("0000002b 26 ffff fffffffe 00002710 00 " + "ab".repeat(32)));
    assertThat(ClientMessage.lookup(1, 2, 3, "a.i2p"))
        .isEqualTo(hex("00000011 26 0001 00000002 00000003 01 05 612e693270"));
  }

  /** A time of 0 or less is none that a router could use, and one of years does not fit. */
  @Test
  void timesOfLookUpsFitTheirField() {
    assertThat(ClientMessage.lookup(1, 2, 0, "a"))
        .isEqualTo(hex("0000000d 26 0001 00000002 00000001 01 0161"));
    assertThat(ClientMessage.lookup(1, 2, Long.MIN_VALUE, "a"))
        .isEqualTo(hex("0000000d 26 0001 00000002 00000001 01 0161"));
    assertThat(ClientMessage.lookup(1, 2, Long.MAX_VALUE, "a"))
        .isEqualTo(hex("0000000d 26 0001 00000002 7fffffff 01 0161"));
  }

  /** "String": at most 255 bytes of UTF-8. */
  @Test
  void aTextThatDoesNotFitIsRefused() {
    assertThat(ClientMessage.lookup(1, 2, 3, "a".repeat(255))).hasSize(5 + 11 + 256);
    assertThatThrownBy(() -> ClientMessage.lookup(1, 2, 3, "a".repeat(256)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a text in I2CP has at most 255 bytes, not 256");
    assertThatThrownBy(() -> ClientMessage.lookup(1, 2, 3, "€".repeat(86)))
        .hasMessage("a text in I2CP has at most 255 bytes, not 258");
  }

  /** "CreateLeaseSet2Message": session, type, lease set, number of keys; of each type, length, key. */
  @Test
  void leaseSets() {
    assertThat(ClientMessage.createLeaseSet2(
            1,
            new byte[] {9, 9},
            List.of(new DecryptionKey(4, new byte[] {1, 2}), new DecryptionKey(5, new byte[] {3}))))
        .isEqualTo(hex("00000011 29 0001 03 0909 02 0004 0002 0102 0005 0001 03"));
  }

  /**
   * "BlindingInfoMessage": session, flags, endpoint type 3, blinded type, expiration, type and bytes of the key, then what the
   * flags say: a client's key, a secret.
   */
  @ParameterizedTest
  @CsvSource({
    "00000010, -1, '',   00, ''",
    "00000018, -1, 6869f09f9880aa, 10, 07 6869f09f9880aa",
    "00000030, 0,  '',   01, KEY",
    "00000030, 1,  '',   03, KEY",
    "00000033, 1,  6869, 13, KEY 02 6869"
  })
  void blindingInfo(String length, int scheme, String secret, String flags, String rest) {
    byte[] key = new byte[32];
    Arrays.fill(key, (byte) 0xcd);
    BlindingInfo info = new BlindingInfo(
        7,
        hex("a1a2a3a4"),
        11,
        0xfedc_ba98L,
        scheme < 0 ? Optional.empty() : Optional.of(new ClientKey(scheme, key)),
        secret.isEmpty() ? Optional.empty() : Optional.of(hex(secret)));
    assertThat(ClientMessage.blindingInfo(0xfffe, info))
        .isEqualTo(hex(length + "2a fffe" + flags + "03 000b fedcba98 0007 a1a2a3a4"
            + rest.replace("KEY", "cd".repeat(32))));
  }

  /** "String": the length is one byte. */
  @Test
  void aSecretOrAClientsKeyThatDoesNotFitIsRefused() {
    byte[] key = new byte[4];
    assertThat(ClientMessage.blindingInfo(
            1, new BlindingInfo(7, key, 11, 0, Optional.empty(), Optional.of(new byte[255]))))
        .hasSize(5 + 16 + 256);
    assertThatThrownBy(
            () -> new BlindingInfo(7, key, 11, 0, Optional.empty(), Optional.of(new byte[256])))
        .hasMessage("a secret has at most 255 bytes");
    assertThatThrownBy(() -> new ClientKey(ClientKey.PSK, new byte[31]))
        .hasMessage("a client's key is DH or PSK, and has 32 bytes");
    assertThatThrownBy(() -> new ClientKey(2, new byte[32]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** "SendMessageExpiresMessage": session, destination, payload with its length, nonce, flags, 6 bytes of date. */
  @Test
  void sending() {
    ByteBuffer payload = ByteBuffer.wrap(new byte[] {0, 0x1f, 0x10});
    payload.get();
    byte[] to = {7, 7, 7};
    ByteBuffer into = ByteBuffer.allocate(100);
    into.put((byte) 0x55);
    ClientMessage.send(into, 1, to, payload, 0xffff_fffeL, 0x01f2, 0x0000_019d_e0f8_3c00L);
    assertThat(payload.remaining()).as("its position stays").isEqualTo(2);
    assertThat(Arrays.copyOf(into.array(), into.position()))
        .isEqualTo(hex("55" + "00000017 24 0001 070707 00000002 1f10 fffffffe 01f2 019de0f83c00"));
    assertThat(ClientMessage.sendLength(to, payload)).isEqualTo(into.position() - 1);
  }

  /** A date after the year 10889 does not reach into the flags. */
  @Test
  void aDateStaysInItsBytes() {
    ByteBuffer into = ByteBuffer.allocate(100);
    ClientMessage.send(into, 1, new byte[0], ByteBuffer.allocate(0), 0, 0, -1);
    assertThat(Arrays.copyOfRange(into.array(), into.position() - 8, into.position()))
        .isEqualTo(hex("0000 ffffffffffff"));
  }

  @Test
  void secretsAreNotShown() {
    assertThat(new Login("a-user", "a-password").toString()).isEqualTo("Login");
    assertThat(new DecryptionKey(4, new byte[] {1, 2, 3}).toString()).isEqualTo("DecryptionKey[4]");
    ClientKey key = new ClientKey(ClientKey.PSK, new byte[32]);
    assertThat(new BlindingInfo(
                7, new byte[] {1}, 11, 5, Optional.of(key), Optional.of(new byte[] {2}))
            .toString())
        .isEqualTo("BlindingInfo[Optional[ClientKey[1]], secret]");
  }
}
