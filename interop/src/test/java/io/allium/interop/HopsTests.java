package io.allium.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.allium.Destination;
import io.allium.DestinationKeys;
import io.allium.ErrorKind;
import io.allium.I2pAcceptor;
import io.allium.I2pException;
import io.allium.cli.Main;
import io.allium.proxy.forward.ServerForward;
import io.allium.tck.Pair;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Between two routers, through tunnels of one length. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class HopsTests {
  private final int hops;
  private TestNet net;
  private I2pdSubject subject;
  private Pair pair;

  @SuppressWarnings("NullAway.Init") // open() sets all before any test
  HopsTests(int hops) {
    this.hops = hops;
  }

  @BeforeAll
  void open() throws Exception {
    net = SharedNet.fast();
    subject = new I2pdSubject(net, hops);
    pair = subject.pair();
  }

  @AfterAll
  void close() {
    pair.close();
    subject.close();
  }

  @Test
  void pingIsAnsweredWithPong() throws Exception {
    try (I2pAcceptor acceptor = pair.server().listen(0);
        Pair.Ends ends = pair.open(acceptor, subject.patience())) {
      assertThat(ends.server().remote().name()).isEqualTo(pair.client().destination());
      ends.client().output().write("PING".getBytes(StandardCharsets.US_ASCII));
      assertThat(ends.server().input().readNBytes(4)).asString().isEqualTo("PING");
      ends.server().output().write("PONG".getBytes(StandardCharsets.US_ASCII));
      assertThat(ends.client().input().readNBytes(4)).asString().isEqualTo("PONG");
    }
  }

  @Test
  void theCommandGetFetchesAPageOfTheOtherRoutersSite() throws Exception {
    try (LocalSite site =
            LocalSite.start("a page behind I2P\n".getBytes(StandardCharsets.US_ASCII));
        ServerForward forward = ServerForward.open(pair.server(), 0, site.address());
        Program get = Program.java(
            Main.class,
            "--router",
            net.router(0).toString(),
            "get",
            "--hops",
            "" + hops,
            "http://" + pair.server().destination().base32().text() + "/")) {
      Program.Ended ended = get.end();
      assertThat(ended.code()).as(ended.errors()).isZero();
      assertThat(ended.lines()).containsExactly("a page behind I2P");
      assertThat(forward.address().name()).isEqualTo(pair.server().destination());
    }
  }

  @Test
  void aBase32AddressOfTheOtherRouterResolvesAndAnUnknownOneDoesNot() throws Exception {
    assertThat(resolvedOnceItIsPublished()).isEqualTo(pair.server().destination());
    try (DestinationKeys nobody = DestinationKeys.generate()) {
      String unknown = nobody.destination().base32().text();
      assertThat(catchThrowableOfType(I2pException.class, () -> subject.client().resolve(unknown))
              .kind())
          .isEqualTo(ErrorKind.LEASESET_NOT_FOUND);
    }
    assertThat(catchThrowableOfType(
                I2pException.class, () -> pair.client().connect("no-such-name-here.i2p"))
            .kind())
        .isEqualTo(ErrorKind.NAME_NOT_FOUND);
  }

  /** The bridge asks through tunnels of its own, and i2pd may publish an address later than it opens the session. */
  private Destination resolvedOnceItIsPublished() throws I2pException {
    long end = System.nanoTime() + subject.patience().toNanos();
    while (true) {
      try {
        return subject.client().resolve(pair.server().destination().base32()).destination();
      } catch (I2pException e) {
        if (e.kind() != ErrorKind.LEASESET_NOT_FOUND || System.nanoTime() > end) {
          throw e;
        }
      }
    }
  }
}
