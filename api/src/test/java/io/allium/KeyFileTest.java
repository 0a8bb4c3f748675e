package io.allium;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyFileTest {
  @TempDir
  Path directory;

  @Test
  void loadOrCreateKeepsTheDestination() throws I2pException {
    Path file = directory.resolve("service.keys");
    try (DestinationKeys first = DestinationKeys.loadOrCreate(file, SignatureType.RED25519);
        DestinationKeys second = DestinationKeys.loadOrCreate(file)) {
      assertThat(second.export()).isEqualTo(first.export());
      assertThat(second.signatureType()).isEqualTo(SignatureType.RED25519);
    }
    assertThat(names()).containsExactly("service.keys");
  }

  @Test
  void onlyTheOwnerMayReadANewFile() throws IOException {
    Path file = directory.resolve("service.keys");
    DestinationKeys.loadOrCreate(file).close();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void nothingIsOverwritten() throws IOException {
    Path file = directory.resolve("precious");
    Files.writeString(file, "precious");
    Expect.error(
        ErrorKind.CONFIG_INVALID, () -> DestinationKeys.create(file, SignatureType.ED25519));
    try (DestinationKeys keys = DestinationKeys.generate()) {
      I2pException error = Expect.error(ErrorKind.CONFIG_INVALID, () -> keys.save(file));
      assertThat(error)
          .hasMessageContaining(file.toString())
          .hasMessageContaining("not overwritten");
    }
    Expect.error(ErrorKind.KEY_INVALID, () -> DestinationKeys.loadOrCreate(file));
    assertThat(file).hasContent("precious");
    assertThat(names()).containsExactly("precious");
  }

  @Test
  void aDamagedFileIsNamed() throws IOException {
    Path file = directory.resolve("service.keys");
    try (DestinationKeys keys = DestinationKeys.generate()) {
      for (int length : new int[] {0, 100, 391, 646, 678}) {
        Files.write(file, Arrays.copyOf(keys.export(), length));
        I2pException error = Expect.error(ErrorKind.KEY_INVALID, () -> DestinationKeys.load(file));
        assertThat(error).hasMessageContaining(file.toString()).hasMessageContaining("backup");
        Expect.error(ErrorKind.KEY_INVALID, () -> DestinationKeys.loadOrCreate(file));
        assertThat(Files.size(file)).isEqualTo(length);
      }
    }
  }

  @Test
  void aLargeFileIsNotRead() throws IOException {
    Path file = directory.resolve("video");
    Files.write(file, new byte[8193]);
    I2pException error = Expect.error(ErrorKind.KEY_INVALID, () -> DestinationKeys.load(file));
    assertThat(error).hasMessageContaining("too large").hasMessageContaining(file.toString());
  }

  @Test
  void whatCannotBeAKeyFileIsAConfigurationError() throws IOException {
    Path missing = directory.resolve("missing");
    assertThat(Expect.error(ErrorKind.CONFIG_INVALID, () -> DestinationKeys.load(missing)))
        .hasMessageContaining(missing.toString());
    Path nowhere = directory.resolve("no/such/directory/keys");
    assertThat(Expect.error(ErrorKind.CONFIG_INVALID, () -> DestinationKeys.loadOrCreate(nowhere)))
        .hasMessageContaining("directory does not exist");
    Expect.error(ErrorKind.CONFIG_INVALID, () -> DestinationKeys.load(directory));
    Expect.error(ErrorKind.CONFIG_INVALID, () -> DestinationKeys.loadOrCreate(directory));
    Expect.error(ErrorKind.CONFIG_INVALID, () -> DestinationKeys.loadOrCreate(Path.of("/")));
    Path dangling = Files.createSymbolicLink(directory.resolve("dangling"), missing);
    Expect.error(ErrorKind.CONFIG_INVALID, () -> DestinationKeys.loadOrCreate(dangling));
    assertThat(missing).doesNotExist();
    assertThat(names()).containsExactly("dangling");
  }

  @Test
  void aLinkToAKeyFileIsFollowed() throws IOException {
    Path file = directory.resolve("real");
    Path link = Files.createSymbolicLink(directory.resolve("link"), file);
    try (DestinationKeys keys = DestinationKeys.create(file, SignatureType.ED25519);
        DestinationKeys loaded = DestinationKeys.loadOrCreate(link)) {
      assertThat(loaded.destination()).isEqualTo(keys.destination());
    }
  }

  @Test
  void anInterruptIsReportedAndLeavesNothingBehind() throws IOException {
    Path file = directory.resolve("service.keys");
    try (DestinationKeys keys = DestinationKeys.generate()) {
      Thread.currentThread().interrupt();
      Expect.error(ErrorKind.INTERRUPTED, () -> keys.save(file));
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(names()).isEmpty();
  }

  @Test
  void threadsThatStartAtOnceGetTheSameDestination() throws Exception {
    int count = 16;
    for (int round = 0; round < 20; round++) {
      Path file = directory.resolve("keys" + round);
      CountDownLatch start = new CountDownLatch(1);
      Callable<Destination> task = () -> {
        start.await();
        try (DestinationKeys keys = DestinationKeys.loadOrCreate(file)) {
          return keys.destination();
        }
      };
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        List<Future<Destination>> results = new ArrayList<>();
        for (int i = 0; i < count; i++) {
          results.add(threads.submit(task));
        }
        start.countDown();
        Set<Destination> destinations = new HashSet<>();
        for (Future<Destination> result : results) {
          destinations.add(result.get(30, TimeUnit.SECONDS));
        }
        assertThat(destinations).hasSize(1);
      }
    }
    assertThat(names()).hasSize(20).allMatch(name -> name.startsWith("keys"));
  }

  @Test
  void processesThatStartAtOnceGetTheSameDestination() throws Exception {
    Path file = directory.resolve("service.keys");
    List<Process> processes = List.of(start("", file), start("", file), start("", file));
    Set<String> destinations = new HashSet<>();
    for (Process process : processes) {
      destinations.add(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }
    try (DestinationKeys keys = DestinationKeys.load(file)) {
      assertThat(destinations).containsExactly(keys.destination().base64());
    }
    assertThat(names()).containsExactly("service.keys");
  }

  /** Of a file that is longer than 512 bytes, none is written, or the first 512. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void aDiskThatIsFullLeavesNothingBehind(int blocks) throws Exception {
    Path file = directory.resolve("service.keys");
    Path old = directory.resolve("old.keys");
    DestinationKeys.loadOrCreate(old).close();
    byte[] before = Files.readAllBytes(old);
    assertThat(before).hasSizeGreaterThan(512);
    Process process = start("ulimit -f " + blocks + "; ", file);
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(output).startsWith("CONFIG_INVALID").contains("Cannot make the key file " + file);
    assertThat(names()).containsExactly("old.keys");
    assertThat(old).hasBinaryContent(before);
  }

  private static Process start(String limits, Path file) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    // Without -XX:-UsePerfData the runtime itself writes a file.
    return new ProcessBuilder(
            "sh",
            "-c",
            limits + "exec \"$@\"",
            "sh",
            java,
            "-XX:-UsePerfData",
            "-cp",
            System.getProperty("java.class.path"),
            LoadOrCreate.class.getName(),
            file.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private List<String> names() {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.toFile()).map(File::getName).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A program that prints the destination in a key file, or the kind and text of its error. */
  static final class LoadOrCreate {
    private LoadOrCreate() {}

    public static void main(String[] arguments) {
      try (DestinationKeys keys = DestinationKeys.loadOrCreate(Path.of(arguments[0]))) {
        System.out.print(keys.destination().base64());
      } catch (I2pException e) {
        System.out.print(e.kind() + " " + e.getMessage());
      }
    }
  }
}
