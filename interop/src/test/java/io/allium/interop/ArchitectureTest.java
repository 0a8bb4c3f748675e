package io.allium.interop;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.codeUnits;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The arrows of ARCHITECTURE.md, and those of its rules that can be read off the class files of all modules. */
class ArchitectureTest {
  private static final String[] PLATFORM = {
    "java..", "javax..", "com.sun.net.httpserver..", "org.jspecify.."
  };
  private static final String[] API = {"io.allium", "io.allium.spi", "io.allium.internal.."};

  /** What an operator configures may be a name of the usual kind, so these look it up. Nothing else does. */
  private static final String[] RESOLVING = {
    "io.allium.cli.LocalAddress", "io.allium.proxy.forward.Sockets", "io.allium.sam.SamAddress"
  };

  private static final JavaClasses MAIN = new ClassFileImporter()
      .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
      .importPackages("io.allium");

  private static final JavaClasses TESTS = new ClassFileImporter().importPaths(compiledTests());

  private static List<Path> compiledTests() {
    try (Stream<Path> folders = Files.walk(Path.of(".."), 4)) {
      return folders.filter(folder -> folder.endsWith("target/test-classes")).toList();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A rule about nothing would hold. */
  @Test
  void allModulesAreSeen() {
    assertThat(MAIN.stream().map(JavaClass::getPackageName))
        .contains("io.allium", "io.allium.spi", "io.allium.internal.values")
        .contains("io.allium.protocol.structures", "io.allium.protocol.sam")
        .contains("io.allium.protocol.sam.state")
        .contains("io.allium.memory", "io.allium.sam", "io.allium.tck")
        .contains("io.allium.proxy.forward", "io.allium.cli", "io.allium.examples");
    assertThat(TESTS.stream().map(JavaClass::getPackageName))
        .contains("io.allium", "io.allium.protocol.structures", "io.allium.protocol.sam")
        .contains("io.allium.memory", "io.allium.sam", "io.allium.interop");
  }

  @ParameterizedTest(name = "{0} sees {1}")
  @CsvSource({
    "io.allium.memory..,    io.allium.memory..",
    "io.allium.sam..,       io.allium.sam.. io.allium.protocol..",
    "io.allium.tck..,       io.allium.tck.. org.junit.jupiter.. org.assertj.. com.sun.management..",
    "io.allium.proxy..,     io.allium.proxy..",
    "io.allium.examples..,  io.allium.examples.. io.allium.proxy..",
  })
  void aModuleSeesTheApiAndWhatThePictureAllows(String module, String others) {
    classes()
        .that()
        .resideInAPackage(module)
        .should()
        .onlyDependOnClassesThat(resideInAnyPackage(PLATFORM)
            .or(resideInAnyPackage(API))
            .or(resideInAnyPackage(others.split(" "))))
        .check(MAIN);
  }

  @Test
  void theApiSeesThePlatformAlone() {
    classes()
        .that()
        .resideInAnyPackage(API)
        .should()
        .onlyDependOnClassesThat(resideInAnyPackage(API)
            .or(resideInAnyPackage("io.allium.protocol.structures.."))
            .or(resideInAnyPackage("java..", "jdk.jfr..", "org.jspecify..")))
        .check(MAIN);
  }

  /** What bytes mean knows no type of the API, so that both sides of it may use it. */
  @ParameterizedTest(name = "{0} sees {1}")
  @CsvSource({
    "io.allium.protocol.structures.., io.allium.protocol.structures..",
    "io.allium.protocol.sam.., io.allium.protocol.sam.. io.allium.protocol.structures..",
  })
  void aProtocolSeesNoTypeOfTheApi(String protocol, String others) {
    classes()
        .that()
        .resideInAPackage(protocol)
        .should()
        .onlyDependOnClassesThat(resideInAnyPackage("java..", "org.jspecify..")
            .or(resideInAnyPackage(others.split(" "))))
        .check(MAIN);
  }

  /** A runtime may lack the module. */
  @Test
  void oneClassAloneNamesTheFlightRecorder() {
    noClasses()
        .that()
        .haveNameNotMatching("io\\.allium\\.FlightRecorder(\\$.*)?")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("jdk.jfr..")
        .check(MAIN);
  }

  @Test
  void nothingUsesTheJavaRouter() {
    noClasses().should().dependOnClassesThat().resideInAPackage("net.i2p..").check(MAIN);
  }

  @Test
  void noPackagesDependOnEachOtherInACircle() {
    slices().assignedFrom(new Packages()).should().beFreeOfCycles().check(MAIN);
  }

  /** Each package is a slice, only those of the API are one: its types are the values of its provider interfaces. */
  private static final class Packages implements SliceAssignment {
    @Override
    public SliceIdentifier getIdentifierOf(JavaClass type) {
      String folder = type.getPackageName();
      boolean api = folder.equals("io.allium")
          || folder.equals("io.allium.spi")
          || folder.startsWith("io.allium.internal");
      return SliceIdentifier.of(api ? "the API" : folder);
    }

    @Override
    public String getDescription() {
      return "packages";
    }
  }

  @Test
  void protocolsArePure() {
    noClasses()
        .that()
        .resideInAPackage("io.allium.protocol..")
        .should()
        .dependOnClassesThat(resideInAnyPackage(
                "java.net..", "java.nio.channels..", "java.nio.file..", "java.util.concurrent..")
            .or(resideInAnyPackage("java.time..").and(nameMatching(".*Clock")))
            .or(name("java.lang.Thread")))
        .orShould()
        .callMethodWhere(target(owner(name("java.lang.System")))
            .and(target(nameMatching("(nano|currentTimeM).*"))))
        .orShould()
        .callMethodWhere(target(owner(name("java.time.Instant"))).and(target(nameMatching("now"))))
        .check(MAIN);
  }

  /** It may be set at any moment, back or forth: no deadline goes by it. One class looks for jumps of it, one prints it. */
  @Test
  void onlyListedClassesReadTheWallClock() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("io.allium.spi.SystemTime")
        .and()
        .resideOutsideOfPackage("io.allium.examples..") // a clock among them
        .and()
        .doNotHaveFullyQualifiedName("io.allium.cli.StatusCommand")
        .should()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethodWhere(target(owner(nameMatching("java\\.time\\..*"))).and(target(name("now"))))
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.time.Clock")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.util.Date")
        .check(MAIN);
  }

  @Test
  void onlyListedClassesLookUpHostNames() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName(RESOLVING[0])
        .and()
        .doNotHaveFullyQualifiedName(RESOLVING[1])
        .and()
        .doNotHaveFullyQualifiedName(RESOLVING[2])
        .should()
        .callMethodWhere(target(owner(name("java.net.InetAddress")))
            .and(target(nameMatching("get(AllBy|By|Local).*"))))
        .orShould()
        .callMethodWhere(target(owner(nameMatching("java\\.net\\.Inet[46]Address")))
            .and(target(name("getByName"))))
        .orShould()
        .callMethodWhere(
            target(owner(name("java.net.URL"))).and(target(nameMatching("hashCode|equals|open.*"))))
        .orShould()
        .callConstructor(java.net.InetSocketAddress.class, String.class, int.class)
        .orShould()
        .callConstructor(java.net.Socket.class, String.class, int.class)
        .orShould()
        .callConstructor(
            java.net.Socket.class, String.class, int.class, InetAddress.class, int.class)
        .check(MAIN);
  }

  @Test
  void onlyProgramsPrint() {
    noClasses()
        .that()
        .resideOutsideOfPackages("io.allium.cli..", "io.allium.examples..")
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .check(MAIN);
  }

  @Test
  void locksAreOnesAThreadCanWaitForWithALimit() {
    codeUnits().should().notHaveModifier(JavaModifier.SYNCHRONIZED).check(MAIN);
  }

  @Test
  void noTestSleeps() {
    noClasses()
        .should()
        .callMethodWhere(target(owner(name("java.lang.Thread"))).and(target(name("sleep"))))
        .check(TESTS);
    noClasses()
        .that()
        .resideInAPackage("io.allium.tck..")
        .should()
        .callMethodWhere(target(owner(name("java.lang.Thread"))).and(target(name("sleep"))))
        .check(MAIN);
  }
}
