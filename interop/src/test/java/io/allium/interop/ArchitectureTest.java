package io.allium.interop;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.codeUnits;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The arrows of ARCHITECTURE.md, and those of its rules that can be read off the class files of all modules. */
class ArchitectureTest {
  private static final String[] PLATFORM = {
    "java..", "javax..", "com.sun.net.httpserver..", "org.jspecify.."
  };
  static final String[] API = {"io.allium", "io.allium.spi..", "io.allium.internal.."};

  /** What a module sees of the API: a provider the contract and its support, nobody the machinery. */
  private static final String[] PROGRAMS = {"io.allium", "io.allium.spi"};

  private static final String[] PROVIDERS = {"io.allium", "io.allium.spi.."};

  /** What an operator configures may be a name of the usual kind, so these look it up. Nothing else does. */
  private static final String[] RESOLVING = {
    "io.allium.cli.LocalAddress",
    "io.allium.proxy.internal.Sockets",
    "io.allium.spi.support.RouterAddress"
  };

  static final JavaClasses MAIN = new ClassFileImporter()
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
        .contains("io.allium.memory", "io.allium.sam", "io.allium.i2cp", "io.allium.tck")
        .contains("io.allium.proxy.forward", "io.allium.cli", "io.allium.examples")
        .contains("io.allium.guard", "io.allium.sockets")
        .contains("io.allium.okhttp", "io.allium.httpclient5", "io.allium.jetty")
        .contains("io.allium.junit", "io.allium.micrometer", "io.allium.spring")
        .contains("io.allium.proxy.http", "io.allium.proxy.socks", "io.allium.javanet");
    assertThat(TESTS.stream().map(JavaClass::getPackageName))
        .contains("io.allium", "io.allium.protocol.structures", "io.allium.protocol.sam")
        .contains("io.allium.memory", "io.allium.sam", "io.allium.junit", "io.allium.interop")
        .contains("io.allium.javanet");
  }

  @ParameterizedTest(name = "{0} sees {1}")
  @CsvSource({
    "io.allium.memory..,    io.allium.memory.. io.allium.protocol.structures..",
    "io.allium.sam..,       io.allium.sam.. io.allium.protocol..",
    "io.allium.i2cp..,      io.allium.i2cp.. io.allium.protocol..",
    "io.allium.tck..,       io.allium.tck.. io.allium.guard.. org.junit.jupiter.. org.assertj.. com.sun.management..",
  })
  void aProviderSeesTheContractAndWhatThePictureAllows(String module, String others) {
    sees(module, PROVIDERS, others);
  }

  @ParameterizedTest(name = "{0} sees {1}")
  @CsvSource({
    "io.allium.guard..,     io.allium.guard..",
    "io.allium.sockets..,   io.allium.sockets.. io.allium.guard.. jdk.net..",
    "io.allium.okhttp..,    io.allium.okhttp.. io.allium.sockets.. okhttp3..",
    "io.allium.httpclient5.., io.allium.httpclient5.. io.allium.sockets.. org.apache.hc..",
    "io.allium.proxy..,     io.allium.proxy.. org.apache.hc.core5..",
    "io.allium.jetty..,     io.allium.jetty.. org.eclipse.jetty..",
    "io.allium.examples..,  io.allium.examples.. io.allium.proxy.. io.allium.spring.. org.springframework..",
    "io.allium.junit..,     io.allium.junit.. io.allium.memory.. org.junit.jupiter.. org.junit.platform.commons..",
    "io.allium.micrometer.., io.allium.micrometer.. io.micrometer.core.instrument..",
    "io.allium.spring..,    io.allium.spring.. io.allium.jetty.. io.allium.httpclient5.. io.allium.micrometer.. io.allium.memory.."
        + " org.springframework.. org.eclipse.jetty.. org.apache.hc.. jakarta.servlet.. io.micrometer..",
  })
  void aProgramSeesTheApiAndWhatThePictureAllows(String module, String others) {
    sees(module, PROGRAMS, others);
  }

  private static void sees(String module, String[] api, String others) {
    classes()
        .that()
        .resideInAPackage(module)
        .should()
        .onlyDependOnClassesThat(resideInAnyPackage(PLATFORM)
            .or(resideInAnyPackage(api))
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
        .onlyDependOnClassesThat(resideInAnyPackage("java..", "javax.crypto..", "org.jspecify..")
            .or(resideInAnyPackage(others.split(" "))))
        .check(MAIN);
  }

  /** A runtime may lack the module. */
  @Test
  void oneClassAloneNamesTheFlightRecorder() {
    noClasses()
        .that()
        .haveNameNotMatching("io\\.allium\\.internal\\.JfrRecorder(\\$.*)?")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("jdk.jfr..")
        .check(MAIN);
  }

  @Test
  void onlyTheNetworkOfJavaRoutersUsesThem() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.allium.javanet..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("net.i2p..")
        .check(MAIN);
    classes()
        .that()
        .resideInAPackage("io.allium.javanet..")
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage("java..", "org.jspecify..", "io.allium.javanet..", "net.i2p.."))
        .check(MAIN);
  }

  /** The code of net.i2p is a second opinion about bytes, and an opponent in measurements. */
  @Test
  void fewTestsNameTheJavaRouter() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "io.allium.javanet..", "io.allium.protocol..", "io.allium.i2cp", "io.allium")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("net.i2p..")
        .check(TESTS);
  }

  /** The handles that programs hold; everything else in their package is a value. */
  private static final Set<String> HANDLE_NAMES = Set.of(
      "I2p",
      "I2pSession",
      "I2pStream",
      "StreamHandler",
      "I2pAcceptor",
      "DatagramPort",
      "SessionPool");

  /** The layers of the API, the lowest first. */
  private enum Layer {
    INTERNAL_VALUES,
    VALUES,
    SPI,
    SUPPORT,
    INTERNAL,
    HANDLES;

    static Layer of(JavaClass type) {
      return switch (type.getPackageName()) {
        case "io.allium.internal.values" -> INTERNAL_VALUES;
        case "io.allium.spi" -> SPI;
        case "io.allium.spi.support" -> SUPPORT;
        case "io.allium.internal" -> INTERNAL;
        case "io.allium" ->
          HANDLE_NAMES.contains(topLevel(type).getSimpleName()) ? HANDLES : VALUES;
        default -> throw new IllegalArgumentException("in no layer: " + type.getName());
      };
    }
  }

  static JavaClass topLevel(JavaClass type) {
    return type.getEnclosingClass().map(ArchitectureTest::topLevel).orElse(type);
  }

  @Test
  void eachLayerOfTheApiSeesOnlyThoseBeforeIt() {
    List<String> wrong = MAIN.stream()
        .filter(resideInAnyPackage(API))
        .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
        .filter(dependency -> resideInAnyPackage(API).test(dependency.getTargetClass()))
        .filter(dependency ->
            Layer.of(dependency.getOriginClass()).compareTo(Layer.of(dependency.getTargetClass()))
                < 0)
        .map(Dependency::getDescription)
        .toList();
    assertThat(wrong).isEmpty();
  }

  /** A handle has one private field, and nobody but its package makes one. */
  @Test
  void aHandleIsItsCoreAndNothingMore() {
    MAIN.stream()
        .filter(resideInAnyPackage("io.allium"))
        .filter(type -> HANDLE_NAMES.contains(type.getSimpleName()) && !type.isInterface())
        .forEach(handle -> {
          assertThat(handle.getFields().stream()
                  .filter(field -> !field.getModifiers().contains(JavaModifier.STATIC)))
              .as(handle.getName())
              .hasSize(1)
              .allMatch(field -> field.getModifiers().contains(JavaModifier.PRIVATE));
          assertThat(handle.getConstructors())
              .as(handle.getName())
              .noneMatch(maker -> maker.getModifiers().contains(JavaModifier.PUBLIC));
        });
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
        .doNotHaveFullyQualifiedName("io.allium.internal.SystemTime")
        .and()
        .doNotHaveFullyQualifiedName(
            "io.allium.internal.DatagramDecoder") // offline keys expire by it
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
            .and(target(nameMatching("get(AllByName|ByName|LocalHost)"))))
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
        .resideOutsideOfPackages("io.allium.cli..", "io.allium.examples..", "io.allium.javanet..")
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
        .that()
        .resideOutsideOfPackage(
            "io.allium.interop..") // what a router does in time is watched there
        .should()
        .callMethodWhere(target(owner(name("java.lang.Thread"))).and(target(name("sleep"))))
        .orShould()
        .callMethodWhere(target(owner(name("java.util.concurrent.locks.LockSupport")))
            .and(target(name("parkNanos"))))
        .check(TESTS);
    noClasses()
        .that()
        .resideInAPackage("io.allium.tck..")
        .should()
        .callMethodWhere(target(owner(name("java.lang.Thread"))).and(target(name("sleep"))))
        .orShould()
        .callMethodWhere(target(owner(name("java.util.concurrent.locks.LockSupport")))
            .and(target(name("parkNanos"))))
        .check(MAIN);
  }
}
