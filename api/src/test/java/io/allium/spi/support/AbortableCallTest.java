package io.allium.spi.support;

import static org.assertj.core.api.Assertions.assertThat;

import io.allium.Registration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AbortableCallTest {
  private final AbortableCall call = new AbortableCall();
  private final List<String> ran = new ArrayList<>();

  @Test
  void anAbortRunsTheInnermostFirstThenThoseAroundIt() {
    Registration outer = call.onAbort(() -> ran.add("outer"));
    Registration inner = call.onAbort(() -> ran.add("inner"));
    call.abort();
    call.abort();
    assertThat(ran).containsExactly("inner", "outer");
    inner.close();
    outer.close();
  }

  @Test
  void whatIsOverIsNotAborted() {
    Registration outer = call.onAbort(() -> ran.add("outer"));
    call.onAbort(() -> ran.add("inner")).close();
    call.abort();
    assertThat(ran).containsExactly("outer");
    outer.close();
  }

  @Test
  void whatBeginsTooLateIsAbortedAtOnce() {
    call.abort();
    call.onAbort(() -> ran.add("late")).close();
    assertThat(ran).containsExactly("late");
    assertThat(call.finish()).isFalse();
  }

  @Test
  void nothingAbortsWhatIsDone() {
    Registration before = call.onAbort(() -> ran.add("before"));
    assertThat(call.finish()).isTrue();
    call.abort();
    call.onAbort(() -> ran.add("after")).close();
    before.close();
    assertThat(ran).isEmpty();
    assertThat(call.aborted()).isFalse();
  }

  @Test
  void itTellsTheTimeThatIsLeft() {
    ManualTime time = new ManualTime();
    AbortableCall limited = new AbortableCall(time, 100);
    time.advance(30);
    assertThat(limited.remainingNanos()).isEqualTo(70);
    assertThat(call.remainingNanos()).isEqualTo(Long.MAX_VALUE);
    assertThat(new AbortableCall(time, Timeout.NEVER).remainingNanos()).isEqualTo(Long.MAX_VALUE);
  }
}
