package io.allium.cli;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/**
 * A file that is not all there yet, beside the place where it will be: named after its hash, so that only the same file goes on
 * in it, and locked, so that one program at a time does. For one thread.
 */
final class PartFile implements Closeable {
  private static final int HASH_DIGITS = 16;

  /** So often what came is forced onto the disk: the last time must not take longer than a peer waits. */
  private static final long FORCED = 16L * 1024 * 1024;

  private final Path target;
  private final Path part;
  private final FileChannel content;
  private final Sha256 hash;
  private long length;
  private long forced;

  private PartFile(Path target, Path part, FileChannel content, Sha256 hash, long length) {
    this.target = target;
    this.part = part;
    this.content = content;
    this.hash = hash;
    this.length = length;
    forced = length;
  }

  /** Whether the place is taken by the very file that is to come; then what was not all there is of no use. */
  static boolean isThere(Path target, long length, String sha256, Sha256.Tick tick)
      throws IOException {
    if (!Files.isRegularFile(target) || Files.size(target) != length) {
      return false;
    }
    try (FileChannel content = FileChannel.open(target)) {
      Sha256 hash = new Sha256();
      if (hash.update(content, tick) != length || !hash.hex().equals(sha256)) {
        return false;
      }
    }
    Files.deleteIfExists(part(target, sha256));
    return true;
  }

  private static Path part(Path target, String sha256) {
    return target.resolveSibling(
        target.getFileName() + "." + sha256.substring(0, HASH_DIGITS) + ".part");
  }

  /** Opens what is there of it, which is read again, or an empty one. */
  static PartFile open(Path target, long whole, String sha256, Sha256.Tick tick)
      throws IOException, CommandFailure {
    Path part = part(target, sha256);
    FileChannel content = FileChannel.open(
        part,
        StandardOpenOption.CREATE,
        StandardOpenOption.READ,
        StandardOpenOption.WRITE,
        LinkOption.NOFOLLOW_LINKS);
    try {
      lock(content, part);
      if (content.size() > whole) {
        content.truncate(0);
      }
      Sha256 hash = new Sha256();
      long length = hash.update(content, tick);
      long room = Files.getFileStore(part).getUsableSpace();
      if (room < whole - length) {
        throw new CommandFailure(
            ExitCodes.CANNOT_CREATE,
            "the disk has room for " + room + " of " + (whole - length)
                + " bytes: make room and run it again");
      }
      return new PartFile(target, part, content, hash, length);
    } catch (IOException | CommandFailure e) {
      content.close();
      throw e;
    }
  }

  private static void lock(FileChannel content, Path part) throws IOException, CommandFailure {
    try {
      if (content.tryLock() != null) {
        return;
      }
    } catch (OverlappingFileLockException e) {
      // the same in this process
    }
    throw new CommandFailure(
        ExitCodes.CANNOT_CREATE,
        "another program is receiving into " + part + ": wait for it, or choose another file");
  }

  long length() {
    return length;
  }

  void append(ByteBuffer bytes) throws IOException {
    hash.update(bytes.duplicate());
    long end = length + bytes.remaining();
    while (bytes.hasRemaining()) {
      length += content.write(bytes, length);
    }
    if (end - forced >= FORCED) {
      content.force(false);
      forced = end;
    }
  }

  /** The hash of all that is there; afterwards nothing can be added. */
  String sha256() {
    return hash.hex();
  }

  /** What is there is of no use. */
  void discard() throws IOException {
    Files.deleteIfExists(part);
  }

  /** Gives it its name, which never takes the place of another file, and returns once a loss of power changes nothing. */
  void finish() throws IOException {
    content.force(true);
    try {
      Files.createLink(target, part);
      Files.delete(part);
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (IOException | UnsupportedOperationException e) {
      Files.move(part, target); // a file system without links
    }
    Path folder = Objects.requireNonNull(target.toAbsolutePath().getParent());
    try (FileChannel names = FileChannel.open(folder)) {
      names.force(true);
    } catch (IOException e) {
      // where a folder cannot be opened, as on Windows, there is no way to do it
    }
  }

  @Override
  public void close() throws IOException {
    content.close();
  }
}
