package io.allium.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.allium.Destination;
import io.allium.DestinationKeys;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How many system calls a connect, 64 bytes there and back, and a close cost, beside those of the C program of the
 * benchmarks, both on their stub bridge. Calls that a runtime makes for itself are not counted.
 */
@RequiresI2pd("strace")
class SystemCallsTest {
  private static final int MORE = 4;
  private static final int FEW = 1000;
  private static final int MANY = 3000;
  private static final long LIMIT_SECONDS = 90;
  private static final Path SOURCES = Path.of("..", "benchmarks", "src", "main", "c");

  private static final String COUNTED =
      "trace=socket,connect,setsockopt,getsockopt,getsockname,getpeername,read,write,readv,"
          + "writev,sendto,recvfrom,sendmsg,recvmsg,close,dup2,dup3,shutdown,poll,ppoll,fcntl,ioctl,epoll_ctl,epoll_wait";

  @TempDir
  Path folder;

  private @Nullable Process stub;
  private int port;

  @BeforeEach
  void start() throws Exception {
    Process tracing = new ProcessBuilder("strace", "-o", "/dev/null", "true").start();
    assumeThat(tracing.waitFor()).as("this machine lets programs be traced").isZero();
    for (String program : List.of("stub", "raw")) {
      String source = SOURCES.resolve(program + ".c").toString();
      run(List.of("cc", "-O2", "-o", folder.resolve(program).toString(), source));
    }
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Process started = new ProcessBuilder(folder.resolve("stub").toString(), "" + port).start();
    stub = started;
    assertThat(started.inputReader().readLine()).isEqualTo("ready");
  }

  @AfterEach
  void stop() {
    if (stub != null) {
      stub.destroyForcibly();
    }
  }

  @Test
  void aConnectCostsFourMoreThanInC() throws Exception {
    double inC = perConnect(this::raw);
    double ours = perConnect(count -> ours(count, "platform"));
    double virtual = perConnect(count -> ours(count, "virtual"));
    System.out.printf(
        "system calls per connect: C %.2f, ours %.2f, on virtual threads %.2f%n",
        inC, ours, virtual);
    assertThat(inC).as("what C does").isBetween(8.0, 14.0);
    assertThat(ours).isLessThan(inC + MORE + 0.5);
  }

  private interface Connects {
    List<String> command(int count);
  }

  private double perConnect(Connects program) throws Exception {
    return (double) (calls(program.command(MANY)) - calls(program.command(FEW))) / (MANY - FEW);
  }

  private List<String> raw(int count) {
    String line = "STREAM CONNECT ID=allium DESTINATION=" + peer() + " TO_PORT=1\n";
    return List.of(folder.resolve("raw").toString(), "" + port, "connect", "" + count, line);
  }

  private static String peer() {
    try (DestinationKeys peer = DestinationKeys.generate()) {
      Destination destination = peer.destination();
      return destination.base64();
    }
  }

  private List<String> ours(int count, String threads) {
    return List.of(
        ProcessHandle.current().info().command().orElse("java"),
        "-cp",
        System.getProperty("java.class.path"),
        ManyConnects.class.getName(),
        "sam://127.0.0.1:" + port,
        "" + count,
        threads);
  }

  /** The last line of the table is the sum: share, seconds, microseconds a call, calls, maybe errors, "total". */
  private long calls(List<String> program) throws Exception {
    Path table = folder.resolve("calls");
    List<String> command =
        new ArrayList<>(List.of("strace", "-f", "-c", "-e", COUNTED, "-o", table.toString()));
    command.addAll(program);
    run(command);
    List<String> lines = Files.readAllLines(table);
    String total = lines.get(lines.size() - 1).strip();
    assertThat(total).endsWith("total");
    return Long.parseLong(total.split(" +")[3]);
  }

  private void run(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("output").toFile())
        .start();
    assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue())
        .as(Files.readString(folder.resolve("output")))
        .isZero();
  }
}
