package io.allium.cli;

import io.allium.Credentials;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The file of {@code --router-auth}, as editors of every system write it. No message repeats what is in it. */
final class CredentialsFile {
  /** More than anybody's name and password; a wrong path must not fill the memory. */
  private static final int MAX = 4096;

  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private CredentialsFile() {}

  /** A user name on the first line and a password on the second. */
  static Credentials read(Path file) throws CommandFailure {
    byte[] content;
    try (InputStream in = Files.newInputStream(file)) {
      content = in.readNBytes(MAX + 1);
    } catch (IOException e) {
      // not its path: in its place there may be the password itself
      throw refused("the file of --router-auth cannot be read: give a path");
    }
    if (content.length > MAX) {
      throw refused(file + " is too large for a user name and a password: check the path");
    }
    List<String> lines = text(file, content).lines().toList();
    if (lines.size() < 2 || lines.get(0).isEmpty()) {
      throw refused(file + " needs a user name on its first line and a password on its second");
    }
    return Credentials.of(lines.get(0), lines.get(1).toCharArray());
  }

  private static String text(Path file, byte[] content) throws CommandFailure {
    try {
      String text =
          charset(content).newDecoder().decode(ByteBuffer.wrap(content)).toString();
      return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw refused(file + " is not text in UTF-8: save it as that");
    }
  }

  /** Editors of Windows write UTF-16 with a mark in front. */
  private static Charset charset(byte[] content) {
    int mark = content.length < 2 ? 0 : (content[0] & 0xFF) << 8 | content[1] & 0xFF;
    return mark == 0xFEFF || mark == 0xFFFE ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8;
  }

  private static CommandFailure refused(String why) {
    return new CommandFailure(ExitCodes.BAD_CONFIGURATION, why);
  }
}
