package io.allium.javanet;

import java.util.Properties;
import net.i2p.router.Router;

/** A router of net.i2p that believes that it has been up for a while, and that ends at once. */
class TestRouter extends Router {
  /** A router that is up for less refuses to be a hop of others' tunnels. */
  private static final long OLDER_MILLIS = 11 * 60 * 1000;

  private volatile boolean stopping;

  TestRouter(Properties config) {
    super(config);
  }

  @Override
  public long getUptime() {
    return super.getUptime() + OLDER_MILLIS;
  }

  /** It is about to end. */
  void cut() {
    stopping = true;
  }

  /** Else a floodfill that stops tells all others, and waits three seconds. */
  @Override
  public int scheduledGracefulExitCode() {
    return stopping ? EXIT_HARD_RESTART : super.scheduledGracefulExitCode();
  }

  /** Ends the thread that waits for an orderly shutdown. The router has stopped already. */
  void endDetector() {
    Internals.shutdownDetector(this).interrupt();
  }

  @Override
  public boolean gracefulShutdownInProgress() {
    return stopping || super.gracefulShutdownInProgress();
  }
}
