package io.allium.sam;

import io.allium.DatagramFormat;
import io.allium.DatagramOptions;
import io.allium.Destination;
import io.allium.ErrorKind;
import io.allium.I2pDatagram;
import io.allium.I2pException;
import io.allium.SendOptions;
import io.allium.protocol.sam.SendSettings;
import io.allium.spi.Call;
import io.allium.spi.DatagramDriver;
import io.allium.spi.DatagramQueue;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One datagram port of a session. */
final class SamDatagramPort implements DatagramDriver {
  private record Checked(SendOptions options, SendSettings settings) {}

  private final DatagramOptions options;
  private final DatagramSettings rules;
  private final DatagramPorts ports;
  private final DatagramTransport transport;
  private final DatagramQueue queue = new DatagramQueue();
  private volatile @Nullable Checked last;
  private volatile boolean closed;

  SamDatagramPort(
      DatagramOptions options,
      DatagramSettings rules,
      DatagramPorts ports,
      DatagramTransport transport) {
    this.options = options;
    this.rules = rules;
    this.ports = ports;
    this.transport = transport;
  }

  int listenPort() {
    return options.listenPort().orElse(options.localPort());
  }

  /** 0 for every one, as repliable datagrams have but one. */
  int listenProtocol() {
    return options.format() == DatagramFormat.RAW
        ? options.listenProtocol().orElse(options.protocol())
        : 0;
  }

  /** {@link #wakeReceiver()} must follow. */
  void offer(I2pDatagram datagram, int size) {
    boolean hides = datagram instanceof I2pDatagram.Raw && !options.header();
    queue.offerQuietly(
        hides ? new I2pDatagram.Raw(datagram.payload(), 0, 0, listenProtocol()) : datagram, size);
  }

  void wakeReceiver() {
    queue.wakeReceiver();
  }

  @Override
  public int maxPayload() {
    return transport.maxPayload();
  }

  @Override
  public void send(Destination to, ByteBuffer payload, SendOptions how)
      throws I2pException, InterruptedException {
    failIfEnded();
    if (!payload.hasRemaining()) {
      // SAM v3, "Sending Repliable or Raw Datagrams": "Minimum size is 1"
      throw new I2pException(
          ErrorKind.UNSUPPORTED, "SAM carries no empty datagrams: send at least one byte");
    }
    try {
      transport.send(to, payload, settings(how));
    } catch (I2pException e) {
      failIfEnded();
      throw e;
    }
  }

  @Override
  public I2pDatagram receive(Call call) throws I2pException, InterruptedException {
    return queue.take(call);
  }

  @Override
  public Optional<I2pDatagram> poll() {
    return queue.poll();
  }

  @Override
  public long dropped() {
    return queue.dropped();
  }

  @Override
  public void close() {
    closed = true;
    ports.remove(this);
    end(closedByUs());
  }

  void end(I2pException why) {
    queue.end(why);
  }

  private void failIfEnded() throws I2pException {
    ports.check();
    if (closed) {
      throw closedByUs();
    }
  }

  private static I2pException closedByUs() {
    return new I2pException(ErrorKind.CLOSED, "the datagram port is closed");
  }

  /** Most datagrams are sent like the one before. */
  private SendSettings settings(SendOptions how) throws I2pException {
    Checked known = last;
    if (known != null && known.options.equals(how)) {
      return known.settings;
    }
    SendSettings settings = rules.of(options, how);
    last = new Checked(how, settings);
    return settings;
  }
}
