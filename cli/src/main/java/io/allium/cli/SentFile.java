package io.allium.cli;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Objects;

/** A file as it was when it was read to the end; from then on it must not change. For use by several threads. */
final class SentFile implements Closeable {
  /** What tells one state of a file from the next. */
  private record Stamp(long size, FileTime modified, String key) {
    static Stamp of(Path file) throws IOException {
      BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
      return new Stamp(now.size(), now.lastModifiedTime(), Objects.toString(now.fileKey(), ""));
    }
  }

  private final Path file;
  private final FileChannel content;
  private final Stamp stamp;
  private final String sha256;

  private SentFile(Path file, FileChannel content, Stamp stamp, String sha256) {
    this.file = file;
    this.content = content;
    this.stamp = stamp;
    this.sha256 = sha256;
  }

  static SentFile open(Path file) throws CommandFailure {
    try {
      // asked first: opening a pipe would wait for its other end
      Stamp before = Stamp.of(file);
      if (!Files.isRegularFile(file)) {
        throw new CommandFailure(
            ExitCodes.BAD_DATA,
            file
                + " is not an ordinary file: pack a folder into one, or save the output of a pipe to one");
      }
      FileChannel content = FileChannel.open(file);
      Sha256 hash = new Sha256();
      hash.update(content, () -> {});
      SentFile sent = new SentFile(file, content, before, hash.hex());
      if (sent.changed()) {
        content.close();
        throw changed(file);
      }
      return sent;
    } catch (NoSuchFileException e) {
      throw new CommandFailure(ExitCodes.BAD_DATA, file + " does not exist: check the path");
    } catch (IOException e) {
      throw new CommandFailure(ExitCodes.BAD_DATA, file + " cannot be read: check who may read it");
    }
  }

  private static CommandFailure changed(Path file) {
    return new CommandFailure(
        ExitCodes.BAD_DATA, file + " changed while it was being sent: send it again");
  }

  CommandFailure changedFailure() {
    return changed(file);
  }

  String name() {
    return Objects.toString(file.getFileName(), "file");
  }

  long length() {
    return stamp.size;
  }

  String sha256() {
    return sha256;
  }

  /** Whether it is another file by now, or gone. */
  boolean changed() {
    try {
      return !stamp.equals(Stamp.of(file));
    } catch (IOException e) {
      return true;
    }
  }

  /** So many of its bytes; fewer only if it was cut off meanwhile. */
  ByteBuffer read(long offset, int count) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(count);
    long at = offset;
    while (bytes.hasRemaining()) {
      int more = content.read(bytes, at);
      if (more < 0) {
        break;
      }
      at += more;
    }
    return bytes.flip();
  }

  @Override
  public void close() throws IOException {
    content.close();
  }
}
