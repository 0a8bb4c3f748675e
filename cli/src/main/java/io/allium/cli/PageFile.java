package io.allium.cli;

import io.allium.cli.site.HttpDate;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A page in a file, which appears only once the page is complete; until then the page grows in {@code FILE.part}. {@code
 * FILE.part.from} says which page that is, and in which state: if the site has another state, the page begins anew.
 */
final class PageFile implements PageSink {
  private static final Pattern CONTENT_RANGE =
      Pattern.compile("bytes (?:(\\d{1,18})-(\\d{1,18})|\\*)/(\\d{1,18})");

  private static final int PARTIAL = 206;
  private static final int NOT_SATISFIABLE = 416;

  private final Path file;
  private final Path part;
  private final Path from;
  private final boolean goOn;
  private final String page;
  private final FileChannel content;
  private final Optional<String> state;
  private final long before;
  private boolean usesBefore;
  private volatile boolean done;

  private PageFile(
      Path file, Path part, boolean goOn, String page, FileChannel content, Optional<String> state)
      throws IOException {
    this.file = file;
    this.part = part;
    this.from = from(part);
    this.goOn = goOn;
    this.page = page;
    this.content = content;
    this.before = state.isPresent() ? content.size() : 0;
    this.state = before > 0 ? state : Optional.empty();
  }

  /**
   * Makes the file, so that one that cannot be made costs no session.
   *
   * @param goOn whether what is left of an earlier try is used, and that of this one kept
   * @param page its address as it was typed
   */
  static PageFile open(Path file, boolean goOn, String page) throws CommandFailure {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new CommandFailure(ExitCodes.CANNOT_CREATE, file + " exists: choose another");
    }
    try {
      FileChannel content = FileChannel.open(
          part,
          goOn ? StandardOpenOption.CREATE : StandardOpenOption.CREATE_NEW,
          StandardOpenOption.WRITE,
          LinkOption.NOFOLLOW_LINKS);
      lock(content, part);
      return new PageFile(
          file, part, goOn, page, content, goOn ? state(from(part), page) : Optional.empty());
    } catch (FileAlreadyExistsException e) {
      throw new CommandFailure(
          ExitCodes.CANNOT_CREATE,
          part + " is left from an earlier attempt: add --continue to go on with it, or remove it");
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCodes.CANNOT_CREATE, file + " cannot be created: choose another");
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
    content.close();
    throw new CommandFailure(
        ExitCodes.CANNOT_CREATE, "another program writes " + part + ": wait for it");
  }

  private static Path from(Path part) {
    return part.resolveSibling(part.getFileName() + ".from");
  }

  private static Optional<String> state(Path from, String page) throws IOException {
    if (!Files.isRegularFile(from, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    List<String> lines = Files.readAllLines(from);
    return lines.size() == 2 && lines.getFirst().equals(page)
        ? Optional.of(lines.getLast())
        : Optional.empty();
  }

  @Override
  public Map<String, String> headers() {
    return state
        .map(known -> Map.of("Range", "bytes=" + before + "-", "If-Range", known))
        .orElse(Map.of());
  }

  @Override
  public @Nullable OutputStream open(HttpGet.Head head) throws IOException, CommandFailure {
    if (head.status() == PARTIAL) {
      Matcher range = range(head);
      if (state.isEmpty()
          || range.group(1) == null
          || Long.parseLong(range.group(1)) != before
          || Long.parseLong(range.group(2)) + 1 != Long.parseLong(range.group(3))) {
        throw PageSink.notAsked();
      }
      usesBefore = true;
      content.position(before);
    } else if (head.status() < 300) {
      // in this order, so that at no moment one page's part is taken for another's
      Files.deleteIfExists(from);
      content.truncate(0);
      Optional<String> newState = goOn ? state(head) : Optional.empty();
      if (newState.isPresent()) {
        Files.write(from, List.of(page, newState.get()));
      }
    } else {
      return null;
    }
    return Channels.newOutputStream(content);
  }

  private static Matcher range(HttpGet.Head head) throws CommandFailure {
    Matcher range = CONTENT_RANGE.matcher(head.first("content-range").orElse(""));
    if (!range.matches()) {
      throw PageSink.notAsked();
    }
    return range;
  }

  /** What surely changes with the page: a strong tag, or a time that had passed when the page was sent (RFC 9110, 8.8). */
  private static Optional<String> state(HttpGet.Head head) {
    Optional<String> tag = head.first("etag");
    if (tag.isPresent()) {
      return tag.filter(text -> text.startsWith("\""));
    }
    Optional<Instant> sent = head.first("date").flatMap(HttpDate::parse);
    return head.first("last-modified")
        .filter(text ->
            HttpDate.parse(text).flatMap(time -> sent.filter(time::isBefore)).isPresent());
  }

  @Override
  public boolean isWhole(HttpGet.Head head) {
    if (head.status() != NOT_SATISFIABLE || state.isEmpty()) {
      return false;
    }
    Matcher range = CONTENT_RANGE.matcher(head.first("content-range").orElse(""));
    usesBefore = range.matches() && Long.parseLong(range.group(3)) == before;
    return usesBefore;
  }

  @Override
  public long before() {
    return usesBefore ? before : 0;
  }

  @Override
  public void whole() throws CommandFailure {
    try {
      content.force(true);
      Files.move(part, file);
      done = true;
      Files.deleteIfExists(from);
    } catch (FileAlreadyExistsException e) {
      throw new CommandFailure(
          ExitCodes.CANNOT_CREATE, file + " appeared meanwhile: choose another file");
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCodes.CANNOT_CREATE,
          "the page cannot be written (" + e.getMessage() + "): make room, or choose another file");
    }
  }

  /** What is left of a page that did not come would be in the way of the next try, unless that goes on with it. */
  @Override
  public void close() throws IOException {
    boolean empty = content.isOpen() && content.size() == 0;
    content.close();
    if (!done && (!goOn || empty)) {
      Files.deleteIfExists(part);
      Files.deleteIfExists(from);
    }
  }
}
