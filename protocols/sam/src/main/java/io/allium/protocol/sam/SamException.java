package io.allium.protocol.sam;

import java.util.Optional;

/** What went wrong in a conversation. Its kinds are for code; what people read is made by whoever speaks to them. */
public abstract sealed class SamException extends Exception {
  private static final long serialVersionUID = 1;

  private SamException(String message) {
    super(message);
  }

  /** The other side says what SAM does not allow: close the connection. */
  public static final class Violation extends SamException {
    private static final long serialVersionUID = 1;

    private final transient Optional<SamPhase> unanswered;

    /**
     * A line or size that breaks the protocol.
     *
     * @param message what is wrong, without a value of the line
     */
    public Violation(String message) {
      super(message);
      unanswered = Optional.empty();
    }

    /**
     * A reply that is not the answer.
     *
     * @param unanswered what it should have answered
     */
    public Violation(SamPhase unanswered) {
      super("Something else than expected came after " + unanswered.command());
      this.unanswered = Optional.of(unanswered);
    }

    /**
     * What was not answered.
     *
     * @return empty if what came is no line of SAM at all
     */
    public Optional<SamPhase> unanswered() {
      return unanswered;
    }
  }

  /** The server answered with another result than OK. */
  public static final class Refused extends SamException {
    private static final long serialVersionUID = 1;

    private final transient SamPhase phase;
    private final transient SamResult result;
    private final transient String note;

    /**
     * A refusal.
     *
     * @param phase what was refused
     * @param result the result
     * @param note the MESSAGE of the server as it came, or empty
     */
    public Refused(SamPhase phase, SamResult result, String note) {
      super(result + " after " + phase.command());
      this.phase = phase;
      this.result = result;
      this.note = note;
    }

    /**
     * What was refused.
     *
     * @return the phase
     */
    public SamPhase phase() {
      return phase;
    }

    /**
     * The result.
     *
     * @return never OK
     */
    public SamResult result() {
      return result;
    }

    /**
     * The MESSAGE of the server as it came: {@link SamText#sanitize} makes it safe to show.
     *
     * @return the text, or empty
     */
    public String note() {
      return note;
    }
  }

  /** The connection ended before the answer. */
  public static final class Ended extends SamException {
    private static final long serialVersionUID = 1;

    private final transient SamPhase phase;

    /**
     * An end.
     *
     * @param phase what was under way
     */
    public Ended(SamPhase phase) {
      super("The connection ended after " + phase.command());
      this.phase = phase;
    }

    /**
     * What was under way.
     *
     * @return the phase
     */
    public SamPhase phase() {
      return phase;
    }
  }

  /** The agreed version cannot carry an option's name or value: nothing was sent. */
  public static final class Unprintable extends SamException {
    private static final long serialVersionUID = 1;

    Unprintable(String message) {
      super(message);
    }
  }

  /** The agreed version lacks what was asked for: nothing was sent. */
  public static final class Unsupported extends SamException {
    private static final long serialVersionUID = 1;

    /**
     * A lack.
     *
     * @param message what is missing, and where it is there
     */
    public Unsupported(String message) {
      super(message);
    }
  }
}
