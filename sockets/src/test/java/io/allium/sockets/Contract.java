package io.allium.sockets;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the methods of a class of {@code java.net} do, a row each, measured on the machine's network and on I2P. */
final class Contract {
  /** What is tried; its outcome as text. */
  interface Probe {
    String run(Ends ends) throws Exception;
  }

  /** What is done to a socket of either kind. */
  interface Change<S> {
    void on(S socket) throws IOException;
  }

  /** @param ours what I2P does where that differs by design; empty where both do the same */
  record Row(String method, Probe probe, String ours) {}

  private final Map<String, Row> rows = new LinkedHashMap<>();

  /** Both do the same. */
  Contract same(String method, Probe probe) {
    return differs(method, "", probe);
  }

  /** Ours does what is given; what the JDK does is another thing. */
  Contract differs(String method, String ours, Probe probe) {
    if (rows.put(method, new Row(method, probe, ours)) != null) {
      throw new IllegalArgumentException("two rows for " + method);
    }
    return this;
  }

  List<Row> rows() {
    return List.copyOf(rows.values());
  }

  /** Measures both, and compares. */
  static void check(Row row) throws Exception {
    try (Ends jdk = Ends.ofTheJdk();
        Ends i2p = Ends.ofI2p()) {
      String theirs = row.probe().run(jdk);
      String ours = row.probe().run(i2p);
      assertThat(ours)
          .as("on TCP: " + theirs)
          .isEqualTo(row.ours().isEmpty() ? theirs : row.ours());
      if (!row.ours().isEmpty()) {
        assertThat(theirs).as("no difference any more").isNotEqualTo(ours);
      }
    }
  }

  /** Every method that a program can call on an object of the class, and that the class itself declares. */
  static List<String> methodsOf(Class<?> type) {
    return Stream.of(type.getDeclaredMethods())
        .filter(method -> Modifier.isPublic(method.getModifiers()))
        .filter(method -> !Modifier.isStatic(method.getModifiers()))
        .map(Contract::signature)
        .distinct()
        .sorted()
        .toList();
  }

  /** The methods that ours inherits from the JDK's class as they are. */
  static List<String> inherited(Class<?> jdk, Class<?> ours) {
    List<String> all = new ArrayList<>();
    for (Method method : ours.getMethods()) {
      if (method.getDeclaringClass() == jdk && !Modifier.isStatic(method.getModifiers())) {
        all.add(signature(method));
      }
    }
    return all;
  }

  private static String signature(Method method) {
    return method.getName()
        + Arrays.stream(method.getParameterTypes())
            .map(Class::getSimpleName)
            .collect(Collectors.joining(",", "(", ")"));
  }

  /** What each call returned, or which exception it threw. */
  static String of(Callable<?>... calls) {
    return Arrays.stream(calls).map(Contract::outcome).collect(Collectors.joining(" "));
  }

  /** A call that returns nothing. */
  static <S> Callable<String> done(S socket, Change<S> change) {
    return () -> {
      change.on(socket);
      return "done";
    };
  }

  private static String outcome(Callable<?> call) {
    try {
      return String.valueOf(call.call());
    } catch (Exception e) {
      return e.getClass().getSimpleName();
    }
  }
}
