package io.allium.cli;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** What someone may have meant who mistyped a word. */
final class Nearest {
  /** Shorter beginnings fit too many words. */
  private static final int MIN_BEGINNING = 2;

  private Nearest() {}

  /** The one word that is like it: a letter or two apart, or with this beginning. */
  static Optional<String> of(String typed, Collection<String> words) {
    String wanted = typed.toLowerCase(Locale.ROOT);
    int allowed = 1 + wanted.length() / 5;
    Optional<String> close = words.stream()
        .filter(word -> distance(wanted, word.toLowerCase(Locale.ROOT)) <= allowed)
        .min(
            Comparator.<String>comparingInt(word -> distance(wanted, word.toLowerCase(Locale.ROOT)))
                .thenComparing(Comparator.naturalOrder()));
    if (close.isPresent() || wanted.length() < MIN_BEGINNING) {
      return close;
    }
    return words.stream()
        .filter(word -> word.toLowerCase(Locale.ROOT).startsWith(wanted))
        .min(Comparator.naturalOrder());
  }

  /** How many letters to add, to leave out, to replace, or to swap with their neighbour. */
  private static int distance(String from, String to) {
    int[][] cost = new int[from.length() + 1][to.length() + 1];
    for (int i = 0; i <= from.length(); i++) {
      for (int j = 0; j <= to.length(); j++) {
        if (i == 0 || j == 0) {
          cost[i][j] = i + j;
          continue;
        }
        boolean same = from.charAt(i - 1) == to.charAt(j - 1);
        cost[i][j] = Math.min(
            Math.min(cost[i - 1][j], cost[i][j - 1]) + 1, cost[i - 1][j - 1] + (same ? 0 : 1));
        if (i > 1
            && j > 1
            && from.charAt(i - 1) == to.charAt(j - 2)
            && from.charAt(i - 2) == to.charAt(j - 1)) {
          cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
        }
      }
    }
    return cost[from.length()][to.length()];
  }
}
