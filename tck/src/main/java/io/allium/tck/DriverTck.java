package io.allium.tck;

import io.allium.Protocol;
import io.allium.spi.RouterDriver;
import io.allium.spi.support.AbortableCall;
import io.allium.tck.DriverSubject.Online;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What the suites of drivers share: for each test a router, and two destinations online. */
public abstract class DriverTck {
  private final Protocol protocol;
  private DriverSubject subject;
  private RouterDriver router;
  private Online client;
  private Online server;

  @SuppressWarnings("NullAway.Init") // open() sets them before any test
  DriverTck(Protocol protocol) {
    this.protocol = protocol;
  }

  /**
   * Makes the subject; called once for each test.
   *
   * @return closed after the test
   * @throws Exception if it cannot be had
   */
  protected abstract DriverSubject createSubject() throws Exception;

  @BeforeEach
  final void open() throws Exception {
    subject = createSubject();
    router = subject.connect();
    client = DriverSubject.open(router, protocol);
    server = DriverSubject.open(router, protocol);
  }

  @AfterEach
  final void close() {
    client.close();
    server.close();
    router.close(new AbortableCall());
    subject.close();
  }

  final DriverSubject subject() {
    return subject;
  }

  final Online client() {
    return client;
  }

  final Online server() {
    return server;
  }
}
