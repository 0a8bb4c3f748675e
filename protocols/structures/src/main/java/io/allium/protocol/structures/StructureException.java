package io.allium.protocol.structures;

import java.util.Objects;

/** Bytes or text that are not what the specification says, or that cannot be made. */
public final class StructureException extends Exception {
  private static final long serialVersionUID = 1;

  /** What happens to a datagram that breaks a rule. */
  static final String DATAGRAM = "This datagram is dropped";

  /** Why. */
  public enum Reason {
    /** It breaks a rule of the specification, or a bound of ours. */
    MALFORMED,
    /** It would be larger than I2P carries. */
    TOO_LARGE,
    /** It is well-formed, and this Java runtime cannot do it. */
    UNSUPPORTED
  }

  private final transient Reason reason;

  StructureException(String message) {
    this(Reason.MALFORMED, message);
  }

  StructureException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  StructureException(String message, Throwable cause) {
    super(message, cause);
    this.reason = Reason.MALFORMED;
  }

  /** Of a datagram. */
  static StructureException ofDatagram(String why) {
    return of(DATAGRAM, why);
  }

  /**
   * Of bytes that are refused.
   *
   * @param refusal what happened, such as {@link #DATAGRAM}
   * @param why which rule they break
   */
  static StructureException of(String refusal, String why) {
    return new StructureException(refusal + ": " + why);
  }

  /**
   * Why.
   *
   * @return the reason
   */
  public Reason reason() {
    return reason;
  }

  /**
   * What happened and what to do: one sentence without a period, which repeats no key and no text that was given.
   *
   * @return the sentence
   */
  @Override
  public String getMessage() {
    return Objects.requireNonNull(super.getMessage());
  }
}
