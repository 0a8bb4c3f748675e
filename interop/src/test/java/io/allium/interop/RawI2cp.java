package io.allium.interop;

import io.allium.protocol.i2cp.ClientMessage;
import io.allium.protocol.i2cp.I2cpException;
import io.allium.protocol.i2cp.Login;
import io.allium.protocol.i2cp.MessageFramer;
import io.allium.protocol.i2cp.RouterMessage;
import io.allium.protocol.i2cp.SetDate;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.Optional;

/** One I2CP connection to a router, blocking, without the provider. */
final class RawI2cp implements AutoCloseable {
  private static final String VERSION = "0.9.64";

  private final Socket socket;
  private final MessageFramer framer = new MessageFramer();

  RawI2cp(URI at) throws IOException {
    socket = new Socket(at.getHost(), at.getPort());
  }

  SetDate greet(Optional<Login> login) throws IOException, I2cpException {
    send(ClientMessage.greeting(VERSION, login));
    return next(SetDate.class);
  }

  void send(byte[] message) throws IOException {
    socket.getOutputStream().write(message);
  }

  /** The next message, which must be of this kind. */
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

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
