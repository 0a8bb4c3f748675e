package io.allium.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.allium.DestinationKeys;
import io.allium.SignatureType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** i2pd loads key files that we wrote, and we load those that it wrote. */
@RequiresI2pd
class ForeignKeysTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  @Test
  void keyFilesOfEveryTypeGoBothWays() throws Exception {
    try (TestNet net =
        TestNet.start(1, TestNet.FAST, "--no-check", "--floodfills", "0", "--loglevel", "info")) {
      Path folder = net.folder(0);
      Map<SignatureType, byte[]> ours = new EnumMap<>(SignatureType.class);
      Map<SignatureType, String> addresses = new EnumMap<>(SignatureType.class);
      StringBuilder tunnels = new StringBuilder();
      for (SignatureType type : SignatureType.values()) {
        try (DestinationKeys keys = DestinationKeys.create(folder.resolve(ours(type)), type)) {
          ours.put(type, Files.readAllBytes(folder.resolve(ours(type))));
          addresses.put(type, keys.destination().base32().text());
        }
        tunnels.append(server(ours(type), type)).append(server(theirs(type), type));
      }
      Files.writeString(folder.resolve("tunnels.conf"), tunnels);
      net.restart(0);
      until(
          folder,
          log ->
              addresses.values().stream().allMatch(address -> log.contains(address + " loaded")));
      for (SignatureType type : SignatureType.values()) {
        assertThat(folder.resolve(ours(type))).hasBinaryContent(ours.get(type));
        until(
            folder,
            log -> Files.exists(folder.resolve(theirs(type))) && log.contains(theirs(type)));
        try (DestinationKeys keys = DestinationKeys.load(folder.resolve(theirs(type)))) {
          assertThat(keys.signatureType()).isEqualTo(type);
          assertThat(keys.export()).isEqualTo(Files.readAllBytes(folder.resolve(theirs(type))));
          String address = keys.destination().base32().text();
          until(
              folder,
              log -> log.lines()
                  .anyMatch(line -> line.contains(theirs(type)) && line.contains(address)));
        }
      }
    }
  }

  private static String ours(SignatureType type) {
    return "ours-" + type.code() + ".dat";
  }

  private static String theirs(SignatureType type) {
    return "theirs-" + type.code() + ".dat";
  }

  /** A service that is never used: only its keys matter. */
  private static String server(String keys, SignatureType type) {
    return "[" + keys + "]\ntype = server\nhost = 127.0.0.1\nport = 9\nkeys = " + keys
        + "\nsignaturetype = " + type.code() + "\n";
  }

  private static void until(Path folder, Predicate<String> condition) throws IOException {
    Path file = folder.resolve("i2pd.log");
    long end = System.nanoTime() + LIMIT.toNanos();
    String log = "";
    do {
      log = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
      if (condition.test(log)) {
        return;
      }
      Thread.yield();
    } while (System.nanoTime() < end);
    assertThat(log).as("the log of i2pd says what it loaded").matches(condition);
  }
}
