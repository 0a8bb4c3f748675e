package io.allium.cli;

import io.allium.I2p;
import io.allium.I2pAddress;
import io.allium.I2pException;
import io.allium.I2pSession;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code allium get}: HTTP GET of an I2P site. */
@Command(name = "get", description = "Fetches a page of an I2P site.")
final class GetCommand extends AlliumCommand {
  /** As many as browsers follow at least; more are a circle. */
  private static final int MAX_REDIRECTS = 20;

  private static final Set<String> STANDARD_OUTPUT =
      Set.of("-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1");

  @Parameters(
      paramLabel = "URL",
      description = "such as http://example.i2p/; sent as browsers send it")
  String url = "";

  @Option(
      names = "-o",
      paramLabel = "FILE",
      description =
          "write the page there, - for standard output. The file must not exist, and appears only once the page is"
              + " complete. With --json and without -o, the page itself is not kept")
  @Nullable
  Path file;

  @Option(
      names = "--location",
      description = "follow the site to where it says that the page is, if that is on I2P")
  boolean location;

  @Option(
      names = "--continue",
      description = "with -o: keep the part that came, and go on from there the next time")
  boolean goOn;

  @Mixin
  SessionOptions options = new SessionOptions();

  @Override
  int run(Globals globals, Output out, Stop stop) throws Exception {
    boolean standard = file != null && STANDARD_OUTPUT.contains(file.toString());
    if (goOn && (file == null || standard)) {
      throw new CommandFailure(
          ExitCodes.USAGE, "--continue needs a file that it can go on with: add -o FILE");
    }
    if (out.json() && standard) {
      throw new CommandFailure(
          ExitCodes.USAGE,
          "--json and the page cannot both go to standard output: give -o another file");
    }
    // a bad name or file should not cost a minute
    PageUrl first = PageUrl.parse(url);
    try (PageSink sink = stop.closeAtEnd(sink(first, standard, out));
        I2p i2p = stop.closeAtEnd(globals.connect(out));
        I2pSession session = options.openClient(i2p, out)) {
      fetch(session, SessionOptions.portOrZero(i2p, 80), first, sink, out);
      return ExitCodes.OK;
    }
  }

  private PageSink sink(PageUrl page, boolean standard, Output out) throws CommandFailure {
    if (standard || (file == null && !out.json())) {
      return PageSink.to(new UnclosedOutput(System.out));
    }
    if (file == null) {
      out.talk("--json prints the facts alone, and the page is not kept: add -o FILE to keep it");
      return PageSink.to(OutputStream.nullOutputStream());
    }
    // such as /dev/null, or a pipe with a name
    if (Files.exists(file) && !Files.isRegularFile(file) && !Files.isDirectory(file)) {
      try {
        return PageSink.to(Files.newOutputStream(file, StandardOpenOption.WRITE));
      } catch (IOException e) {
        throw new CommandFailure(
            ExitCodes.CANNOT_CREATE, file + " cannot be written: choose another");
      }
    }
    return PageFile.open(file, goOn, page.text());
  }

  private void fetch(I2pSession session, int usualPort, PageUrl first, PageSink sink, Output out)
      throws IOException, CommandFailure {
    PageUrl page = first;
    for (int followed = 0; true; followed++) {
      I2pAddress site = page.address(usualPort);
      HttpGet.Result result = HttpGet.run(
          session,
          site,
          page,
          sink.headers(),
          head -> isRedirect(head.status()) ? null : sink.open(head));
      HttpGet.Head head = result.head();
      out.talk("status " + head.status() + ", " + result.bytes() + " bytes");
      if (location && head.first("location").isPresent() && isRedirect(head.status())) {
        if (followed == MAX_REDIRECTS) {
          throw new CommandFailure(
              ExitCodes.ELSEWHERE,
              "the site redirects without end, " + followed
                  + " times so far: ask for the real address of the page");
        }
        page = next(page, head.first("location").get());
        continue;
      }
      boolean whole = head.status() < 300 || sink.isWhole(head);
      if (whole) {
        sink.whole();
      }
      if (out.json()) {
        out.record(facts(head, sink.before() + result.bytes(), whole));
      }
      if (!whole) {
        throw failure(page, head);
      }
      return;
    }
  }

  private Map<String, Object> facts(HttpGet.Head head, long bytes, boolean whole) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("status", head.status());
    facts.put("headers", head.headers());
    facts.put("bytes", bytes);
    if (file != null && whole) {
      facts.put("file", file);
    }
    return facts;
  }

  private static boolean isRedirect(int status) {
    return status >= 300 && status < 400;
  }

  private static CommandFailure failure(PageUrl page, HttpGet.Head head) {
    int status = head.status();
    if (!isRedirect(status)) {
      return new CommandFailure(
          status < 500 ? ExitCodes.BAD_DATA : ExitCodes.TRY_AGAIN,
          "the site answered with status " + status + " and not with the page: "
              + (status < 500 ? "correct the address" : "try again later"));
    }
    Optional<String> elsewhere = head.first("location");
    if (elsewhere.isEmpty()) {
      return new CommandFailure(
          ExitCodes.ELSEWHERE,
          "the site answered with status " + status
              + " and does not say where the page is: ask for another address");
    }
    try {
      return new CommandFailure(
          ExitCodes.ELSEWHERE,
          "the page is at " + Output.harmless(next(page, elsewhere.get()).text())
              + ": ask for that, or add --location");
    } catch (CommandFailure e) {
      return e;
    }
  }

  /** Where a redirect leads: to a page of I2P, or nowhere. */
  private static PageUrl next(PageUrl page, String location) throws CommandFailure {
    // browsers read the bytes of the header as UTF-8
    String text =
        new String(location.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    try {
      return page.resolve(text);
    } catch (CommandFailure | I2pException e) {
      throw new CommandFailure(
          ExitCodes.ELSEWHERE,
          "the site says that the page is at " + Output.harmless(text)
              + ", which is not a page on I2P: use another program for it");
    }
  }
}
