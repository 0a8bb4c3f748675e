package io.allium.benchmarks;

import java.io.IOException;

/** A network whose routers can be killed, as losing power would, and started again at the same address. */
interface Killable {
  void kill(int router) throws IOException, InterruptedException;

  void restart(int router) throws IOException, InterruptedException;
}
