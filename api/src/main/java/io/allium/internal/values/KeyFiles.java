package io.allium.internal.values;

import io.allium.internal.values.KeyFileException.Reason;
import io.allium.protocol.structures.PrivateKeys;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;
import java.util.regex.Pattern;

/** Files of private keys: read within a bound, made whole or not at all, never overwritten. */
public final class KeyFiles {
  /** The largest file read: a wrong path must not fill the memory. */
  private static final int MAX_FILE = PrivateKeys.MAX_LENGTH;

  /** As text, which may have two bytes a letter and line ends. */
  private static final int MAX_TEXT = 4 * MAX_FILE;

  /** Less than the shortest keys in the base 64 of I2P, or in the usual one; no path is like that. */
  private static final Pattern KEYS = Pattern.compile("[A-Za-z0-9~+/=-]{500}");

  private static final SecureRandom RANDOM = new SecureRandom();

  private KeyFiles() {}

  /**
   * Whether nothing is at this path, not even a dangling symbolic link.
   *
   * @param file the path
   * @return true if it can be created
   */
  public static boolean isAbsent(Path file) {
    return Files.notExists(file, LinkOption.NOFOLLOW_LINKS);
  }

  /**
   * Reads a whole file.
   *
   * @param file a regular file of at most {@value PrivateKeys#MAX_LENGTH} bytes
   * @return its content
   * @throws KeyFileException for whatever reason
   */
  public static byte[] read(Path file) throws KeyFileException {
    return read(file, MAX_FILE);
  }

  /**
   * Reads a whole file that may be text.
   *
   * @param file a regular file
   * @return its content
   * @throws KeyFileException for whatever reason
   */
  public static byte[] readText(Path file) throws KeyFileException {
    return read(file, MAX_TEXT);
  }

  private static byte[] read(Path file, int max) throws KeyFileException {
    requireNoKeys(file);
    // A pipe or device could block forever or never end.
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new KeyFileException(
          Reason.PATH, "The key file " + file + " is not a regular file", null);
    }
    byte[] content;
    try (InputStream in = Files.newInputStream(file)) {
      content = in.readNBytes(max + 1);
    } catch (IOException e) {
      throw failure("read", file, e);
    }
    if (content.length > max) {
      Arrays.fill(content, (byte) 0);
      throw new KeyFileException(
          Reason.CONTENT,
          "The file " + file + " is too large for a key file: check the path",
          null);
    }
    return content;
  }

  /**
   * Makes a file with this content, unless there is one already.
   *
   * @param file where
   * @param content what
   * @return false if something is there already, which is left as it is
   * @throws KeyFileException for the path, or an interrupt; no part of a file is left
   */
  public static boolean writeIfAbsent(Path file, byte[] content) throws KeyFileException {
    requireNoKeys(file);
    byte[] random = new byte[8];
    RANDOM.nextBytes(random);
    Path directory = file.toAbsolutePath().getParent();
    Path fileName = file.getFileName();
    if (directory == null || fileName == null) {
      throw new KeyFileException(Reason.PATH, "The path " + file + " cannot be a key file", null);
    }
    Path temporary =
        directory.resolve("." + fileName + "." + HexFormat.of().formatHex(random) + ".tmp");
    try {
      try {
        writeNew(temporary, content);
        publish(temporary, file);
      } finally {
        Files.deleteIfExists(temporary);
      }
      syncDirectory(directory);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    } catch (IOException e) {
      throw failure("make", file, e);
    }
  }

  /** Every other message repeats the path. */
  private static void requireNoKeys(Path file) throws KeyFileException {
    if (KEYS.matcher(file.toString()).find() && !Files.exists(file)) {
      throw new KeyFileException(
          Reason.PATH,
          "What was given as the path of a key file looks like the keys themselves: put them into a file, or parse them",
          null);
    }
  }

  private static void writeNew(Path file, byte[] content) throws IOException {
    boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
    FileAttribute<?>[] ownerOnly = posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
    try (FileChannel channel = FileChannel.open(
        file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly)) {
      ByteBuffer buffer = ByteBuffer.wrap(content);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    }
  }

  /** A hard link appears with its whole content and fails if there is a file, which no portable rename does. */
  private static void publish(Path temporary, Path file) throws IOException {
    try {
      Files.createLink(file, temporary);
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (UnsupportedOperationException | FileSystemException e) {
      Files.move(temporary, file);
    }
  }

  private static void syncDirectory(Path directory) {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // Not every platform opens a directory; the file's content is on the disk already.
    }
  }

  /**
   * The error for a file that is there already.
   *
   * @param file the file
   * @return of kind {@code CONFIG_INVALID}
   */
  public static KeyFileException exists(Path file) {
    return new KeyFileException(
        Reason.PATH,
        "The key file " + file + " exists and is not overwritten: load it, or choose another path",
        null);
  }

  /**
   * The error for a file with unusable content.
   *
   * @param file the file
   * @param cause what is wrong with the content
   * @return of kind {@code KEY_INVALID}
   */
  public static KeyFileException damaged(Path file, Exception cause) {
    return new KeyFileException(
        Reason.CONTENT,
        file
            + " is not a key file, or it is damaged: name another file, or restore it from a backup",
        cause);
  }

  /**
   * The error for keys that are not in the form of a key file.
   *
   * @param file the file
   * @return of kind {@code KEY_INVALID}
   */
  public static KeyFileException text(Path file) {
    return new KeyFileException(
        Reason.CONTENT,
        "The file " + file + " holds text in base 64, which is no key file yet: make one of it with"
            + " 'allium keys import', or DestinationKeys.importFrom",
        null);
  }

  /**
   * The error for a file that cannot be imported.
   *
   * @param file the file
   * @param cause what is wrong with the content
   * @return of kind {@code KEY_INVALID}
   */
  public static KeyFileException foreign(Path file, Exception cause) {
    return new KeyFileException(
        Reason.CONTENT, "Nothing can be imported from " + file + ": " + cause.getMessage(), cause);
  }

  private static KeyFileException failure(String verb, Path file, IOException cause) {
    if (cause instanceof ClosedByInterruptException) {
      return new KeyFileException(Reason.INTERRUPTED, "Interrupted at the key file " + file, cause);
    }
    String why = switch (cause) {
      case NoSuchFileException e
      when verb.equals("make") -> "its directory does not exist, create it first";
      case NoSuchFileException e -> "there is no such file";
      case AccessDeniedException e -> "permission denied";
      default -> String.valueOf(cause.getMessage());
    };
    return new KeyFileException(
        Reason.PATH, "Cannot " + verb + " the key file " + file + ": " + why, cause);
  }
}
