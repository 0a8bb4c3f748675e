package io.allium.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.allium.DestinationKeys;
import io.allium.protocol.i2cp.ClientMessage;
import io.allium.protocol.i2cp.HostReply;
import io.allium.protocol.i2cp.I2cpException;
import io.allium.protocol.i2cp.Login;
import io.allium.protocol.i2cp.MessageFramer;
import io.allium.protocol.i2cp.RouterMessage;
import io.allium.protocol.i2cp.SessionStatus;
import io.allium.protocol.i2cp.SetDate;
import io.allium.protocol.structures.KeySigner;
import io.allium.protocol.structures.SessionConfiguration;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What i2pd's I2CP does not do, shown without the provider. One that fails says that a newer i2pd can. */
@RequiresI2pd
class I2pdI2cpWitnessTest {
  private static final String VERSION = "0.9.64";
  private static final String ENCRYPTED =
      "ujtujgzyngout6g5rn5ae7bdnp4uhlk5sbvehfjjwvhj76wefr65cr6n.b32.i2p";

  /** One connection, blocking. */
  private static final class Connection implements AutoCloseable {
    private final Socket socket;
    private final MessageFramer framer = new MessageFramer();

    Connection(URI at) throws IOException {
      socket = new Socket(at.getHost(), at.getPort());
    }

    void send(byte[] message) throws IOException {
      socket.getOutputStream().write(message);
    }

    <T extends RouterMessage> T next(Class<T> type) throws IOException, I2cpException {
      byte[] bytes = new byte[4096];
      while (true) {
        Optional<RouterMessage> message = framer.next();
        if (message.isPresent()) {
          return type.cast(message.get());
        }
        int count = socket.getInputStream().read(bytes);
        if (count < 0) {
          throw new EOFException("the router ended the connection");
        }
        framer.feed(ByteBuffer.wrap(bytes, 0, count));
      }
    }

    SetDate greet(Optional<Login> login) throws IOException, I2cpException {
      send(ClientMessage.greeting(VERSION, login));
      return next(SetDate.class);
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  @Test
  void anyPasswordIsGoodEnough() throws Exception {
    try (Connection connection = new Connection(SharedNet.fast().i2cp(0))) {
      assertThat(connection.greet(Optional.of(new Login("nobody", "nothing"))).millis())
          .isPositive();
    }
  }

  @Test
  void anEncryptedAddressIsNotResolved() throws Exception {
    try (Connection connection = new Connection(SharedNet.fast().i2cp(0))) {
      connection.greet(Optional.empty());
      connection.send(ClientMessage.lookup(ClientMessage.NO_SESSION, 1, 10_000, ENCRYPTED));
      assertThat(connection.next(HostReply.class).code()).isEqualTo(HostReply.UNKNOWN);
    }
  }

  @Test
  void offlineKeysAreRefused() throws Exception {
    try (DestinationKeys keys = OfflineKeys.generate();
        KeySigner signer = KeySigner.of(keys.export());
        Connection connection = new Connection(SharedNet.fast().i2cp(0))) {
      SetDate date = connection.greet(Optional.empty());
      connection.send(ClientMessage.createSession(SessionConfiguration.signed(
          keys.destination().toByteArray(), Map.of(), date.millis(), signer)));
      assertThat(connection.next(SessionStatus.class).status())
          .isEqualTo(SessionStatus.Status.INVALID);
    }
  }
}
