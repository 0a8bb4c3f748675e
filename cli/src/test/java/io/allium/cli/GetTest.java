package io.allium.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.allium.I2p;
import io.allium.I2pAcceptor;
import io.allium.I2pSession;
import io.allium.I2pStream;
import io.allium.memory.MemoryNetwork;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GetTest {
  @TempDir
  Path folder;

  private final MemoryNetwork network = MemoryNetwork.create();
  private final Stop stop = new Stop();
  private I2p i2p;
  private I2pSession site;

  @BeforeEach
  void open() throws Exception {
    i2p = I2p.connect(network.uri());
    site = i2p.open();
  }

  @AfterEach
  void close() {
    stop.finished();
    i2p.close();
    network.close();
  }

  @ParameterizedTest
  @CsvSource({
    "75, HTTP/1.1 200 OK~Content-Length: 9~~part",
    "75, HTTP/1.1 200 OK~Transfer-Encoding: chunked~~5~par",
    "75, HTTP/1.1 200 OK~Transfer-Encoding: chunked~~4~part~",
    "76, HTTP/1.1 200 OK~Transfer-Encoding: chunked~~part~",
    "76, HTTP/1.1 200 OK~Transfer-Encoding: chunked~~1~part~",
    "76, HTTP/1.1 200 OK~Name: #~~",
    "76, HTTP/1.1 200 OK~$~~",
    "76, nonsense~~",
    "76, %",
    "65, HTTP/1.1 404 Not Found~Content-Length: 4~~none",
    "75, HTTP/1.1 503 Later~Content-Length: 4~~none",
  })
  void aPageThatDoesNotComeIsToldByItsCodeAndLeavesNoFile(int code, String answer)
      throws Exception {
    Path file = folder.resolve("page");
    answer(answer
        .replace("~", "\r\n")
        .replace("#", "x".repeat(20_000))
        .replace("$", "Name: x\r\n".repeat(300))
        .replace("%", "HTTP/1.1 100 Continue\r\n\r\n".repeat(300)));
    assertThat(catchThrowable(() -> get(file)))
        .isInstanceOfSatisfying(
            CommandFailure.class, failure -> assertThat(failure.exitCode()).isEqualTo(code));
    stop.finished();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aWholePageStays() throws Exception {
    Path file = folder.resolve("page");
    answer("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nwhole");
    assertThat(get(file)).isZero();
    stop.finished();
    assertThat(file).hasContent("whole");
  }

  @Test
  void whatStandardOutputDoesNotTakeIsNotSaidToBeDone() throws Exception {
    answer("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nwhole");
    PrintStream usual = System.out;
    System.setOut(new PrintStream(new FullDisk()));
    try {
      assertThat(catchThrowable(() -> get(null)))
          .isInstanceOfSatisfying(
              CommandFailure.class, failure -> assertThat(failure.exitCode()).isEqualTo(73));
    } finally {
      System.setOut(usual);
    }
  }

  @Test
  void aPageThatCannotBeHadLeavesNoFile() throws Exception {
    Path page = folder.resolve("page");
    Program.Result result = Within.run(
        "--router", "sam://127.0.0.1:1", "get", "-o", page.toString(), "http://example.i2p/");
    assertThat(result.code()).isEqualTo(69);
    assertThat(page).doesNotExist();
  }

  @Test
  void aPageThatIsNotWaitedForLeavesNoFile() throws Exception {
    Path page = folder.resolve("page");
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Program program = Program.start(
            Map.of(),
            "--router",
            "sam://127.0.0.1:" + silent.getLocalPort(),
            "get",
            "-o",
            page.toString(),
            "http://example.i2p/")) {
      silent.accept();
      assertThat(page).doesNotExist();
      assertThat(folder.resolve("page.part")).exists();
      program.terminate();
      assertThat(program.end().code()).isEqualTo(130);
      assertThat(folder).isEmptyDirectory();
    }
  }

  private int get(@Nullable Path file) throws Exception {
    Globals globals = new Globals();
    globals.router = network.uri().toString();
    GetCommand command = new GetCommand();
    command.url = "http://" + site.destination().base32().text() + "/";
    command.file = file;
    PrintStream nothing = new PrintStream(OutputStream.nullOutputStream());
    return command.run(globals, new Output(nothing, nothing, false, false), stop);
  }

  private void answer(String text) throws IOException {
    I2pAcceptor acceptor = site.listen(80);
    Thread.ofVirtual().start(() -> {
      try (I2pStream stream = acceptor.accept()) {
        // Closing before the request is there would fail its write.
        while (stream.input().read() != '\n' || stream.input().read() != '\r') {}
        stream.output().write(text.getBytes(StandardCharsets.US_ASCII));
      } catch (IOException e) {
        // the client had enough
      }
    });
  }

  /** A disk without room. */
  static final class FullDisk extends OutputStream {
    @Override
    public void write(int value) throws IOException {
      throw new IOException("No space left on device");
    }
  }
}
