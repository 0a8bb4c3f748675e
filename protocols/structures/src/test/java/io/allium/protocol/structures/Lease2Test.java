package io.allium.protocol.structures;

import static io.allium.protocol.structures.Bytes.assertDropped;
import static io.allium.protocol.structures.Bytes.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.util.Random;
import net.i2p.data.Hash;
import net.i2p.data.Lease;
import net.i2p.data.TunnelId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a lease set is made of. */
class Lease2Test {
  private static final long PUBLISHED = 0x69f3_ed01L;

  @Test
  void aLeaseOfARouterIsReadToTheSecond() throws Exception {
    byte[] gateway = new byte[32];
    new Random(1).nextBytes(gateway);
    Lease theirs = new Lease();
    theirs.setGateway(new Hash(gateway));
    theirs.setTunnelId(new TunnelId(0xffff_fffeL));
    theirs.setEndDate(PUBLISHED * 1000 + 999);
    ByteBuffer in = ByteBuffer.wrap(join(new byte[1], theirs.toByteArray(), new byte[2]));
    assertThat(Lease2.ofLease(in.position(1)))
        .isEqualTo(new Lease2(gateway, 0xffff_fffeL, PUBLISHED));
    assertThat(in.remaining()).isEqualTo(2);
  }

  @Test
  void aLeaseThatIsCutOrEndsTooLateIsRefused() {
    byte[] lease = new byte[44];
    for (int length = 0; length < lease.length; length++) {
      ByteBuffer cut = ByteBuffer.wrap(lease, 0, length);
      assertDropped(() -> Lease2.ofLease(cut));
      assertThat(cut.position()).isZero();
    }
    for (long end : new long[] {(1L << 32) * 1000, -1}) {
      ByteBuffer late = ByteBuffer.allocate(44).putLong(36, end);
      assertDropped(() -> Lease2.ofLease(late));
    }
  }

  @ParameterizedTest
  @CsvSource({"31,0,0", "33,0,0", "32,-1,0", "32,4294967296,0", "32,0,-1", "32,0,4294967296"})
  void aLeaseHasItsRanges(int hash, long tunnelId, long end) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Lease2(new byte[hash], tunnelId, end));
  }

  @ParameterizedTest
  @CsvSource({"4,31", "4,33", "0,255", "-1,32", "65536,32", "7,65536"})
  void anEncryptionKeyHasTheLengthOfItsType(int type, int length) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new EncryptionKey(type, new byte[length]));
  }
}
