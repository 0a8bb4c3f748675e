package io.allium.interop;

import static java.util.stream.Collectors.joining;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.TypeVariable;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What programs can see of classes, as text: a line a class, a line a member, sorted, so that a change is a short diff. */
final class ApiText {
  private static final Set<String> OF_EVERY_OBJECT = Set.of("equals", "hashCode", "toString");
  private static final Set<String> OF_EVERY_ENUM = Set.of("values", "valueOf");
  private static final Set<Class<?>> UNSAID = Set.of(Object.class, Enum.class, Record.class);
  private static final int SAID =
      Modifier.PUBLIC | Modifier.PROTECTED | Modifier.STATIC | Modifier.ABSTRACT | Modifier.FINAL;

  private ApiText() {}

  static boolean isVisible(Class<?> type) {
    Class<?> outer = type.getDeclaringClass();
    return isVisible(type.getModifiers()) && (outer == null || isVisible(outer));
  }

  private static boolean isVisible(int modifiers) {
    return (modifiers & (Modifier.PUBLIC | Modifier.PROTECTED)) != 0;
  }

  static String of(Collection<Class<?>> types) {
    return types.stream()
        .filter(ApiText::isVisible)
        .sorted(Comparator.comparing(Class::getName))
        .map(ApiText::of)
        .collect(joining("\n"));
  }

  private static String of(Class<?> type) {
    Stream<String> fields = visible(type.getDeclaredFields()).map(ApiText::field);
    Stream<String> constructors = visible(type.getDeclaredConstructors())
        .map(each -> deprecated(each) + executable(each, type.getSimpleName()));
    Stream<String> methods = visible(type.getDeclaredMethods())
        .filter(each -> !(type.isEnum() && OF_EVERY_ENUM.contains(each.getName())))
        .filter(each -> !OF_EVERY_OBJECT.contains(each.getName()))
        .map(ApiText::method);
    String members = Stream.of(fields, constructors, methods)
        .flatMap(Function.identity())
        .map(member -> "  " + member + "\n")
        .sorted()
        .collect(joining());
    String text = head(type) + "\n" + members;
    return text.replace("@org.jspecify.annotations.Nullable()", "@Nullable")
        .replaceAll("\\bjava\\.lang\\.(?=[A-Z])", "")
        .replaceAll("\\b" + Pattern.quote(type.getPackageName() + ".") + "(?=[A-Z])", "");
  }

  private static <M extends Member> Stream<M> visible(M[] members) {
    return Arrays.stream(members)
        .filter(member -> isVisible(member.getModifiers()) && !member.isSynthetic());
  }

  private static String head(Class<?> type) {
    AnnotatedType parent = type.getAnnotatedSuperclass();
    boolean heir = parent != null && !UNSAID.contains(type.getSuperclass());
    Class<?>[] permitted = type.isSealed() ? type.getPermittedSubclasses() : new Class<?>[0];
    return deprecated(type)
        // newer JDKs say it, older ones do not; what is permitted says it too
        + type.toGenericString().replaceFirst(" (non-)?sealed ", " ")
        + list(" extends ", heir ? List.of(parent) : List.of(), AnnotatedType::toString)
        + list(" implements ", List.of(type.getAnnotatedInterfaces()), AnnotatedType::toString)
        + list(" permits ", List.of(permitted), Class::getName);
  }

  private static String field(Field field) {
    return deprecated(field)
        + modifiers(field)
        + field.getAnnotatedType()
        + " "
        + field.getName()
        + constant(field);
  }

  /** Compilers copy it into the programs that use it. */
  private static String constant(Field field) {
    boolean copied = field.getType().isPrimitive() || field.getType() == String.class;
    if (!copied || !Modifier.isStatic(field.getModifiers())) {
      return "";
    }
    try {
      return " = " + field.get(null);
    } catch (IllegalAccessException e) {
      return " of a class that nobody sees";
    }
  }

  private static String method(Method method) {
    String name = (method.isDefault() ? "default " : "") + method.getAnnotatedReturnType() + " "
        + method.getName();
    return deprecated(method) + executable(method, name);
  }

  private static String executable(Executable of, String name) {
    String parameters = list("", List.of(of.getAnnotatedParameterTypes()), AnnotatedType::toString);
    return modifiers(of)
        + (of.getTypeParameters().length == 0
            ? ""
            : list("<", List.of(of.getTypeParameters()), ApiText::typeVariable) + "> ")
        + name
        + "("
        + (of.isVarArgs() ? parameters.replaceAll("\\[]$", "...") : parameters)
        + ")"
        + list(" throws ", List.of(of.getAnnotatedExceptionTypes()), AnnotatedType::toString);
  }

  private static String typeVariable(TypeVariable<?> variable) {
    return variable
        + Arrays.stream(variable.getAnnotatedBounds())
            .map(AnnotatedType::toString)
            .filter(bound -> !bound.equals("java.lang.Object"))
            .collect(joining(" & "))
            .replaceFirst("^(?=.)", " extends ");
  }

  private static <T> String list(String before, List<T> parts, Function<T, String> text) {
    return parts.isEmpty() ? "" : before + parts.stream().map(text).collect(joining(", "));
  }

  private static String modifiers(Member member) {
    String text = Modifier.toString(member.getModifiers() & SAID);
    return text.isEmpty() ? "" : text + " ";
  }

  private static String deprecated(AnnotatedElement element) {
    return element.isAnnotationPresent(Deprecated.class) ? "@Deprecated " : "";
  }
}
