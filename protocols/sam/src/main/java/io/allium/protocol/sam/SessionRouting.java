package io.allium.protocol.sam;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Where the traffic of a session goes to and comes from (SAM v3, "Session Creation Request"). What is absent takes the default of the specification.
 *
 * @param fromPort I2P port of outbound traffic, 0 to 65535, default 0
 * @param toPort I2P port it is sent to, 0 to 65535, default 0
 * @param protocol I2P protocol of outbound raw datagrams, 0 to 255, default 18
 * @param header whether forwarded raw datagrams start with a {@link RawHeader}, default false
 * @param udpPort UDP port that inbound datagrams are forwarded to, 0 to 65535; absent, they come in band
 * @param udpHost host of that port, default the address of the client
 */
public record SessionRouting(
    OptionalInt fromPort,
    OptionalInt toPort,
    OptionalInt protocol,
    Optional<Boolean> header,
    OptionalInt udpPort,
    Optional<String> udpHost) {
  /** Nothing but defaults. */
  public static final SessionRouting DEFAULT = new SessionRouting(
      OptionalInt.empty(),
      OptionalInt.empty(),
      OptionalInt.empty(),
      Optional.empty(),
      OptionalInt.empty(),
      Optional.empty());

  static final Set<String> KEYS =
      Set.of("FROM_PORT", "TO_PORT", "PROTOCOL", "HEADER", "PORT", "HOST");

  static final int MAX_PROTOCOL = 255;

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a port or protocol is out of range
   */
  public SessionRouting {
    Fields.requireRange("FROM_PORT", fromPort, Fields.MAX_PORT);
    Fields.requireRange("TO_PORT", toPort, Fields.MAX_PORT);
    Fields.requireRange("PROTOCOL", protocol, MAX_PROTOCOL);
    Fields.requireRange("PORT", udpPort, Fields.MAX_PORT);
  }

  static SessionRouting of(SamMessage message) throws SamException {
    return new SessionRouting(
        Fields.port(message, "FROM_PORT"),
        Fields.port(message, "TO_PORT"),
        Fields.number(message, "PROTOCOL", MAX_PROTOCOL),
        Fields.flag(message, "HEADER"),
        Fields.port(message, "PORT"),
        Fields.text(message, "HOST"));
  }

  List<SamOption> options() {
    return new Fields.Builder()
        .add("PORT", udpPort)
        .add("HOST", udpHost)
        .add("FROM_PORT", fromPort)
        .add("TO_PORT", toPort)
        .add("PROTOCOL", protocol)
        .add("HEADER", header)
        .build();
  }
}
