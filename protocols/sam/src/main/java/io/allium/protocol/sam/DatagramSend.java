package io.allium.protocol.sam;

import java.util.OptionalInt;

/**
 * {@code DATAGRAM SEND} or {@code RAW SEND}: a datagram in band, whose {@code size} bytes follow the line (SAM v3,
 * "DATAGRAM SEND, RAW SEND"). It goes out from the newest session of that style.
 *
 * @param style {@link SamStyle#DATAGRAM} or {@link SamStyle#RAW}
 * @param destination whom it is for
 * @param size bytes that follow, 0 to {@link LineFramer#MAX_BODY}
 * @param settings settings of this datagram, from 3.2
 */
public record DatagramSend(SamStyle style, String destination, int size, SendSettings settings)
    implements SamCommand {
  /**
   * Checks style and size.
   *
   * @throws IllegalArgumentException if the style is another, or the size out of range
   */
  public DatagramSend {
    if (style != SamStyle.DATAGRAM && style != SamStyle.RAW) {
      throw new IllegalArgumentException("only DATAGRAM and RAW are sent in band, not " + style);
    }
    Fields.requireRange("SIZE", OptionalInt.of(size), LineFramer.MAX_BODY);
  }

  static DatagramSend of(SamMessage message) throws SamException {
    return new DatagramSend(
        message.verb().equals("RAW") ? SamStyle.RAW : SamStyle.DATAGRAM,
        Fields.required(message, "DESTINATION"),
        Fields.size(message),
        SendSettings.of(message));
  }

  @Override
  public SamMessage message() {
    return new Fields.Builder()
        .add("DESTINATION", destination)
        .add("SIZE", Integer.toString(size))
        .addAll(settings.options())
        .message(style.name(), "SEND");
  }

  /** Redacted: see {@link SamMessage#toString}. */
  @Override
  public String toString() {
    return message().toString();
  }
}
