package io.allium.protocol.i2cp.state;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The texts with which routers of Java I2P 2.7.0 end connections, as they come. */
class RefusalTest {
  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
          duplicate destination | DESTINATION_IN_USE
          Already have session SessionId: 12 | DESTINATION_IN_USE
          session limit exceeded | TOO_MANY_SESSIONS
          Authorization required | LOGIN
          Authorization required, specify i2cp.username and i2cp.password in options | LOGIN
          Authorization failed, user = someone | LOGIN
          Non-ElGamal encryption type in key certificate unsupported | UNSUPPORTED
          Unsupported signature type 11 | UNSUPPORTED
          Unsupported crypto type: 7 | UNSUPPORTED
          Invalid sig type for encrypted LS | UNSUPPORTED
          Create session message client clock skew? 4 min in the past | CLOCK
          Create session message client clock skew? 31 sec in the future | CLOCK
          Offline signature for tunnel expired 1/1/26, 12:00 AM | EXPIRED
          Invalid signature on CreateSessionMessage | SIGNATURE
          Router shutdown | STOPPING
          Router restart | STOPPING
          bad session configuration parameters | INVALID
          unknown error | OTHER
          Too many leaseset request fails | OTHER
          Different destination in LS | OTHER
          Private/public crypto key mismatch in LS for key: 0 | OTHER
          net.i2p.data.i2cp.I2CPMessageException: Unknown message type: 99 | OTHER
          """)
  void whatJavaI2pSays(String said, Refusal meant) {
    assertThat(Refusal.of(said)).isEqualTo(meant);
  }

  @Test
  void nothingIsSomethingElse() {
    assertThat(Refusal.of("")).isEqualTo(Refusal.OTHER);
  }

  /** A user may be called anything. */
  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
          Authorization failed, user = shutdown | LOGIN
          Authorization failed, user = unsupported | LOGIN
          Authorization failed, user = offline signature | LOGIN
          Authorization failed, user = session limit exceeded | LOGIN
          Authorization failed, user = Duplicate Destination | LOGIN
          """)
  void theNameOfAUserMeansNothing(String said, Refusal meant) {
    assertThat(Refusal.of(said)).isEqualTo(meant);
  }
}
