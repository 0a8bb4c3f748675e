package io.allium.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * Lives over I2CP on a network of Java routers and on one of i2pd, with datagrams both ways on each. Every minute a router is
 * killed, and started again two seconds later: each router with a session of ours every four minutes. Writes a line of figures
 * every ten seconds. Fails when a session is not back in the end, when a network carried nothing from one kill of the asking
 * router to the next, when a payload is wrong, or when something grows. Arguments: minutes, the file of the figures, the folder
 * of i2pd's network, its script, two SAM bridges, which have I2CP two ports below.
 */
public final class I2cpSoak {
  private static final Duration KILL_EVERY = Duration.ofMinutes(1);
  private static final Duration AWAY = Duration.ofSeconds(2);
  private static final Duration SAMPLE_EVERY = Duration.ofSeconds(10);
  private static final Duration BACK = Duration.ofMinutes(2);
  private static final Duration MOMENT = Duration.ofMillis(5);

  /** What later thirds of the run may have more than the one after the start: chance, and what the runtime itself makes. */
  private static final long MORE_THREADS = 2;

  private static final long MORE_DESCRIPTORS = 2;
  private static final long MORE_KILOBYTES = 512;

  private static final int JAVA_ROUTERS = 6;

  /** A floodfill, and another one. */
  private static final int[] JAVA_VICTIMS = {0, 4};

  private static final int[] I2PD_VICTIMS = {0, 1};

  /** One network, and which of its routers have the sessions of its lane. */
  private static final class Scene {
    final I2cpLane lane;
    private final Killable network;
    private final int[] routers;
    private final List<Long> millisBack = new ArrayList<>();
    private int kills;
    private long answeredBefore;
    private int deaf;

    Scene(I2cpLane lane, Killable network, int... routers) {
      this.lane = lane;
      this.network = network;
      this.routers = routers;
    }

    void kill() throws IOException, InterruptedException {
      int which = kills % routers.length;
      if (which == 0) {
        deaf += kills > 0 && lane.answered() == answeredBefore ? 1 : 0;
        answeredBefore = lane.answered();
      }
      kills++;
      var session = lane.sessions().get(which);
      long before = session.status().recovered();
      network.kill(routers[which]);
      Thread.sleep(AWAY);
      long up = System.nanoTime();
      network.restart(routers[which]);
      while (session.status().recovered() == before && System.nanoTime() - up < BACK.toNanos()) {
        Thread.sleep(MOMENT);
      }
      millisBack.add(Duration.ofNanos(System.nanoTime() - up).toMillis());
    }

    /** Prints, and tells whether all went well. */
    boolean report() {
      lane.sessions().forEach(session -> System.out.println(session + " " + session.status()));
      System.out.println(lane.name() + ": routers killed " + kills
          + "; ms from the start of a router to the session's return "
          + millisBack.stream().sorted().toList());
      System.out.println(lane.name() + ": recovered " + lane.recovered() + ", sent " + lane.sent()
          + ", answered " + lane.answered() + ", wrong " + lane.wrong()
          + ", rounds of kills without an answer " + deaf);
      return lane.isOnline() && deaf == 0 && lane.wrong() == 0 && lane.answered() > 0;
    }
  }

  private final Routers i2pd;
  private final List<Scene> scenes;
  private final List<Sample> samples = new ArrayList<>();

  private I2cpSoak(Routers i2pd, List<Scene> scenes) {
    this.i2pd = i2pd;
    this.scenes = scenes;
  }

  /** Runs it. */
  public static void main(String[] args) throws Exception {
    Routers i2pd = new Routers(Path.of(args[3]), Path.of(args[2]));
    try (JavaRouters java = JavaRouters.start(JAVA_ROUTERS);
        I2cpLane onJava =
            I2cpLane.open("Java", java.i2cp(JAVA_VICTIMS[0]), java.i2cp(JAVA_VICTIMS[1]), 1);
        I2cpLane onI2pd = I2cpLane.open("i2pd", Routers.i2cp(args[4]), Routers.i2cp(args[5]), 0);
        PrintStream out = new PrintStream(Files.newOutputStream(Path.of(args[1])))) {
      new I2cpSoak(
              i2pd,
              List.of(new Scene(onJava, java, JAVA_VICTIMS), new Scene(onI2pd, i2pd, I2PD_VICTIMS)))
          .run(Duration.ofMinutes(Integer.parseInt(args[0])), out);
    }
  }

  private void run(Duration length, PrintStream out) throws IOException, InterruptedException {
    out.println("seconds,datagrams,answered,recovered," + Sample.HEAD);
    long start = System.nanoTime();
    long nextKill = start + KILL_EVERY.toNanos();
    int kills = 0;
    while (System.nanoTime() - start < length.toNanos()) {
      Thread.sleep(SAMPLE_EVERY);
      if (System.nanoTime() > nextKill) {
        scenes.get(kills++ % scenes.size()).kill();
        nextKill += KILL_EVERY.toNanos();
      }
      i2pd.restartTheDead();
      Sample sample = Sample.take();
      samples.add(sample);
      out.println(Duration.ofNanos(System.nanoTime() - start).toSeconds() + ","
          + sum(I2cpLane::sent) + "," + sum(I2cpLane::answered) + "," + sum(I2cpLane::recovered)
          + "," + sample);
      out.flush();
    }
    awaitAll();
    boolean well = true;
    for (Scene scene : scenes) {
      well &= scene.report();
    }
    System.out.println("i2pd routers that died by themselves: " + i2pd.foundDead());
    well &= isFlat("threads", Sample::threads, MORE_THREADS);
    well &= isFlat("descriptors", Sample::descriptors, MORE_DESCRIPTORS);
    well &= isFlat("heap KB", Sample::heapKilobytes, MORE_KILOBYTES);
    if (!well) {
      throw new IllegalStateException("the soak failed: see above");
    }
  }

  private long sum(ToLongFunction<I2cpLane> what) {
    return scenes.stream().mapToLong(scene -> what.applyAsLong(scene.lane)).sum();
  }

  private void awaitAll() throws InterruptedException {
    long end = System.nanoTime() + BACK.toNanos();
    while (System.nanoTime() < end && !scenes.stream().allMatch(scene -> scene.lane.isOnline())) {
      Thread.sleep(MOMENT);
    }
  }

  /** Compares the median of the last third with that of the first third, without the beginning of that. */
  private boolean isFlat(String name, ToLongFunction<Sample> figure, long mayGrow) {
    int third = samples.size() / 3;
    double early = median(figure, third / 3, third);
    double late = median(figure, samples.size() - third, samples.size());
    System.out.printf(
        "%s: median %.0f in the first third, %.0f in the last; %d to %d in all%n",
        name,
        early,
        late,
        samples.stream().mapToLong(figure).min().orElseThrow(),
        samples.stream().mapToLong(figure).max().orElseThrow());
    return late <= early + mayGrow;
  }

  private double median(ToLongFunction<Sample> figure, int from, int to) {
    return Pairs.median(
        samples.subList(from, to).stream().mapToDouble(figure::applyAsLong).toArray());
  }
}
