package io.allium.protocol.sam;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * {@code SESSION CREATE} (SAM v3, "Session Creation Request", "Creating a PRIMARY Session").
 *
 * @param style what the session carries
 * @param id its identifier, our choice: random, unique on the server, without white space
 * @param destination the private key in I2P base 64, or {@link #TRANSIENT}
 * @param signatureType signature type of a transient destination by name or number, from 3.1; without it the server
 *     makes a DSA_SHA1 one, which nobody wants
 * @param routing ports, protocols and forwarding of datagrams; not for a primary session
 * @param options all further options, for I2CP and the streaming library, in their order
 */
public record SessionCreate(
    SamStyle style,
    String id,
    String destination,
    Optional<String> signatureType,
    SessionRouting routing,
    List<SamOption> options)
    implements SamCommand {
  /** Asks the server to make a destination for this session only. */
  public static final String TRANSIENT = "TRANSIENT";

  private static final Set<String> OWN =
      Fields.union(SessionRouting.KEYS, Set.of("STYLE", "ID", "DESTINATION", "SIGNATURE_TYPE"));

  /**
   * Copies the options.
   *
   * @throws IllegalArgumentException if the identifier is empty or holds white space, or an option has a key that has
   *     a place of its own above
   */
  public SessionCreate {
    Fields.requireId(id);
    options = List.copyOf(options);
    Fields.requireNone(options, OWN);
  }

  static SessionCreate of(SamMessage message) throws SamException {
    return new SessionCreate(
        Fields.style(message),
        Fields.id(message),
        Fields.required(message, "DESTINATION"),
        Fields.text(message, "SIGNATURE_TYPE"),
        SessionRouting.of(message),
        Fields.without(message, OWN));
  }

  /**
   * Whether the server makes the destination.
   *
   * @return true if no key is given
   */
  public boolean isTransient() {
    return destination.equals(TRANSIENT);
  }

  @Override
  public SamMessage message() {
    return new Fields.Builder()
        .add("STYLE", style.name())
        .add("ID", id)
        .add("DESTINATION", destination)
        .add("SIGNATURE_TYPE", signatureType)
        .addAll(routing.options())
        .addAll(options)
        .message("SESSION", "CREATE");
  }

  /** Redacted: see {@link SamMessage#toString}. */
  @Override
  public String toString() {
    return message().toString();
  }
}
