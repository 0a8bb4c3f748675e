package io.allium;

import io.allium.spi.Call;
import io.allium.spi.TimeSource;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The calls of one owner that are under way: when it ends they end with it, and fail for its reason. */
final class OngoingCalls {
  private final Set<Call> calls = ConcurrentHashMap.newKeySet();
  private final Supplier<@Nullable I2pException> ended;

  /** Where {@code ended} says why the owner ended, or null while it has not. */
  OngoingCalls(Supplier<@Nullable I2pException> ended) {
    this.ended = ended;
  }

  <T> T run(TimeSource time, Duration timeout, String what, Calls.Body<T> body, Consumer<T> discard)
      throws I2pException {
    check(what);
    try {
      return Calls.run(time, timeout, what, call -> run(what, body, call), discard);
    } catch (I2pException e) {
      if (e.kind() != ErrorKind.INTERRUPTED) {
        check(what);
      }
      throw e;
    }
  }

  /** To be called once {@code ended} has its reason. */
  void abort() {
    calls.forEach(Call::abort);
  }

  private <T> T run(String what, Calls.Body<T> body, Call call)
      throws I2pException, InterruptedException {
    calls.add(call);
    try {
      check(what); // the owner may have ended since, and not have seen this call
      return body.run(call);
    } finally {
      calls.remove(call);
    }
  }

  private void check(String what) throws I2pException {
    I2pException why = ended.get();
    if (why != null) {
      throw Calls.again(what, why);
    }
  }
}
