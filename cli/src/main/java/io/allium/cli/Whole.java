package io.allium.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A whole number within a range, known to be in it before a router is asked for anything. */
abstract class Whole implements ITypeConverter<Integer> {
  private final int min;
  private final int max;

  private Whole(int min, int max) {
    this.min = min;
    this.max = max;
  }

  @Override
  public Integer convert(String text) {
    try {
      int value = Integer.parseInt(text);
      if (value >= min && value <= max) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw refused();
    }
    throw refused();
  }

  private TypeConversionException refused() {
    return new TypeConversionException("it is a whole number, " + min + "-" + max);
  }

  /** How many hops a tunnel has. */
  static final class Hops extends Whole {
    Hops() {
      super(0, 7);
    }
  }

  /** How many tunnels there are. */
  static final class Tunnels extends Whole {
    Tunnels() {
      super(1, 16);
    }
  }

  /** How many seconds pass between two looks. */
  static final class Every extends Whole {
    Every() {
      super(1, 3600);
    }
  }

  /** How many rounds are played. */
  static final class Rounds extends Whole {
    Rounds() {
      super(1, 1_000_000);
    }
  }
}
