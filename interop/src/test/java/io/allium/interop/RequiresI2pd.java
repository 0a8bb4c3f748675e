package io.allium.interop;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.ClassTemplate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Runs the tests of a class on real i2pd routers. They fail where what they need is not installed: only who asks for them
 * runs them.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag(RequiresI2pd.TAG)
@ClassTemplate
@ExtendWith({RequiresI2pd.Condition.class, RouterWatch.class})
@interface RequiresI2pd {
  /** By which the build tells these classes from those that run anywhere. */
  String TAG = "i2pd";

  /**
   * Which other programs the class needs.
   *
   * @return their names, which are those of their Debian packages, too
   */
  String[] value() default {};

  /** Looks for the programs. */
  final class Condition implements ExecutionCondition {
    private static final List<String> FOLDERS = Stream.concat(
            Stream.of(System.getenv().getOrDefault("PATH", "").split(":")),
            Stream.of("/usr/sbin", "/usr/local/sbin"))
        .toList();

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      List<String> missing = new ArrayList<>();
      String i2pd = System.getProperty("allium.i2pd", "");
      if (i2pd.isEmpty() ? absent("i2pd") : !Files.isExecutable(Path.of(i2pd))) {
        missing.add("i2pd");
      }
      if (absent("cc") && absent("gcc") && absent("clang")) {
        missing.add("gcc");
      }
      if (absent("python3")) {
        missing.add("python3");
      }
      AnnotationSupport.findAnnotation(context.getElement(), RequiresI2pd.class).stream()
          .flatMap(annotation -> Stream.of(annotation.value()))
          .filter(Condition::absent)
          .forEach(missing::add);
      if (missing.isEmpty()) {
        sayInTheEndWhatHappened(context);
        return ConditionEvaluationResult.enabled("everything is installed");
      }
      throw new IllegalStateException(
          "these tests need more programs: apt install " + String.join(" ", missing));
    }

    private static void sayInTheEndWhatHappened(ExtensionContext context) {
      AutoCloseable end = () -> System.out.println(TestNet.summary());
      context
          .getRoot()
          .getStore(Namespace.create(Condition.class))
          .computeIfAbsent("end", key -> end);
    }

    /** The program: the one that was asked for, else the installed one. */
    static String i2pd() {
      String asked = System.getProperty("allium.i2pd", "");
      return asked.isEmpty()
          ? FOLDERS.stream()
              .map(folder -> Path.of(folder, "i2pd"))
              .filter(Files::isExecutable)
              .findFirst()
              .map(Path::toString)
              .orElse("i2pd")
          : asked;
    }

    private static boolean absent(String program) {
      return FOLDERS.stream().noneMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
  }
}
