package io.allium.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.allium.DestinationKeys;
import io.allium.I2p;
import io.allium.I2pAcceptor;
import io.allium.I2pSession;
import io.allium.protocol.structures.SigningType;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlightRecordingTest {
  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  Path folder;

  @Test
  void whatASessionDoesIsRecordedWithAddressesShortened() throws Exception {
    try (Recording recording = new Recording();
        DestinationKeys keys = DestinationKeys.generate();
        MemoryNetwork network = MemoryNetwork.create();
        I2p i2p = I2p.connect(network.uri("one"))) {
      recording.enable("io.allium.*");
      recording.start();
      try (I2pSession session = i2p.open(keys);
          I2pAcceptor acceptor = session.listen(0)) {
        session.connect(session.destination()).close();
        acceptor.accept().close();
        i2p.resolve(session.destination().base32());
        network.restart("one");
        Async.await(() -> session.status().recovered() == 1);
      }
      recording.stop();
      Path file = folder.resolve("flight.jfr");
      recording.dump(file);
      List<RecordedEvent> events = RecordingFile.readAllEvents(file);
      assertThat(events)
          .extracting(event -> event.getEventType().getName())
          .contains(
              "io.allium.Open",
              "io.allium.Connect",
              "io.allium.Accept",
              "io.allium.Lookup",
              "io.allium.Recovery");
      assertThat(events)
          .filteredOn(event -> event.getEventType().getName().startsWith("io.allium."))
          .allSatisfy(event -> {
            assertThat(event.getString("outcome")).isEqualTo("ok");
            assertThat(event.getString("subject"))
                .contains(keys.destination().toString())
                .doesNotContain(keys.destination().base32().text());
          });
    }
  }

  @Test
  void aRuntimeWithoutTheRecorderDoesWithoutIt() throws Exception {
    Process process = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--limit-modules",
            "java.base,jdk.crypto.ec",
            "-cp",
            String.join(
                File.pathSeparator,
                classesOf(I2p.class),
                classesOf(MemoryNetwork.class),
                classesOf(SigningType.class),
                classesOf(FlightRecordingTest.class)),
            Small.class.getName())
        .redirectErrorStream(true)
        .start();
    String output = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(output).isEqualTo("done");
  }

  private static String classesOf(Class<?> type) throws Exception {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI())
        .toString();
  }

  /** A program on the smallest runtime. */
  static final class Small {
    private Small() {}

    public static void main(String[] args) throws Exception {
      try (I2p i2p = I2p.connect("memory:small");
          I2pSession session = i2p.open();
          I2pAcceptor acceptor = session.listen(0)) {
        session.connect(session.destination()).close();
        acceptor.accept().close();
        System.out.print("done");
      }
    }
  }
}
