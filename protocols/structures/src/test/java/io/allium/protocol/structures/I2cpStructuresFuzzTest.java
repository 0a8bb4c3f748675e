package io.allium.protocol.structures;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Whatever comes over I2CP, it is what it should be or a typed error; and what was read is written as the same bytes. */
class I2cpStructuresFuzzTest {
  @FuzzTest(maxDuration = "60s")
  void sessionConfigurations(byte[] bytes) {
    try {
      SessionConfiguration read = SessionConfiguration.read(ByteBuffer.wrap(bytes));
      read.verify();
      byte[] date = ByteBuffer.allocate(Long.BYTES).putLong(read.dateMillis()).array();
      assertThat(bytes)
          .isEqualTo(Bytes.join(
              read.destination(), OptionsMapping.encode(read.options()), date, read.signature()));
    } catch (StructureException refused) {
      assertThat(refused.reason()).isEqualTo(StructureException.Reason.MALFORMED);
    }
  }

  @FuzzTest(maxDuration = "60s")
  void leaseSets(byte[] bytes) {
    try {
      ByteBuffer in = ByteBuffer.wrap(bytes);
      LeaseSet2 read = LeaseSet2.read(in);
      read.verify();
      assertThat(Bytes.join(read.content(), read.signature()))
          .isEqualTo(Arrays.copyOf(bytes, in.position()));
    } catch (StructureException refused) {
      assertThat(refused.reason()).isEqualTo(StructureException.Reason.MALFORMED);
    }
  }

  @FuzzTest(maxDuration = "60s")
  void leases(byte[] bytes) {
    try {
      ByteBuffer in = ByteBuffer.wrap(bytes);
      Lease2 read = Lease2.ofLease(in);
      assertThat(in.position()).isEqualTo(Lease2.LEASE_LENGTH);
      assertThat(bytes).startsWith(read.gateway());
    } catch (StructureException refused) {
      assertThat(refused.reason()).isEqualTo(StructureException.Reason.MALFORMED);
    }
  }

  @FuzzTest(maxDuration = "60s")
  void messages(byte[] bytes) throws StructureException {
    I2cpPayload read;
    try {
      read = I2cpPayload.unwrap(ByteBuffer.wrap(bytes));
    } catch (StructureException refused) {
      assertThat(refused.reason()).isEqualTo(StructureException.Reason.MALFORMED);
      return;
    }
    for (Deflating deflating : Deflating.values()) {
      ByteBuffer again = I2cpPayload.wrap(
          read.protocol(), read.fromPort(), read.toPort(), read.content(), deflating);
      assertThat(I2cpPayload.unwrap(again)).isEqualTo(read);
    }
  }
}
