package io.allium.cli.site;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * What of a folder everybody may read: the regular files and the folders in it, also by links that stay inside. Names
 * that begin with a dot are hidden, but {@code .well-known} at the top (RFC 8615).
 */
final class Folder {
  /** What a disk needs that sleeps; visitors wait no longer. */
  static final Duration FILE_LIMIT = Duration.ofSeconds(10);

  /** A page with more links helps nobody, and costs. */
  static final int MAX_LISTED = 5_000;

  private final Path root;
  private final FileThreads threads;

  /**
   * Something that was found.
   *
   * @param names where it was asked for, from the folder down
   * @param path where it is, without links
   */
  record Found(List<String> names, Path path, boolean folder, long size, Instant modified) {
    String name() {
      return names.isEmpty() ? "" : names.getLast();
    }
  }

  /** All of a folder, or the first of it. */
  record Content(List<Found> entries, boolean whole) {}

  Folder(Path root, Duration limit) throws IOException {
    this.root = root.toRealPath();
    this.threads = new FileThreads(limit);
  }

  /**
   * Looks for a file or a folder.
   *
   * @throws FileThreads.Unanswered if the disk says nothing
   */
  Optional<Found> find(List<String> names) throws IOException {
    return isHidden(names) ? Optional.empty() : threads.call(part(names), () -> locate(names));
  }

  /** Each folder and file at the top may be another disk. */
  private static String part(List<String> names) {
    return names.isEmpty() ? "" : names.getFirst();
  }

  private static boolean isHidden(List<String> names) {
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      if (name.startsWith(".") && !(i == 0 && name.equals(".well-known"))) {
        return true;
      }
    }
    return false;
  }

  private Optional<Found> locate(List<String> names) throws IOException {
    try {
      Path path = root;
      for (String name : names) {
        path = path.resolve(name);
      }
      Path real = path.toRealPath();
      if (!real.startsWith(root) || isHidden(names(root.relativize(real)))) {
        return Optional.empty();
      }
      BasicFileAttributes is =
          Files.readAttributes(real, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return is.isRegularFile() || is.isDirectory()
          ? Optional.of(new Found(
              names, real, is.isDirectory(), is.size(), is.lastModifiedTime().toInstant()))
          : Optional.empty();
    } catch (FileSystemException | InvalidPathException e) {
      return Optional.empty(); // not there, or not ours to read: visitors learn no difference
    }
  }

  private static List<String> names(Path relative) {
    List<String> names = new ArrayList<>();
    relative.forEach(name -> {
      if (!name.toString().isEmpty()) {
        names.add(name.toString());
      }
    });
    return names;
  }

  /** What is in a folder, folders first, by name. */
  Content list(Found folder) throws IOException {
    List<String> names = new ArrayList<>();
    boolean whole = threads.call(part(folder.names()), () -> readNames(folder.path(), names));
    List<Found> entries = new ArrayList<>();
    for (String name : names) {
      List<String> asked = new ArrayList<>(folder.names());
      asked.add(name);
      try {
        find(asked).ifPresent(entries::add);
      } catch (FileThreads.Unanswered e) {
        // a dead mount is left out, and the rest shown
      }
    }
    entries.sort(Comparator.comparing(Found::folder).reversed().thenComparing(Found::name));
    return new Content(entries, whole);
  }

  private static boolean readNames(Path folder, List<String> names) throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        if (names.size() == MAX_LISTED) {
          return false;
        }
        names.add(entry.getFileName().toString());
      }
    }
    return true;
  }

  /** Opens a file that was found. */
  FileChannel open(Found file) throws IOException {
    return threads.call(
        part(file.names()),
        () -> FileChannel.open(file.path(), StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
  }

  /** Runs work on a file that is open; closing it is such work too, since it waits for what is being read. */
  <T> T on(Found file, Callable<T> work) throws IOException {
    return threads.call(part(file.names()), work);
  }
}
