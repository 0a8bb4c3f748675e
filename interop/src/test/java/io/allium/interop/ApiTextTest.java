package io.allium.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Public, or nobody would see its samples. */
public class ApiTextTest {
  public abstract static class Sample<T extends Comparable<T> & Runnable> implements Supplier<T> {
    public static final int LIMIT = 7;
    protected @Nullable String name;
    long hidden;

    protected Sample(@Nullable String name) {
      this.name = name;
    }

    public abstract <E extends Exception> Map<String, List<T>> each(E failure, Object... rest)
        throws E, IOException;

    @Deprecated
    protected abstract int[] old(List<? super @Nullable T> some);

    void hidden() {}

    @Override
    public String toString() {
      return "Sample " + hidden;
    }

    static class Hidden {}
  }

  public sealed interface Choice {
    default int weight() {
      return 1;
    }
  }

  public record One(int number) implements Choice {}

  public enum Other implements Choice {
    FIRST
  }

  @Test
  void genericsExceptionsNullnessAndProtectedMembersAreSaid() {
    assertThat(ApiText.of(List.of(Sample.class, Sample.Hidden.class))).isEqualTo("""
        public abstract static class ApiTextTest$Sample<T extends Comparable<T> & Runnable> implements java.util.function.Supplier<T>
          @Deprecated protected abstract int[] old(java.util.List<? super @Nullable T>)
          protected @Nullable String name
          protected Sample(@Nullable String)
          public abstract <E extends Exception> java.util.Map<String, java.util.List<T>> each(E, Object...) throws E, java.io.IOException
          public static final int LIMIT = 7
        """);
  }

  @Test
  void kindsOfClassesAreSaid() {
    assertThat(ApiText.of(List.of(Other.class, One.class, Choice.class))).isEqualTo("""
        public abstract static interface ApiTextTest$Choice permits ApiTextTest$One, ApiTextTest$Other
          public default int weight()

        public static final record ApiTextTest$One implements ApiTextTest$Choice
          public One(int)
          public int number()

        public static final enum ApiTextTest$Other implements ApiTextTest$Choice
          public static final ApiTextTest$Other FIRST
        """);
  }
}
