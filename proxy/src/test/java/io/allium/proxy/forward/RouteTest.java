package io.allium.proxy.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.allium.DestinationKeys;
import io.allium.I2p;
import io.allium.I2pAcceptor;
import io.allium.I2pAddress;
import io.allium.I2pSession;
import io.allium.I2pStream;
import io.allium.memory.MemoryNetwork;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A service that hears nobody until the program comes from somewhere else. */
class RouteTest {
  private static final Duration MOMENT = Duration.ofMillis(1);

  private final MemoryNetwork network = MemoryNetwork.create();
  private I2p i2p;
  private I2pSession client;
  private I2pAcceptor acceptor;

  @BeforeEach
  void open() throws IOException {
    i2p = I2p.connect(network.uri());
    client = i2p.open();
    acceptor = i2p.open().listen(0);
  }

  @AfterEach
  void close() {
    i2p.close(Duration.ZERO);
    network.close();
  }

  private static void await(BooleanSupplier state) {
    while (!state.getAsBoolean()) {
      Thread.yield();
    }
  }

  private ClientForward forward(I2pSession session, Duration unheard) throws IOException {
    InetSocketAddress local = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    return ClientForward.open(session, I2pAddress.of(acceptor.address().name(), 0), local, unheard);
  }

  private static Socket asking(ClientForward forward) throws IOException {
    Socket socket = new Socket();
    socket.connect(forward.localAddress());
    socket.getOutputStream().write('?');
    return socket;
  }

  private int sessions() {
    return i2p.sessions().size();
  }

  @Test
  void afterSilenceStreamsComeFromANewSession() throws Exception {
    int before = sessions();
    try (ClientForward forward = forward(client, MOMENT);
        Socket unanswered = asking(forward)) {
      I2pStream deaf = acceptor.accept();
      assertThat(deaf.remote().name()).isEqualTo(client.destination());
      await(() -> sessions() > before);
      I2pStream next;
      Socket answered;
      do { // the session counts as open a little before it is used
        answered = asking(forward);
        next = acceptor.accept();
      } while (next.remote().name().equals(client.destination()));
      next.output().write('!');
      assertThat(answered.getInputStream().read()).isEqualTo('!');
      deaf.output().write('!');
      assertThat(unanswered.getInputStream().read())
          .as("what the old session carries goes on")
          .isEqualTo('!');
    }
    await(() -> sessions() == before);
  }

  @Test
  void anAnswerKeepsTheSession() throws Exception {
    try (ClientForward forward = forward(client, Duration.ofDays(1))) {
      for (int i = 0; i < 3; i++) {
        try (Socket socket = asking(forward);
            I2pStream stream = acceptor.accept()) {
          assertThat(stream.remote().name()).isEqualTo(client.destination());
          stream.output().write('!');
          assertThat(socket.getInputStream().read()).isEqualTo('!');
        }
      }
    }
  }

  @Test
  void anAddressThatTheProgramChoseStays() throws Exception {
    try (DestinationKeys keys = DestinationKeys.generate();
        I2pSession kept = i2p.open(keys)) {
      Route route = new Route(kept);
      route.silent(route.take());
      assertThat(route.isOpening()).isFalse();
      assertThat(route.take().session()).isEqualTo(kept);
    }
  }

  @Test
  void aServiceThatStaysSilentCostsOneSessionAtFirst() throws Exception {
    int before = sessions();
    Route route = new Route(client);
    Route.Use first = route.take();
    route.silent(first);
    await(() -> !route.isOpening());
    Route.Use second = route.take();
    assertThat(second.session()).isNotEqualTo(client);
    route.silent(first);
    route.silent(second);
    assertThat(route.isOpening()).as("too early").isFalse();
    route.heard();
    route.silent(second);
    await(() -> !route.isOpening());
    Route.Use third = route.take();
    assertThat(third.session()).isNotEqualTo(second.session());
    route.giveBack(second);
    route.giveBack(third);
    route.giveBack(first);
    route.close();
    await(() -> sessions() == before);
    assertThat(client.destination()).as("the caller's stays open").isNotNull();
    assertThat(i2p.sessions()).contains(client);
  }
}
