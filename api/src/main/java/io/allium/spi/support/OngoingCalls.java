package io.allium.spi.support;

import io.allium.ErrorKind;
import io.allium.I2pException;
import io.allium.Registration;
import io.allium.spi.Call;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * The running calls of one owner. When the owner ends, its calls end too, even if nothing else would end them, and fail
 * for the same reason.
 */
public final class OngoingCalls {
  /**
   * What is done in a call.
   *
   * @param <T> its result
   */
  @FunctionalInterface
  public interface Body<T> {
    /**
     * Does it.
     *
     * @param call ends it early
     * @return the result
     * @throws I2pException if it fails
     * @throws InterruptedException if the thread was interrupted
     */
    T run(Call call) throws I2pException, InterruptedException;
  }

  private final End end;
  private final Set<AbortableCall> calls = ConcurrentHashMap.newKeySet();

  /**
   * Has no calls yet.
   *
   * @param end the end of the owner
   */
  public OngoingCalls(End end) {
    this.end = end;
  }

  /**
   * Does something that ends with the owner, and with the call that it is a part of.
   *
   * @param <T> its result
   * @param outer what it is a part of
   * @param body what to do
   * @param discard takes a result that came too late
   * @return the result
   * @throws I2pException why the owner ended, or the body's failure
   * @throws InterruptedException if the thread was interrupted
   */
  public <T> T run(Call outer, Body<T> body, Consumer<? super T> discard)
      throws I2pException, InterruptedException {
    AbortableCall own = new AbortableCall();
    calls.add(own);
    try (Registration withOuter = outer.onAbort(own::abort)) {
      end.check(); // it may have ended since, and not have seen this call
      T result = body.run(new Limited(own, outer));
      if (own.finish()) {
        return result;
      }
      discard.accept(result);
      end.check();
      throw new I2pException(ErrorKind.CLOSED, "abandoned");
    } catch (I2pException e) {
      if (own.aborted()) {
        end.check();
      }
      throw e;
    } finally {
      calls.remove(own);
    }
  }

  /** Ends them all; to be called once the owner's end is set. */
  public void abort() {
    calls.forEach(AbortableCall::abort);
  }

  /** Ends by itself, and has the time of what it is a part of. */
  private record Limited(AbortableCall own, Call outer) implements Call {
    @Override
    public Registration onAbort(Runnable quick) {
      return own.onAbort(quick);
    }

    @Override
    public boolean aborted() {
      return own.aborted();
    }

    @Override
    public long remainingNanos() {
      return outer.remainingNanos();
    }
  }
}
