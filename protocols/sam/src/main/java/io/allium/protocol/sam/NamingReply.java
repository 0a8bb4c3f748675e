package io.allium.protocol.sam;

import java.util.List;
import java.util.Optional;

/**
 * {@code NAMING REPLY} (SAM v3, "Host Name Lookup", "Name Lookup Options").
 *
 * @param result OK, INVALID_KEY, KEY_NOT_FOUND, LEASESET_NOT_FOUND or another
 * @param name the name that was asked for, or empty if the server does not say
 * @param destination what it stands for in base 64, if OK
 * @param options the options of its lease set, each once without the prefix {@code OPTION:}, in their order
 * @param note the MESSAGE of the server as it came, or empty
 */
public record NamingReply(
    SamResult result,
    String name,
    Optional<String> destination,
    List<SamOption> options,
    String note)
    implements SamReply {
  private static final String PREFIX = "OPTION:";

  /** Copies the options. */
  public NamingReply {
    options = List.copyOf(options);
  }

  static NamingReply of(SamMessage message) throws SamException {
    SamResult result = Fields.result(message);
    if (result.isOk()) {
      Fields.required(message, "VALUE");
    }
    List<SamOption> options = message.options().stream()
        .filter(option -> option.key().startsWith(PREFIX))
        .map(option -> new SamOption(option.key().substring(PREFIX.length()), option.value()))
        .toList();
    return new NamingReply(
        result,
        message.value("NAME").orElse(""),
        Fields.text(message, "VALUE"),
        options,
        Fields.note(message));
  }

  @Override
  public SamMessage message() {
    Fields.Builder builder = Fields.reply(result)
        .add("NAME", name)
        .add("VALUE", destination)
        .add("MESSAGE", Fields.nonEmpty(note));
    options.forEach(option -> builder.add(PREFIX + option.key(), option.value()));
    return builder.message("NAMING", "REPLY");
  }

  /** Redacted: see {@link SamMessage#toString}. */
  @Override
  public String toString() {
    return message().toString();
  }
}
