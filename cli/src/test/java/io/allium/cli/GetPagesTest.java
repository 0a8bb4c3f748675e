package io.allium.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.allium.I2p;
import io.allium.I2pAcceptor;
import io.allium.I2pSession;
import io.allium.I2pStream;
import io.allium.memory.MemoryNetwork;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code get} makes of answers, told by a site that keeps its streams open. */
class GetPagesTest {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nwhole";
  private static final String TAGGED =
      "HTTP/1.1 200 OK\r\nETag: \"a\"\r\nContent-Length: 9\r\n\r\n";

  @TempDir
  Path folder;

  private final MemoryNetwork network = MemoryNetwork.create();
  private final List<String> answers = new CopyOnWriteArrayList<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final ByteArrayOutputStream data = new ByteArrayOutputStream();
  private final ByteArrayOutputStream talk = new ByteArrayOutputStream();
  private I2p i2p;
  private I2pSession site;
  private String host;

  @BeforeEach
  void open() throws Exception {
    i2p = I2p.connect(network.uri());
    site = i2p.open();
    host = site.destination().base32().text();
    I2pAcceptor acceptor = site.listen(80);
    Thread.ofVirtual().start(() -> {
      try {
        acceptor.serve(this::serve);
      } catch (IOException e) {
        // the test is over
      }
    });
  }

  @AfterEach
  void close() {
    i2p.close();
    network.close();
  }

  @ParameterizedTest
  @CsvSource({
    "//double, //double",
    "//, //",
    "/f|[1].txt?q=ü, /f|[1].txt?q=%C3%BC",
    "/☃, /%E2%98%83",
  })
  void thePageThatWasAskedForIsFetched(String typed, String sent) throws Exception {
    answer(OK);
    assertThat(get(typed)).isZero();
    assertThat(asked.getFirst())
        .startsWith("GET " + sent + " HTTP/1.1\r\n")
        .contains("\r\nHost: " + host + "\r\n");
  }

  /** RFC 9112, 6.3: these are over at their headers, whatever the headers say of a length. */
  @ParameterizedTest
  @CsvSource({
    "0, 204 No Content, X: y",
    "0, 204 No Content, Content-Length: 9",
    "66, 304 Not Modified, Content-Length: 9",
    "66, 304 Not Modified, Transfer-Encoding: chunked",
  })
  void someAnswersAreOverAtTheirHeaders(int code, String status, String header) throws Exception {
    answer("HTTP/1.1 " + status + "\r\n" + header + "\r\n\r\n");
    assertThat(get("/")).isEqualTo(code);
  }

  @ParameterizedTest
  @CsvSource({
    "/sub/, http://HOST/sub/",
    "http://other.i2p//x, http://other.i2p//x",
    "größe, http://HOST/gr%C3%B6%C3%9Fe",
  })
  void aPageThatIsElsewhereIsNoSuccess(String location, String whole) throws Exception {
    answer("HTTP/1.1 301 Moved\r\nLocation: " + location + "\r\nContent-Length: 0\r\n\r\n");
    Path file = folder.resolve("page");
    GetCommand command = command("/sub");
    command.file = file;
    CommandFailure failure = catchThrowableOfType(CommandFailure.class, () -> run(command, false));
    assertThat(failure.exitCode()).isEqualTo(66);
    assertThat(failure).hasMessageContaining(whole.replace("HOST", host) + ": ");
    assertThat(failure).hasMessageContaining("--location");
    assertThat(folder).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://HOST/", "http://example.com/", "//example.com/", "mailto:me"})
  void noRedirectLeadsOutOfI2p(String location) throws Exception {
    answer("HTTP/1.1 302 Found\r\nLocation: " + location.replace("HOST", host) + "\r\n\r\n");
    GetCommand command = command("/");
    command.location = true;
    CommandFailure failure = catchThrowableOfType(CommandFailure.class, () -> run(command, false));
    assertThat(failure.exitCode()).isEqualTo(66);
    assertThat(failure).hasMessageContaining("not a page on I2P");
    assertThat(asked).hasSize(1);
  }

  @Test
  void aRedirectIsFollowedOnRequest() throws Exception {
    answer("HTTP/1.1 302 Found\r\nLocation: b/c?d#e\r\nContent-Length: 4\r\n\r\nnone", OK);
    GetCommand command = command("/a/");
    command.location = true;
    command.file = folder.resolve("page");
    assertThat(run(command, false)).isZero();
    assertThat(asked.getLast()).startsWith("GET /a/b/c?d HTTP/1.1\r\n");
    assertThat(folder.resolve("page")).hasContent("whole");
  }

  @Test
  void aCircleEnds() throws Exception {
    answer("HTTP/1.1 302 Found\r\nLocation: /\r\n\r\n");
    GetCommand command = command("/");
    command.location = true;
    assertThat(catchThrowableOfType(CommandFailure.class, () -> run(command, false))
            .exitCode())
        .isEqualTo(66);
    assertThat(asked).hasSize(21);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"})
  void standardOutputHasSeveralNames(String name) throws Exception {
    answer(OK);
    GetCommand command = command("/");
    command.file = Path.of(name);
    PrintStream usual = System.out;
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    System.setOut(new PrintStream(output, true));
    try {
      assertThat(run(command, false)).isZero();
    } finally {
      System.setOut(usual);
    }
    assertThat(output).hasToString("whole");
  }

  @Test
  void aDeviceIsWrittenTo() throws Exception {
    answer(OK);
    GetCommand command = command("/");
    command.file = Path.of("/dev/null");
    assertThat(run(command, false)).isZero();
  }

  @Test
  void asJsonAnAnswerIsOneObject() throws Exception {
    answer("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nX-A: 1\r\nx-a: \"2\"\r\n\r\nwhole");
    GetCommand command = command("/");
    command.file = folder.resolve("page");
    assertThat(run(command, true)).isZero();
    assertThat(data.toString(StandardCharsets.UTF_8).lines())
        .containsExactly("{\"status\":200,\"headers\":{\"content-length\":[\"5\"],"
            + "\"x-a\":[\"1\",\"\\\"2\\\"\"]},\"bytes\":5,\"file\":\"" + folder.resolve("page")
            + "\"}");
  }

  @Test
  void asJsonWithoutAFileThePageIsNotKeptAndThatIsSaid() throws Exception {
    answer(OK);
    assertThat(run(command("/"), true)).isZero();
    assertThat(data.toString(StandardCharsets.UTF_8).lines())
        .singleElement()
        .asString()
        .startsWith("{\"status\":200,")
        .endsWith("\"bytes\":5}");
    assertThat(talk.toString(StandardCharsets.UTF_8)).contains("not kept: add -o FILE");
  }

  @Test
  void asJsonAnAnswerThatIsNotThePageIsToldToo() throws Exception {
    answer("HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\n\r\nnone");
    assertThat(catchThrowableOfType(CommandFailure.class, () -> run(command("/"), true))
            .exitCode())
        .isEqualTo(65);
    assertThat(data.toString(StandardCharsets.UTF_8))
        .startsWith("{\"status\":404,\"headers\":{\"content-length\":[\"4\"]},\"bytes\":4}");
  }

  @Test
  void aPageIsGoneOnWith() throws Exception {
    cutPage();
    answer("HTTP/1.1 206 Partial\r\nETag: \"a\"\r\nContent-Range: bytes 4-8/9\r\n"
        + "Content-Length: 5\r\n\r\nwhole");
    assertThat(run(going(), false)).isZero();
    assertThat(asked.getLast()).contains("\r\nRange: bytes=4-\r\n", "\r\nIf-Range: \"a\"\r\n");
    assertThat(folder.resolve("page")).hasContent("partwhole");
    assertThat(folder).isDirectoryNotContaining("glob:**.part*");
  }

  @Test
  void aPageThatChangedBeginsAnew() throws Exception {
    cutPage();
    answer(OK);
    assertThat(run(going(), false)).isZero();
    assertThat(folder.resolve("page")).hasContent("whole");
  }

  @Test
  void aPageOfWhichNothingWasMissingIsWhole() throws Exception {
    cutPage();
    answer("HTTP/1.1 416 No\r\nContent-Range: bytes */4\r\nContent-Length: 0\r\n\r\n");
    assertThat(run(going(), false)).isZero();
    assertThat(folder.resolve("page")).hasContent("part");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"bytes 3-8/9", "bytes 5-8/9", "bytes 4-7/9", "bytes */9", "lines 4-8/9", "none"})
  void anotherPartThanAskedForIsRefusedAndNothingLost(String range) throws Exception {
    cutPage();
    answer(
        "HTTP/1.1 206 Partial\r\nContent-Range: " + range + "\r\nContent-Length: 5\r\n\r\nwrong");
    assertThat(catchThrowableOfType(CommandFailure.class, () -> run(going(), false))
            .exitCode())
        .isEqualTo(76);
    assertThat(folder.resolve("page")).doesNotExist();
    assertThat(folder.resolve("page.part")).hasContent("part");
  }

  @Test
  void whatCannotBeGoneOnWithSafelyBeginsAnew() throws Exception {
    Files.writeString(folder.resolve("page.part"), "of another page");
    Files.write(folder.resolve("page.part.from"), List.of("http://other.i2p/", "\"a\""));
    answer(OK);
    assertThat(run(going(), false)).isZero();
    assertThat(asked.getLast()).doesNotContain("Range");
    assertThat(folder.resolve("page")).hasContent("whole");
  }

  @Test
  void withoutGoingOnWhatIsLeftStaysUntouched() throws Exception {
    Files.writeString(folder.resolve("page.part"), "mine");
    GetCommand command = going();
    command.goOn = false;
    assertThat(catchThrowableOfType(CommandFailure.class, () -> run(command, false))
            .exitCode())
        .isEqualTo(73);
    assertThat(folder.resolve("page.part")).hasContent("mine");
  }

  /** A weak tag does not tell bytes apart, nor does a time that is still going on. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "ETag: W/\"a\"",
        "Last-Modified: Mon, 30 Nov 2026 00:00:00 GMT",
        "Date: Mon, 30 Nov 2026 00:00:00 GMT\r\nLast-Modified: Mon, 30 Nov 2026 00:00:00 GMT"
      })
  void withoutAStateNothingIsGoneOnWith(String headers) throws Exception {
    answer("HTTP/1.1 200 OK\r\n" + headers + "\r\nContent-Length: 9\r\n\r\npart~");
    assertThat(catchThrowableOfType(CommandFailure.class, () -> run(going(), false))
            .exitCode())
        .isEqualTo(75);
    answer(OK);
    assertThat(run(going(), false)).isZero();
    assertThat(asked.getLast()).doesNotContain("Range");
  }

  private void cutPage() throws Exception {
    answer(TAGGED + "part~");
    assertThat(catchThrowableOfType(CommandFailure.class, () -> run(going(), false))
            .exitCode())
        .isEqualTo(75);
    assertThat(folder.resolve("page.part")).hasContent("part");
  }

  private GetCommand going() {
    GetCommand command = command("/");
    command.file = folder.resolve("page");
    command.goOn = true;
    return command;
  }

  private int get(String path) throws Exception {
    try {
      return run(command(path), false);
    } catch (CommandFailure e) {
      return e.exitCode();
    }
  }

  private GetCommand command(String path) {
    GetCommand command = new GetCommand();
    command.url = "http://" + host + path;
    return command;
  }

  private int run(GetCommand command, boolean json) throws Exception {
    Globals globals = new Globals();
    globals.router = network.uri().toString();
    Stop stop = new Stop();
    PrintStream usual = System.out;
    if (command.file == null) {
      System.setOut(new PrintStream(OutputStream.nullOutputStream()));
    }
    try {
      return command.run(
          globals,
          new Output(new PrintStream(data, true), new PrintStream(talk, true), json, false),
          stop);
    } finally {
      System.setOut(usual);
      stop.finished();
    }
  }

  /** What the site answers, in turn, the last one for ever. */
  private void answer(String... texts) {
    answers.clear();
    answers.addAll(List.of(texts));
  }

  /** An answer that ends with ~ is cut there; all others leave the stream open. */
  private void serve(I2pStream stream) throws IOException {
    StringBuilder request = new StringBuilder();
    while (request.indexOf("\r\n\r\n") < 0) {
      request.append((char) stream.input().read());
    }
    asked.add(request.toString());
    String text = answers.size() > 1 ? answers.removeFirst() : answers.getFirst();
    stream.output().write(text.replace("~", "").getBytes(StandardCharsets.UTF_8));
    if (!text.endsWith("~")) {
      stream.input().transferTo(OutputStream.nullOutputStream());
    }
  }
}
