package io.allium.sam;

import io.allium.ErrorKind;
import io.allium.I2pException;
import io.allium.spi.Call;
import io.allium.spi.StreamDriver;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The calls of a session that wait for a stream. They end with it, also where the router that is gone ended none of their
 * connections.
 */
final class StreamCalls {
  /** What opens a stream. */
  interface Opening {
    SamStream open(Call call) throws I2pException, InterruptedException;
  }

  private final ControlWatch control;
  private final Set<Call> calls = ConcurrentHashMap.newKeySet();

  StreamCalls(ControlWatch control) {
    this.control = control;
  }

  /** Fails for the session's reason if that ended. */
  StreamDriver run(Call call, Opening opening) throws I2pException, InterruptedException {
    Call own = new Call();
    calls.add(own);
    call.onAbort(own::abort);
    try {
      control.check(); // it may have ended since, and not have seen this call
      SamStream stream = opening.open(own);
      if (own.finish()) {
        return stream;
      }
      stream.reset();
      throw new I2pException(ErrorKind.CLOSED, "abandoned");
    } catch (I2pException e) {
      if (own.aborted()) {
        control.check();
      }
      throw e;
    } finally {
      calls.remove(own);
    }
  }

  /** To be called once the session is over. */
  void abort() {
    calls.forEach(Call::abort);
  }
}
