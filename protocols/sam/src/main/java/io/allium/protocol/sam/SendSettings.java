package io.allium.protocol.sam;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Settings of one datagram, which override its session's (SAM v3, "Sending Repliable or Raw Datagrams"). What is absent
 * keeps the session's.
 *
 * @param fromPort I2P port it is sent from, 0 to 65535, from SAM 3.2
 * @param toPort I2P port it is sent to, 0 to 65535, from SAM 3.2
 * @param protocol I2P protocol of a raw datagram, 0 to 255, from SAM 3.2
 * @param sendTags number of session tags to send, from SAM 3.3
 * @param tagThreshold session tags below which more are sent, from SAM 3.3
 * @param expires seconds from now after which it may be dropped, from SAM 3.3
 * @param sendLeaseSet whether our lease set goes with it, from SAM 3.3
 */
public record SendSettings(
    OptionalInt fromPort,
    OptionalInt toPort,
    OptionalInt protocol,
    OptionalInt sendTags,
    OptionalInt tagThreshold,
    OptionalInt expires,
    Optional<Boolean> sendLeaseSet) {
  /** The settings of the session. */
  public static final SendSettings DEFAULT = new SendSettings(
      OptionalInt.empty(),
      OptionalInt.empty(),
      OptionalInt.empty(),
      OptionalInt.empty(),
      OptionalInt.empty(),
      OptionalInt.empty(),
      Optional.empty());

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a port or protocol is out of range, or a number is negative
   */
  public SendSettings {
    Fields.requireRange("FROM_PORT", fromPort, Fields.MAX_PORT);
    Fields.requireRange("TO_PORT", toPort, Fields.MAX_PORT);
    Fields.requireRange("PROTOCOL", protocol, SessionRouting.MAX_PROTOCOL);
    Fields.requireRange("SEND_TAGS", sendTags, Integer.MAX_VALUE);
    Fields.requireRange("TAG_THRESHOLD", tagThreshold, Integer.MAX_VALUE);
    Fields.requireRange("EXPIRES", expires, Integer.MAX_VALUE);
  }

  static SendSettings of(SamMessage message) throws SamException {
    return new SendSettings(
        Fields.port(message, "FROM_PORT"),
        Fields.port(message, "TO_PORT"),
        Fields.number(message, "PROTOCOL", SessionRouting.MAX_PROTOCOL),
        Fields.number(message, "SEND_TAGS", Integer.MAX_VALUE),
        Fields.number(message, "TAG_THRESHOLD", Integer.MAX_VALUE),
        Fields.number(message, "EXPIRES", Integer.MAX_VALUE),
        Fields.flag(message, "SEND_LEASESET"));
  }

  List<SamOption> options() {
    return new Fields.Builder()
        .add("FROM_PORT", fromPort)
        .add("TO_PORT", toPort)
        .add("PROTOCOL", protocol)
        .add("SEND_TAGS", sendTags)
        .add("TAG_THRESHOLD", tagThreshold)
        .add("EXPIRES", expires)
        .add("SEND_LEASESET", sendLeaseSet)
        .build();
  }
}
