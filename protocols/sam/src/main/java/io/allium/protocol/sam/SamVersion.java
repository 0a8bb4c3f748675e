package io.allium.protocol.sam;

import java.util.Comparator;

/**
 * A version of SAM, and what it brought (SAM v3, "Version 3 Changes").
 *
 * @param major the first number, 0 to 99
 * @param minor the second number, 0 to 99
 */
public record SamVersion(int major, int minor) implements Comparable<SamVersion> {
  /** The first of the third generation: streams on their own sockets, datagrams over UDP. */
  public static final SamVersion V3_0 = new SamVersion(3, 0);
  /** Signature types, optional MIN and MAX. */
  public static final SamVersion V3_1 = new SamVersion(3, 1);
  /** Ports, authentication, reliable quoting, UTF-8, PING. */
  public static final SamVersion V3_2 = new SamVersion(3, 2);
  /** PRIMARY sessions and options of a single datagram. */
  public static final SamVersion V3_3 = new SamVersion(3, 3);

  private static final int MAX_PART = 99;
  private static final Comparator<SamVersion> ORDER =
      Comparator.comparingInt(SamVersion::major).thenComparingInt(SamVersion::minor);

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one is not within 0 to 99
   */
  public SamVersion {
    if (major < 0 || major > MAX_PART || minor < 0 || minor > MAX_PART) {
      throw new IllegalArgumentException("not a SAM version: " + major + "." + minor);
    }
  }

  /**
   * Parses {@code 3.1}, or {@code 3} for 3.0 ("Version 3.1 Changes" allows single digits).
   *
   * @param text one or two numbers of one or two digits
   * @return the version
   * @throws SamException.Violation if it is anything else
   */
  public static SamVersion parse(String text) throws SamException {
    int dot = text.indexOf('.');
    int major = part(dot < 0 ? text : text.substring(0, dot));
    int minor = dot < 0 ? 0 : part(text.substring(dot + 1));
    if (major < 0 || minor < 0) {
      throw new SamException.Violation("A SAM version is two numbers such as 3.1");
    }
    return new SamVersion(major, minor);
  }

  private static int part(String digits) {
    if (digits.isEmpty() || digits.length() > 2) {
      return -1;
    }
    for (int i = 0; i < digits.length(); i++) {
      if (digits.charAt(i) < '0' || digits.charAt(i) > '9') {
        return -1;
      }
    }
    return Integer.parseInt(digits);
  }

  /**
   * Whether FROM_PORT, TO_PORT and PROTOCOL exist ("I2CP Port and Protocol Support").
   *
   * @return true from 3.2
   */
  public boolean hasPorts() {
    return isAtLeast(V3_2);
  }

  /**
   * Whether either side may send PING ("PING/PONG").
   *
   * @return true from 3.2
   */
  public boolean hasPing() {
    return isAtLeast(V3_2);
  }

  /**
   * Whether quoting, escaping and UTF-8 are reliable ("Command Line Parsing and Keepalive", "Encoding and Escaping").
   *
   * @return true from 3.2
   */
  public boolean hasQuoting() {
    return isAtLeast(V3_2);
  }

  /**
   * Whether PRIMARY sessions, SESSION ADD and SESSION REMOVE exist ("SAM PRIMARY Sessions").
   *
   * @return true from 3.3
   */
  public boolean hasPrimarySessions() {
    return isAtLeast(V3_3);
  }

  /**
   * Whether a single datagram may carry SEND_TAGS, TAG_THRESHOLD, EXPIRES and SEND_LEASESET ("Version 3.3 Changes").
   *
   * @return true from 3.3
   */
  public boolean hasDatagramOptions() {
    return isAtLeast(V3_3);
  }

  private boolean isAtLeast(SamVersion other) {
    return compareTo(other) >= 0;
  }

  @Override
  public int compareTo(SamVersion other) {
    return ORDER.compare(this, other);
  }

  /** The version as it stands in a line, such as {@code 3.1}. */
  @Override
  public String toString() {
    return major + "." + minor;
  }
}
