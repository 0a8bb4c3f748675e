package io.allium.cli.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FolderTest {
  @TempDir
  Path temporary;

  private Path root;
  private Folder folder;

  @BeforeEach
  void open() throws IOException {
    root = Files.createDirectory(temporary.resolve("site"));
    folder = new Folder(root, Duration.ofSeconds(30));
  }

  @Test
  void onlyWhatIsMeantForEverybodyIsFound() throws Exception {
    Files.createDirectories(root.resolve(".well-known"));
    Files.writeString(root.resolve(".well-known/a"), "");
    Files.writeString(root.resolve(".well-known/.a"), "");
    Files.writeString(root.resolve(".hidden"), "");
    Files.createDirectories(root.resolve(".git"));
    Files.writeString(root.resolve(".git/config"), "");
    Files.createDirectories(root.resolve("sub/.well-known"));
    Files.writeString(root.resolve("sub/.well-known/a"), "");
    Files.writeString(root.resolve("sub/.htpasswd"), "");
    Files.writeString(root.resolve("sub/a.b"), "");
    Files.writeString(temporary.resolve("secret"), "");
    link("to-file", "sub/a.b");
    link("to-sub", "sub");
    link("sub/up", "..");
    link("out", temporary.resolve("secret").toString());
    link("out-folder", "..");
    link("to-hidden", ".hidden");
    link("nowhere", "none");
    link("circle", "circle");
    link("device", "/dev/zero");
    fifo(root.resolve("pipe"));
    List<String> there = List.of(
        ".well-known", ".well-known/a", "sub/a.b", "to-file", "to-sub/a.b", "to-sub", "sub/up");
    List<String> asked = new ArrayList<>(there);
    asked.addAll(List.of(".well-known/.a", ".hidden", ".git/config", "sub/.well-known/a"));
    asked.addAll(List.of("sub/.htpasswd", "out", "out-folder/secret", "to-hidden", "nowhere"));
    asked.addAll(List.of("circle", "pipe", "device", "none", "sub/a.b/c", "x".repeat(300)));
    List<String> found = new ArrayList<>();
    for (String path : asked) {
      if (folder.find(List.of(path.split("/"))).isPresent()) {
        found.add(path);
      }
    }
    assertThat(found).isEqualTo(there);
  }

  @Test
  void aListIsInOrderAndShowsWhatIsFound() throws Exception {
    Files.writeString(root.resolve("b"), "12");
    Files.writeString(root.resolve("a<&\".txt"), "123");
    Files.writeString(root.resolve(".hidden"), "");
    Files.createDirectory(root.resolve("z"));
    Files.createDirectory(root.resolve(".well-known"));
    Files.setLastModifiedTime(
        root.resolve("b"), FileTime.from(Instant.parse("2026-11-30T10:00:00Z")));
    link("out", temporary.toString());
    fifo(root.resolve("pipe"));
    Optional<Folder.Found> found = folder.find(List.of());
    Folder.Content content = folder.list(found.orElseThrow());
    assertThat(content.entries())
        .extracting(Folder.Found::name)
        .containsExactly(".well-known", "z", "a<&\".txt", "b");
    String page = Listing.of(RequestTarget.parse("/").orElseThrow(), content);
    assertThat(page)
        .contains(
            "<a href=\"./z/\">z/</a>", "<a href=\"./a%3C%26%22.txt\">a&lt;&amp;&quot;.txt</a>")
        .contains("<a href=\"./b\">b</a></td><td class=\"n\">2</td><td>2026-11-30 10:00</td>")
        .doesNotContain("../", "pipe", "hidden");
  }

  @Test
  void aListHasAnEnd() throws Exception {
    for (int i = 0; i <= Folder.MAX_LISTED; i++) {
      Files.createFile(root.resolve("f" + i));
    }
    Folder.Content content = folder.list(folder.find(List.of()).orElseThrow());
    assertThat(content.entries()).hasSize(Folder.MAX_LISTED);
    assertThat(Listing.of(RequestTarget.parse("/").orElseThrow(), content))
        .contains("There is more");
  }

  @ParameterizedTest
  @CsvSource({
    "a.html, text/html; charset=utf-8",
    "a.txt, text/plain; charset=utf-8",
    "A.CSS, text/css; charset=utf-8",
    "a.mjs, text/javascript; charset=utf-8",
    "a.woff2, font/woff2",
    "a.avif, image/avif",
    "favicon.ico, image/vnd.microsoft.icon",
    "a.xhtml, application/xhtml+xml",
    "a.svg, image/svg+xml",
    "a.wasm, application/wasm",
    "a.json, application/json",
    "a.tar.gz, application/gzip",
    "css, application/octet-stream",
    "a.unknown, application/octet-stream",
  })
  void browsersAreToldWhatAFileIs(String name, String type) {
    assertThat(ContentTypes.of(name)).isEqualTo(type);
  }

  private void link(String name, String target) throws IOException {
    Files.createSymbolicLink(root.resolve(name), Path.of(target));
  }

  private static void fifo(Path path) throws Exception {
    assertThat(new ProcessBuilder("mkfifo", path.toString()).start().waitFor()).isZero();
  }
}
