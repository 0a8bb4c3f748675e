package io.allium.cli;

import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Tells how far a transfer is, every few seconds. For one thread. */
final class Progress {
  private static final long PAUSE = TimeUnit.SECONDS.toNanos(2);
  private static final double MEGA = 1e6;

  private final Output out;
  private final String what;
  private final long length;
  private long last;
  private boolean told;

  Progress(Output out, String what, long length) {
    this.out = out;
    this.what = what;
    this.length = length;
  }

  void at(long offset) {
    long now = System.nanoTime();
    if (!told || offset == length || now - last >= PAUSE) {
      told = true;
      last = now;
      out.talk(String.format(
          Locale.ROOT,
          "%s %.1f of %.1f MB (%d %%)",
          what,
          offset / MEGA,
          length / MEGA,
          length == 0 ? 100 : (int) (100.0 * offset / length)));
    }
  }
}
