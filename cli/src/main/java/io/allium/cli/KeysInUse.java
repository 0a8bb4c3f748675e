package io.allium.cli;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Key files that are locked while they are used, so that a second program on this machine can tell. A lock ends with the
 * program, however it ends. No other stream to the file may be opened and closed meanwhile: on Linux that ends it, too.
 */
final class KeysInUse {
  /** A channel that nobody holds may be closed, and its lock be gone. */
  private static final Queue<FileChannel> HELD = new ConcurrentLinkedQueue<>();

  private KeysInUse() {}

  /** Locks a key file until the program ends; false if another one has it. Where there are no locks, nobody can tell. */
  static boolean lock(Path file) {
    try {
      return lock(FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE), false);
    } catch (AccessDeniedException e) {
      return lockReadOnly(file);
    } catch (IOException e) {
      return unknown(e);
    }
  }

  /** A shared lock finds who has the other kind. */
  private static boolean lockReadOnly(Path file) {
    try {
      return lock(FileChannel.open(file, StandardOpenOption.READ), true);
    } catch (IOException e) {
      return unknown(e);
    }
  }

  private static boolean lock(FileChannel channel, boolean shared) throws IOException {
    HELD.add(channel);
    try {
      @Nullable FileLock lock = channel.tryLock(0, Long.MAX_VALUE, shared);
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  private static boolean unknown(IOException why) {
    System.getLogger(KeysInUse.class.getName())
        .log(System.Logger.Level.DEBUG, "a key file cannot be locked: " + why.getMessage());
    return true;
  }
}
