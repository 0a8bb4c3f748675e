package io.allium.memory;

/**
 * Chance that replays: every throw is a function of the seed, the link and the number of the message on it, whatever
 * other threads do.
 */
final class Dice {
  private final Faults faults;
  private final long state;

  Dice(Faults faults, long seed, String link) {
    this.faults = faults;
    long hash = seed;
    for (int i = 0; i < link.length(); i++) {
      hash = mix(hash * 31 + link.charAt(i));
    }
    state = hash;
  }

  boolean perfect() {
    return faults.latency().isZero()
        && faults.jitter().isZero()
        && faults.loss() == 0
        && faults.reset() == 0;
  }

  boolean resets(long message) {
    return faults.reset() > 0 && draw(message, 1) < faults.reset();
  }

  /** Whether a datagram is lost: nobody sends it again. */
  boolean loses(long message) {
    return faults.loss() > 0 && draw(message, 0) < faults.loss();
  }

  /** How long the message is under way if it is not lost. */
  long travelNanos(long message) {
    return faults.latency().toNanos() + (long) (faults.jitter().toNanos() * draw(message, 2));
  }

  /** How long the message is under way, each loss on the way included. */
  long delayNanos(long message) {
    long delay = travelNanos(message);
    for (int attempt = 0;
        attempt < MAX_RESENDS && draw(message, 3 + attempt) < faults.loss();
        attempt++) {
      delay += faults.resend().toNanos();
    }
    return delay;
  }

  /** With a loss of 1 a message would never arrive. */
  private static final int MAX_RESENDS = 8;

  private double draw(long message, int purpose) {
    return (mix(state + message * 0x9E3779B97F4A7C15L + purpose * 0xD1B54A32D192ED03L) >>> 11)
        * 0x1.0p-53;
  }

  /** The finaliser of SplitMix64 (Steele, Lea, Flood 2014). */
  private static long mix(long value) {
    long z = value;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
