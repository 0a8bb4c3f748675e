package io.allium.javanet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import net.i2p.router.Router;
import net.i2p.router.RouterContext;
import org.jspecify.annotations.Nullable;

/**
 * The first router of the JVM. Its context is net.i2p's global one, and all routers and clients of the JVM use its random
 * numbers, so it is never stopped. It has no transports, runs no job, and is in no network.
 */
final class Anchor {
  /** What a router's class changes for the whole JVM unless it finds these. */
  private static final List<String> LEAVE_ALONE = List.of(
      "I2P_DISABLE_TIMEZONE_OVERRIDE",
      "I2P_DISABLE_OUTPUT_OVERRIDE",
      "I2P_DISABLE_DNS_CACHE_OVERRIDE",
      "I2P_DISABLE_HTTP_KEEPALIVE_OVERRIDE",
      "I2P_DISABLE_HTTP_AGENT_OVERRIDE");

  private static final ReentrantLock MAKING = new ReentrantLock();

  private static @Nullable RouterContext context;

  private Anchor() {}

  /** Makes it, the first time. */
  static RouterContext context() {
    MAKING.lock();
    try {
      RouterContext made = context;
      if (made == null) {
        made = Quiet.call(Anchor::make);
        context = made;
      }
      return made;
    } finally {
      MAKING.unlock();
    }
  }

  private static RouterContext make() {
    LEAVE_ALONE.forEach(name -> System.setProperty(name, "true"));
    Internals.checkVersion();
    if (!RouterContext.listContexts().isEmpty()) {
      throw new IllegalStateException("another router of net.i2p was started in this JVM, so its"
          + " context is the global one: start the network first, or in a JVM of its own");
    }
    try {
      Path folder = Files.createTempDirectory("allium-javanet-anchor");
      Runtime.getRuntime()
          .addShutdownHook(new Thread(() -> delete(folder), "javanet-anchor-folder"));
      RouterFolder files = new RouterFolder(folder);
      files.create(Settings.anchor());
      Router router = new Router(files.properties());
      router.setKillVMOnEnd(false);
      router.getContext().initAll();
      return router.getContext();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path folder) {
    try {
      RouterFolder.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
