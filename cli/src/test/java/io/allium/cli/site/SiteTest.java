package io.allium.cli.site;

import static org.assertj.core.api.Assertions.assertThat;

import io.allium.ErrorKind;
import io.allium.I2p;
import io.allium.I2pException;
import io.allium.I2pSession;
import io.allium.I2pStream;
import io.allium.memory.MemoryNetwork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SiteTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final int LARGE = 3_000_000;

  @TempDir
  Path temporary;

  private final MemoryNetwork network = MemoryNetwork.create();
  private final List<I2pStream> streams = new ArrayList<>();
  private Path folder;
  private I2p i2p;
  private I2pSession session;
  private Site site;

  @BeforeEach
  void open() throws Exception {
    folder = Files.createDirectory(temporary.resolve("site"));
    i2p = I2p.connect(network.uri());
    session = i2p.open();
    site = Site.open(session, 0, folder, LIMIT);
  }

  @AfterEach
  void close() {
    streams.forEach(I2pStream::cancel);
    site.close();
    i2p.close();
    network.close();
  }

  private I2pStream stream() throws IOException {
    I2pStream stream = i2p.open().connect(session.destination());
    stream.readTimeout(LIMIT);
    streams.add(stream);
    return stream;
  }

  private Visitor visitor() throws IOException {
    return new Visitor(stream());
  }

  private Path write(String name, String content) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, content);
  }

  /** As other servers read them: several slashes are one, and what is not encoded is taken as it is. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '>',
      value = {
        "200 > /f[1].txt",
        "200 > /f|1.txt",
        "200 > /f%7C1.txt",
        "200 > /f|1.txt?x={1}|2",
        "200 > //f|1.txt",
        "200 > //sub/s.txt",
        "200 > /sub//s.txt",
        "200 > http://h.i2p/sub/s.txt",
        "200 > //",
        "200 > /",
        "200 > /?x",
        "200 > /gr%C3%B6%C3%9Fe-%E6%97%A5.txt",
        "200 > /größe-日.txt",
        "200 > /50%.txt",
        "200 > /50%25.txt",
        "301 > /sub",
        "301 > //sub",
        "404 > /none",
        "404 > /gr%F6%DFe.txt",
        "404 > /sub/s.txt/",
        "404 > /sub/../f|1.txt",
        "404 > /sub/%2e%2e/f|1.txt",
        "404 > /sub%2Fs.txt",
        "404 > /%00",
        "404 > /../site/f|1.txt",
        "404 > *",
        "404 > sub/s.txt",
        "400 > /a b",
      })
  void aTargetIsReadAsItWasSent(int status, String target) throws Exception {
    write("f[1].txt", "");
    write("f|1.txt", "");
    write("größe-日.txt", "");
    write("50%.txt", "");
    write("sub/s.txt", "");
    assertThat(visitor().get(target).status()).isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource({"/sub, /sub/", "//sub, /sub/", "/s%20ü/x?q=1, /s%20%C3%BC/x/?q=1"})
  void aFolderIsAtItsSlashOnThisSite(String target, String location) throws Exception {
    Files.createDirectories(folder.resolve("sub"));
    Files.createDirectories(folder.resolve("s ü/x"));
    assertThat(visitor().get(target).header("location")).isEqualTo(location);
  }

  @Test
  void aStreamCarriesManyRequests() throws Exception {
    write("a.txt", "content");
    Visitor visitor = visitor();
    for (int i = 0; i < 100; i++) {
      assertThat(visitor.get("/a.txt").text()).isEqualTo("content");
      assertThat(visitor.ask("HEAD /a.txt").header("content-length")).isEqualTo("7");
      assertThat(visitor.get("/none").text()).isEqualTo("404 Not Found\n");
    }
  }

  @Test
  void whoAnswersIsNotTold() throws Exception {
    write("a.txt", "content");
    assertThat(visitor().get("/a.txt").head().headers().keySet())
        .containsExactlyInAnyOrder(
            "date", "content-length", "content-type", "etag", "last-modified", "accept-ranges");
  }

  @ParameterizedTest
  @CsvSource({
    "405, POST /",
    "405, OPTIONS *",
    "405, DELETE /a.txt",
  })
  void nothingCanBeChanged(int status, String request) throws Exception {
    write("a.txt", "");
    I2pStream stream = stream();
    Visitor.Answer answer = new Visitor(stream).ask(request, "Content-Length: 1000000");
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.header("allow")).isEqualTo("GET, HEAD");
    assertThat(stream.input().read()).as("nobody reads its body").isEqualTo(-1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "206 | bytes=2-4       | cde   | bytes 2-4/10",
        "206 | bytes=7-        | hij   | bytes 7-9/10",
        "206 | bytes=-3        | hij   | bytes 7-9/10",
        "206 | bytes=8-99      | ij    | bytes 8-9/10",
        "206 | bytes=0-0       | a     | bytes 0-0/10",
        "206 | BYTES=1-1       | b     | bytes 1-1/10",
        "200 | bytes=0-        | abcdefghij | ''",
        "200 | bytes=4-2       | abcdefghij | ''",
        "200 | bytes=0-1,3-4   | abcdefghij | ''",
        "200 | lines=1-2       | abcdefghij | ''",
        "200 | bytes=99999999999999999999- | abcdefghij | ''",
        "416 | bytes=10-       | ''    | bytes */10",
        "416 | bytes=-0        | ''    | bytes */10",
      })
  void aPartCanBeAskedFor(int status, String range, String body, String header) throws Exception {
    write("a.txt", "abcdefghij");
    Visitor.Answer answer = visitor().get("/a.txt", "Range: " + range);
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.text()).isEqualTo(body);
    assertThat(answer.header("content-range")).isEqualTo(header);
  }

  @Test
  void anEmptyFileIsWhole() throws Exception {
    write("empty.txt", "");
    assertThat(visitor().get("/empty.txt").status()).isEqualTo(200);
    assertThat(visitor().get("/empty.txt", "Range: bytes=0-").status()).isEqualTo(200);
    assertThat(visitor().get("/empty.txt", "Range: bytes=1-").status()).isEqualTo(416);
  }

  /** RFC 9110, 13.2.2: the tag goes before the date. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "304 | If-None-Match: TAG",
        "304 | If-None-Match: W/TAG",
        "304 | If-None-Match: \"x\", TAG",
        "304 | If-None-Match: *",
        "200 | If-None-Match: \"x\"",
        "304 | If-Modified-Since: Mon, 30 Nov 2026 10:00:00 GMT",
        "304 | If-Modified-Since: Mon, 30 Nov 2026 10:00:01 GMT",
        "200 | If-Modified-Since: Mon, 30 Nov 2026 09:59:59 GMT",
        "200 | If-Modified-Since: yesterday",
        "200 | If-None-Match: \"x\"~If-Modified-Since: Mon, 30 Nov 2026 10:00:00 GMT",
        "412 | If-Match: \"x\"",
        "412 | If-Match: W/TAG",
        "200 | If-Match: TAG",
        "412 | If-Unmodified-Since: Mon, 30 Nov 2026 09:59:59 GMT",
        "200 | If-Unmodified-Since: Mon, 30 Nov 2026 10:00:00 GMT",
        "206 | Range: bytes=1-~If-Range: TAG",
        "200 | Range: bytes=1-~If-Range: \"x\"",
        "200 | Range: bytes=1-~If-Range: W/TAG",
        "206 | Range: bytes=1-~If-Range: Mon, 30 Nov 2026 10:00:00 GMT",
        "200 | Range: bytes=1-~If-Range: Mon, 30 Nov 2026 09:00:00 GMT",
      })
  void whatAVisitorHasIsNotSentAgain(int status, String headers) throws Exception {
    Path file = write("a.txt", "content");
    Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2026-11-30T10:00:00.5Z")));
    Visitor visitor = visitor();
    Visitor.Answer first = visitor.get("/a.txt");
    assertThat(first.header("last-modified")).isEqualTo("Mon, 30 Nov 2026 10:00:00 GMT");
    Visitor.Answer answer =
        visitor.get("/a.txt", headers.replace("TAG", first.header("etag")).split("~"));
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.header("etag")).isEqualTo(first.header("etag"));
    assertThat(visitor.get("/a.txt").text()).as("the next answer").isEqualTo("content");
  }

  @Test
  void aChangedFileHasAnotherTag() throws Exception {
    Path file = write("a.txt", "content");
    Visitor visitor = visitor();
    String tag = visitor.get("/a.txt").header("etag");
    Files.writeString(file, "longer content");
    assertThat(visitor.get("/a.txt", "If-None-Match: " + tag).text()).isEqualTo("longer content");
  }

  @Test
  void ofAFileThatGrowsComesWhatWasAnnounced() throws Exception {
    Path file = Files.write(folder.resolve("log"), new byte[LARGE]);
    I2pStream stream = stream();
    Visitor visitor = new Visitor(stream);
    visitor.send("GET /log");
    Visitor.Head head = visitor.head();
    Files.write(file, new byte[70_000], StandardOpenOption.APPEND);
    assertThat(head.length()).isEqualTo(LARGE);
    assertThat(stream.input().readNBytes(LARGE)).hasSize(LARGE);
    assertThat(visitor.get("/log").head().length()).isEqualTo(LARGE + 70_000);
  }

  @Test
  void aFileThatShrinksBreaksTheStream() throws Exception {
    Path file = Files.write(folder.resolve("log"), new byte[LARGE]);
    I2pStream stream = stream();
    Visitor visitor = new Visitor(stream);
    visitor.send("GET /log");
    assertThat(visitor.head().length()).isEqualTo(LARGE);
    Files.write(file, new byte[10]);
    long came = 0;
    try {
      while (stream.input().read() >= 0) {
        came++;
      }
    } catch (I2pException e) {
      assertThat(e.kind()).isEqualTo(ErrorKind.PEER_RESET);
    }
    assertThat(came).isLessThan(LARGE);
    assertThat(visitor().get("/log").head().length()).as("for others").isEqualTo(10);
  }

  @Test
  void anAnswerThatIsUnderWayEndsBeforeTheSite() throws Exception {
    Files.write(folder.resolve("a"), new byte[LARGE / 4]);
    I2pStream waiting = stream();
    assertThat(new Visitor(waiting).get("/none").status()).isEqualTo(404);
    I2pStream stream = stream();
    Visitor visitor = new Visitor(stream);
    visitor.send("GET /a");
    visitor.head();
    FutureTask<Boolean> closing = new FutureTask<>(() -> {
      site.close();
      session.close(LIMIT);
      return true;
    });
    Thread.ofVirtual().start(closing);
    assertThat(waiting.input().read()).as("a stream without a request").isEqualTo(-1);
    assertThat(stream.input().readNBytes(LARGE / 4)).hasSize(LARGE / 4);
    closing.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Host: h.i2p\r\n", ""})
  void aRequestNeedsOneHost(String more) throws Exception {
    I2pStream stream = stream();
    stream.output().write(("GET / HTTP/1.1\r\n" + more + more + "\r\n").getBytes());
    assertThat(new Visitor(stream).head().status()).isEqualTo(400);
  }

  @Test
  void headersHaveAnEnd() throws Exception {
    Visitor visitor = visitor();
    try {
      visitor.send("GET /" + "x".repeat(20_000));
    } catch (I2pException e) {
      assertThat(e).as("it may hang up before it has read all").hasMessageContaining("closed");
    }
    assertThat(visitor.head().status()).isEqualTo(431);
  }
}
