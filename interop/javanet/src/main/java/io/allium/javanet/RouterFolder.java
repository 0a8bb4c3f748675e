package io.allium.javanet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where a router has its identity, its settings and its log. */
final class RouterFolder {
  /** How much of a log is worth reading after a failure. */
  private static final int LAST_LINES = 30;

  private static final int MOST_DELETES = 10;

  private static final String PING = "router.ping";

  private final Path base;
  private final Path config;

  RouterFolder(Path folder) {
    base = folder.resolve("base");
    config = folder.resolve("config");
  }

  /** Writes what a router takes for an installation. Exploratory settings are read from the file only. */
  void create(Map<String, String> settings) throws IOException {
    Files.createDirectories(base);
    Files.createDirectories(config);
    Files.writeString(base.resolve("hosts.txt"), "");
    Files.writeString(config.resolve("hosts.txt"), "");
    // Without any client application, a router prints a warning.
    Files.writeString(
        config.resolve("clients.config"), "clientApp.0.main=none\nclientApp.0.startOnLoad=false\n");
    Files.writeString(
        config.resolve("logger.config"),
        "logger.defaultLevel=ERROR\nlogger.displayOnScreen=false\n");
    Files.writeString(
        config.resolve("router.config"),
        settings.entrySet().stream()
            .map(setting -> setting.getKey() + "=" + setting.getValue() + "\n")
            .collect(Collectors.joining()));
  }

  /** What a router gets when it is made: where its folders are. A killed router's mark that it runs is taken away. */
  Properties properties() throws IOException {
    Files.deleteIfExists(config.resolve(PING));
    Properties properties = new Properties();
    properties.setProperty("i2p.dir.base", base.toString());
    properties.setProperty("i2p.dir.config", config.toString());
    properties.setProperty("i2p.dir.temp", config.resolve("tmp").toString());
    properties.setProperty(
        "router.configLocation", config.resolve("router.config").toString());
    return properties;
  }

  Path file(String name) {
    return config.resolve(name);
  }

  /** The last lines of the log, for a message about a failure. */
  String log() {
    try (Stream<Path> logs = Files.list(config.resolve("logs"))) {
      List<String> lines = logs.sorted().flatMap(RouterFolder::lines).toList();
      return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
    } catch (IOException e) {
      return "no log";
    }
  }

  private static Stream<String> lines(Path log) {
    try {
      return Files.readAllLines(log).stream();
    } catch (IOException e) {
      return Stream.empty();
    }
  }

  static void delete(Path folder) throws IOException {
    // A router's last threads may write one more file meanwhile.
    for (int attempt = 0; Files.exists(folder); attempt++) {
      try (Stream<Path> files = Files.walk(folder)) {
        files.sorted(Comparator.reverseOrder()).forEach(RouterFolder::deleteOne);
      } catch (UncheckedIOException e) {
        if (attempt == MOST_DELETES) {
          throw e.getCause();
        }
      }
    }
  }

  private static void deleteOne(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
