package io.allium.benchmarks;

import io.allium.javanet.JavaNetworkMain;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A private network of Java routers in a process of its own, so that what it costs is not counted here. */
final class JavaRouters implements Killable, AutoCloseable {
  private static final Pattern ROUTER = Pattern.compile("router [0-9]+ i2cp=(\\S+)");
  private static final long PATIENCE = 30;

  private final Process process;
  private final BufferedReader output;
  private final Writer commands;
  private final List<String> i2cp = new ArrayList<>();

  private JavaRouters(Process process) {
    this.process = process;
    output = process.inputReader();
    commands = process.outputWriter();
  }

  /** Returns once all of them have tunnels. */
  static JavaRouters start(int count) throws IOException {
    JavaRouters routers = new JavaRouters(new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-Xmx512m",
            "-cp",
            System.getProperty("java.class.path"),
            JavaNetworkMain.class.getName(),
            Integer.toString(count))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start());
    try {
      for (String line = routers.line(); !line.equals("ready"); line = routers.line()) {
        Matcher router = ROUTER.matcher(line);
        if (router.matches()) {
          routers.i2cp.add("i2cp://" + router.group(1));
        }
      }
      return routers;
    } catch (IOException e) {
      routers.process.destroyForcibly();
      throw e;
    }
  }

  /** Where a router serves I2CP. */
  String i2cp(int router) {
    return i2cp.get(router);
  }

  @Override
  public void kill(int router) throws IOException {
    command("kill " + router);
  }

  @Override
  public void restart(int router) throws IOException {
    command("restart " + router);
  }

  private void command(String command) throws IOException {
    commands.write(command + "\n");
    commands.flush();
    String answer = line();
    if (!answer.equals("done")) {
      throw new IOException("the Java routers did not " + command + ": " + answer);
    }
  }

  private String line() throws IOException {
    String line = output.readLine();
    if (line == null) {
      throw new IOException("the Java routers have ended");
    }
    return line;
  }

  @Override
  public void close() throws IOException, InterruptedException {
    commands.close(); // the end of its input ends it
    if (!process.waitFor(PATIENCE, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }
}
