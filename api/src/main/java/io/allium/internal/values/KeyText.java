package io.allium.internal.values;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Keys as text in a file, as people paste them and programs write them. */
public final class KeyText {
  /** Shorter than any keys, and longer than what is no attempt at them. */
  private static final int MIN_LENGTH = 300;

  /** Keys in an answer of SAM, behind a destination. */
  private static final Pattern IN_REPLY = Pattern.compile("(?:^|\\s)PRIV=(\\S+)");

  private static final Pattern AROUND = Pattern.compile("[\\s\\x00\"'\\uFEFF]+");

  /** I2P's alphabet, the usual one and that of URLs. */
  private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9~_+/-]+={0,2}");

  private KeyText() {}

  /**
   * Finds base 64 in a file: whole or in lines, in I2P's alphabet or the usual one, with or without quotes and a byte order
   * mark, and as an answer to SAM's {@code DEST GENERATE}.
   *
   * @param content of the file
   * @return it in I2P's alphabet; empty for a file that is no such text
   */
  public static Optional<String> base64(byte[] content) {
    String text = new String(content, charset(content));
    Matcher reply = IN_REPLY.matcher(text);
    String bare = AROUND.matcher(reply.find() ? reply.group(1) : text).replaceAll("");
    if (bare.length() < MIN_LENGTH || !BASE64.matcher(bare).matches()) {
      return Optional.empty();
    }
    return Optional.of(bare.replace('+', '-').replace('/', '~').replace('_', '~'));
  }

  /** Editors of Windows write UTF-16 with a mark in front. */
  private static Charset charset(byte[] content) {
    int mark = content.length < 2 ? 0 : (content[0] & 0xFF) << 8 | content[1] & 0xFF;
    return mark == 0xFEFF || mark == 0xFFFE ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8;
  }
}
