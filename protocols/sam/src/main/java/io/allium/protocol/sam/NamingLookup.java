package io.allium.protocol.sam;

/**
 * {@code NAMING LOOKUP} (SAM v3, "Host Name Lookup"). It needs no session.
 *
 * @param name a host name, b32 address or, with options, a destination; {@link #ME} for the session's own
 * @param options whether the options of the lease set are wanted too, from router API 0.9.66 ("Name Lookup Options")
 */
public record NamingLookup(String name, boolean options) implements SamCommand {
  /** Asks for the destination of the session of this connection. */
  public static final String ME = "ME";

  @Override
  public SamMessage message() {
    return new Fields.Builder()
        .add("NAME", name)
        .addIfTrue("OPTIONS", options)
        .message("NAMING", "LOOKUP");
  }

  /** Redacted: see {@link SamMessage#toString}. */
  @Override
  public String toString() {
    return message().toString();
  }
}
