package io.allium.interop;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Nothing of the main code depends on itself around a corner. */
class CirclesTest {
  /**
   * A provider and the suite are one thing each: within them, a part may know the whole. An annotation of JUnit's names the
   * extension that reads it.
   */
  @Test
  void noClassesSeeEachOtherInACircle() {
    slices()
        .assignedFrom(new Families())
        .should()
        .beFreeOfCycles()
        .check(ArchitectureTest.MAIN.that(resideInAnyPackage(
                "io.allium.memory..",
                "io.allium.sam..",
                "io.allium.i2cp..",
                "io.allium.tck..",
                "io.allium.junit..")
            .negate()
            .as("no provider")));
  }

  @Test
  void noPackagesDependOnEachOtherInACircle() {
    slices().assignedFrom(new Packages()).should().beFreeOfCycles().check(ArchitectureTest.MAIN);
  }

  /** Each package is a slice; those of the API are one, in which layers hold instead. */
  private static final class Packages implements SliceAssignment {
    @Override
    public SliceIdentifier getIdentifierOf(JavaClass type) {
      return SliceIdentifier.of(
          resideInAnyPackage(ArchitectureTest.API).test(type) ? "the API" : type.getPackageName());
    }

    @Override
    public String getDescription() {
      return "packages";
    }
  }

  /** Each top-level class is a slice; sealed types and those that they permit are one, also where two share a member. */
  private static final class Families implements SliceAssignment {
    private final Map<String, String> parents = new HashMap<>();

    Families() {
      ArchitectureTest.MAIN.stream()
          .filter(resideInAnyPackage("io.allium.spring..")
              .negate()) // needs libraries that are not here
          .map(JavaClass::reflect)
          .filter(Class::isSealed)
          .forEach(family -> {
            for (Class<?> member : family.getPermittedSubclasses()) {
              parents.put(
                  root(member.getNestHost().getName()),
                  root(family.getNestHost().getName()));
            }
          });
    }

    private String root(String type) {
      String above = parents.getOrDefault(type, type);
      return above.equals(type) ? type : root(above);
    }

    @Override
    public SliceIdentifier getIdentifierOf(JavaClass type) {
      return SliceIdentifier.of(root(ArchitectureTest.topLevel(type).getName()));
    }

    @Override
    public String getDescription() {
      return "classes";
    }
  }
}
