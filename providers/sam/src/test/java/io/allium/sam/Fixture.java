package io.allium.sam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.allium.Destination;
import io.allium.DestinationKeys;
import io.allium.ErrorKind;
import io.allium.I2pAddress;
import io.allium.I2pException;
import io.allium.Recovery;
import io.allium.SessionConfig;
import io.allium.SignatureType;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What tests against a stub have in common. */
final class Fixture {
  static final DestinationKeys KEYS = DestinationKeys.generate(SignatureType.ED25519);
  static final Destination PEER =
      DestinationKeys.generate(SignatureType.ED25519).destination();
  static final I2pAddress TO_PEER = I2pAddress.of(PEER, 0);
  static final String PEER_LINE = PEER.base64() + " FROM_PORT=0 TO_PORT=0\n";

  private Fixture() {}

  /** A session that gives up soon and for good. */
  static SessionConfig.Builder config() {
    return SessionConfig.builder()
        .keys(KEYS)
        .openTimeout(Duration.ofSeconds(10))
        .recovery(Recovery.NONE);
  }

  static I2pException failure(ThrowingCallable call) {
    I2pException failure = catchThrowableOfType(I2pException.class, call);
    assertThat(failure).as("a typed failure").isNotNull();
    return failure;
  }

  static ErrorKind kind(ThrowingCallable call) {
    return failure(call).kind();
  }
}
