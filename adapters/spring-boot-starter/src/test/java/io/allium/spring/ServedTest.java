package io.allium.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.allium.DestinationKeys;
import io.allium.I2p;
import io.allium.I2pSession;
import io.allium.memory.MemoryNetwork;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What peers see of an application. */
class ServedTest {
  private final MemoryNetwork network = MemoryNetwork.create();

  @TempDir
  private Path folder;

  private I2p router;
  private I2pSession peer;

  @SuppressWarnings("NullAway.Init") // open() sets them before each test
  ServedTest() {}

  @BeforeEach
  void open() throws IOException {
    router = I2p.connect(network.uri());
    peer = router.open();
  }

  @AfterEach
  void close() {
    router.close();
    network.close();
  }

  @Test
  void aPageKnowsItsPeerAndNoSocketListens() throws IOException {
    try (Running site = Running.start(router, peer, Site.class)) {
      assertThat(site.get("/").body())
          .isEqualTo("Hello " + peer.destination().base32().text());
      assertThat(listeningSockets()).isEmpty();
    }
  }

  @Test
  void headersTellNothingOfTheMachine() throws IOException {
    try (Running site = Running.start(router, peer, Site.class)) {
      assertThat(site.get("/").headers())
          .extracting(header -> header.replaceFirst(":.*", ""))
          .containsExactlyInAnyOrder("Content-Type", "Content-Length");
      assertThat(site.get("/elsewhere").headers())
          .filteredOn(header -> header.startsWith("Location"))
          .containsExactly("Location: /");
    }
  }

  @Test
  void errorsTellNothingOfTheProgram() throws IOException {
    try (Running site = Running.start(router, peer, Site.class)) {
      Running.Answer fault = site.get("/fault");
      assertThat(fault.status()).isEqualTo(500);
      assertThat(fault.body()).doesNotContain("secret", "Exception", "timestamp", "at io.allium");
      assertThat(site.get("/nowhere").status()).isEqualTo(404);
    }
  }

  @Test
  void onlyListedPeersAreLetIn() throws IOException {
    String listed = "allium.server.peers=" + peer.destination().base32().text();
    try (Running site = Running.start(router, peer, Site.class, listed)) {
      assertThat(site.get("/").status()).isEqualTo(200);
    }
    try (Running site = Running.start(router, router.open(), Site.class, listed)) {
      assertThat(site.get("/").status()).isEqualTo(403);
      assertThat(site.get("/nowhere").body()).isEmpty();
    }
  }

  @Test
  void actuatorIsThereOnlyIfNamed() throws IOException {
    try (Running site = Running.start(router, peer, Site.class)) {
      assertThat(site.get("/actuator/health").status()).isEqualTo(404);
    }
    try (Running site = Running.start(
        router,
        router.open(),
        Site.class,
        "allium.server.actuator=health",
        "management.endpoint.health.show-details=always",
        "management.endpoints.web.exposure.include=*")) {
      assertThat(site.get("/actuator/health").body()).contains("\"i2p\"", "\"state\":\"ONLINE\"");
      assertThat(site.get("/actuator/info").status()).isEqualTo(404);
      assertThat(site.get("/actuator/env").status()).isEqualTo(404);
    }
  }

  @Test
  void infoTellsTheAddress() throws IOException {
    try (Running site = Running.start(
        router,
        peer,
        Site.class,
        "allium.server.actuator=info",
        "management.endpoints.web.exposure.include=info")) {
      assertThat(site.get("/actuator/info").body()).contains(site.host());
    }
  }

  @Test
  void metersAreBound() throws IOException {
    try (Running site = Running.start(router, peer, Site.class)) {
      assertThat(site.context().getBean(MeterRegistry.class).getMeters())
          .extracting(meter -> meter.getId().getName())
          .contains("io.allium.streams");
    }
  }

  @Test
  void everyPropertyIsDescribedForIdes() throws IOException {
    try (InputStream metadata = Objects.requireNonNull(AlliumProperties.class.getResourceAsStream(
        "/META-INF/spring-configuration-metadata.json"))) {
      assertThat(new String(metadata.readAllBytes(), StandardCharsets.UTF_8))
          .contains("allium.router", "allium.keys", "allium.server.peers", "allium.server.also-tcp")
          .contains("the file with the application's identity");
    }
  }

  @Test
  void aKeyFileKeepsTheAddress() throws IOException {
    Path file = folder.resolve("site.keys");
    String keys = "allium.keys=" + file;
    String host;
    try (Running site = Running.start(router, peer, Site.class, keys)) {
      host = site.host();
    }
    try (Running site = Running.start(router, router.open(), Site.class, keys);
        DestinationKeys saved = DestinationKeys.load(file)) {
      assertThat(site.host()).isEqualTo(host);
      assertThat(saved.destination().base32().text()).isEqualTo(host);
    }
  }

  @Test
  void restClientsFetchOverI2p() throws IOException {
    try (Running site = Running.start(router, peer, Site.class)) {
      I2pRestClients clients = site.context().getBean(I2pRestClients.class);
      String url = "http://" + site.host() + "/";
      String page = clients.builder().build().get().uri(url).retrieve().body(String.class);
      assertThat(page).isEqualTo("Hello " + site.host());
    }
  }

  /** Of this process; both tables tell every socket of the machine. */
  private static Set<String> listeningSockets() throws IOException {
    Set<String> listening;
    try (Stream<String> lines = Stream.of("/proc/self/net/tcp", "/proc/self/net/tcp6")
        .map(Path::of)
        .filter(Files::exists)
        .flatMap(ServedTest::lines)) {
      listening = lines
          .map(line -> line.strip().split("\\s+"))
          .filter(fields -> fields[3].equals("0A"))
          .map(fields -> "socket:[" + fields[9] + "]")
          .collect(Collectors.toSet());
    }
    try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
      Set<String> ours = descriptors.map(ServedTest::target).collect(Collectors.toSet());
      ours.retainAll(listening);
      return ours;
    }
  }

  private static Stream<String> lines(Path file) {
    try {
      return Files.readAllLines(file).stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException e) {
      return ""; // closed meanwhile
    }
  }
}
