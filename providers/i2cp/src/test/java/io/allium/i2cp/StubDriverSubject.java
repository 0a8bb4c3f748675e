package io.allium.i2cp;

import io.allium.spi.RouterSource;
import io.allium.tck.DriverSubject;
import java.io.IOException;

/** The drivers of {@code i2cp:}, on a stub. */
final class StubDriverSubject extends DriverSubject {
  private final StubRouter router = StubRouter.start();

  StubDriverSubject() throws IOException {}

  @Override
  protected RouterSource source() {
    return router.at();
  }

  @Override
  public boolean tellsAll() {
    return false;
  }

  @Override
  public void close() {
    router.close();
  }
}
