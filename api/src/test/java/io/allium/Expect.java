package io.allium;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Assertions on typed errors. */
final class Expect {
  private Expect() {}

  static I2pException error(ErrorKind kind, ThrowingCallable call) {
    Throwable thrown = catchThrowable(call);
    assertThat(thrown).isInstanceOf(I2pException.class);
    I2pException error = (I2pException) thrown;
    assertThat(error.kind()).isEqualTo(kind);
    assertThat(error.getMessage()).isNotBlank().doesNotEndWith(".");
    return error;
  }
}
