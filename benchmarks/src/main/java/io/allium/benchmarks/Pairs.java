package io.allium.benchmarks;

import java.util.Arrays;
import java.util.Locale;

/** Two programs in turn, the first one changing every round; what counts is the ratio within each pair. */
final class Pairs {
  /** One run of a program. */
  interface Subject {
    Cost run() throws Exception;
  }

  private static final int WARM_UP = 5;

  /** Connects are as fast as they get after some 70,000. */
  static final int WARM_UP_OF_CONNECTS = 9;

  private Pairs() {}

  static void compare(
      String title, String unit, double amount, int rounds, Subject ours, Subject other)
      throws Exception {
    compare(title, unit, amount, WARM_UP, rounds, ours, other);
  }

  static void compare(
      String title, String unit, double amount, int warmUp, int rounds, Subject ours, Subject other)
      throws Exception {
    for (int i = 0; i < warmUp; i++) {
      ours.run();
      other.run();
    }
    double[] ratios = new double[rounds];
    double[] our = new double[rounds];
    double[] their = new double[rounds];
    double[] ourCpu = new double[rounds];
    double[] theirCpu = new double[rounds];
    for (int i = 0; i < rounds; i++) {
      Cost second = i % 2 == 0 ? null : other.run();
      Cost first = ours.run();
      second = second == null ? other.run() : second;
      our[i] = amount / first.seconds();
      their[i] = amount / second.seconds();
      ratios[i] = our[i] / their[i];
      ourCpu[i] = first.cpu();
      theirCpu[i] = second.cpu();
    }
    Arrays.sort(ratios);
    // the ranks between which the median lies with 95 % (binomial, normal approximation)
    int low = Math.max(0, (int) Math.floor(rounds / 2.0 - 0.98 * Math.sqrt(rounds)));
    int high = rounds - 1 - low;
    System.out.printf(
        Locale.ROOT,
        "%-34s ours %10.0f %s, other %10.0f %s, ratio %.3f [%.3f-%.3f], CPU s %.3f / %.3f%n",
        title,
        median(our),
        unit,
        median(their),
        unit,
        median(ratios),
        ratios[low],
        ratios[high],
        median(ourCpu),
        median(theirCpu));
  }

  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
