package io.allium.protocol.sam;

import io.allium.I2pException;
import java.util.List;
import java.util.Set;

/**
 * {@code SESSION ADD}: a subsession of the primary session of this connection (SAM v3, "Creating a Subsession").
 *
 * @param style what the subsession carries, not itself primary
 * @param id its identifier, unique on the server, without white space
 * @param routing ports, protocols and forwarding of datagrams; no two subsessions may listen alike
 * @param options all further options in their order
 */
public record SessionAdd(SamStyle style, String id, SessionRouting routing, List<SamOption> options)
    implements SamCommand {
  private static final Set<String> OWN = Fields.union(SessionRouting.KEYS, Set.of("STYLE", "ID"));

  /**
   * Copies the options.
   *
   * @throws IllegalArgumentException if the identifier is empty or holds white space, the style is primary, or an
   *     option has a key that has a place of its own above
   */
  public SessionAdd {
    Fields.requireId(id);
    if (style.isPrimary()) {
      throw new IllegalArgumentException("a subsession cannot be primary");
    }
    options = List.copyOf(options);
    Fields.requireNone(options, OWN);
  }

  static SessionAdd of(SamMessage message) throws I2pException {
    SamStyle style = Fields.style(message);
    if (style.isPrimary()) {
      throw Fields.bad(message, "a subsession cannot be primary");
    }
    if (message.value("DESTINATION").isPresent()) {
      throw Fields.bad(message, "a subsession has the DESTINATION of its primary session");
    }
    return new SessionAdd(
        style, Fields.id(message), SessionRouting.of(message), Fields.without(message, OWN));
  }

  @Override
  public SamMessage message() {
    return new Fields.Builder()
        .add("STYLE", style.name())
        .add("ID", id)
        .addAll(routing.options())
        .addAll(options)
        .message("SESSION", "ADD");
  }

  /** Redacted: see {@link SamMessage#toString}. */
  @Override
  public String toString() {
    return message().toString();
  }
}
