package io.allium.interop;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What the published jars offer is what {@code src/test/api} says, a file a package. The tests stand here because here all
 * jars are on the class path.
 */
class ApiTest {
  private static final Path BASELINE = Path.of("src/test/api");
  private static final boolean UPDATE = Boolean.getBoolean("allium.api.update");

  /** Not for programs: inner workings, and the programs themselves. */
  private static final List<String> NO_API =
      List.of("io.allium.cli", "io.allium.examples", "io.allium.interop", "io.allium.javanet");

  private static final Map<String, List<Class<?>>> PACKAGES = new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.allium")
          .stream()
          .filter(type -> !NO_API.contains(type.getPackageName()))
          .filter(type -> !type.getPackageName().contains(".internal"))
          // what is hidden may need libraries that are not here
          .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC)
              || type.getModifiers().contains(JavaModifier.PROTECTED))
          .<Class<?>>map(JavaClass::reflect)
          .filter(ApiText::isVisible)
          .collect(groupingBy(Class::getPackageName, TreeMap::new, toCollection(ArrayList::new)));

  @TestFactory
  Stream<DynamicTest> everyPackageOffersWhatItsFileSays() {
    return PACKAGES.entrySet().stream()
        .map(each ->
            DynamicTest.dynamicTest(each.getKey(), () -> compare(each.getKey(), each.getValue())));
  }

  private static void compare(String name, List<Class<?>> types) throws IOException {
    Path file = BASELINE.resolve(name + ".txt");
    String text = ApiText.of(types);
    if (UPDATE) {
      Files.createDirectories(BASELINE);
      Files.writeString(file, text);
    }
    assertThat(text)
        .as(
            "What %s offers to programs changed. If that is meant: -Dallium.api.update=true (see"
                + " CONTRIBUTING.md), look at the diff, and tell users in CHANGELOG.md",
            name)
        .isEqualTo(Files.exists(file) ? Files.readString(file) : "");
  }

  @Test
  void everyFileHasItsPackage() throws IOException {
    try (Stream<Path> files = Files.list(BASELINE)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(
              PACKAGES.keySet().stream().map(name -> name + ".txt").toList());
    }
  }
}
