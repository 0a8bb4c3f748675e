package io.allium.memory;

import io.allium.DatagramFormat;
import io.allium.DatagramOptions;
import io.allium.Destination;
import io.allium.ErrorKind;
import io.allium.I2pDatagram;
import io.allium.I2pException;
import io.allium.SendOptions;
import io.allium.spi.Call;
import io.allium.spi.DatagramDriver;
import io.allium.spi.DatagramQueue;
import java.nio.ByteBuffer;
import java.util.Optional;

/** A datagram port in memory. */
final class MemoryDatagrams implements DatagramDriver {
  /** What SAM carries with a sender: 32 KB with the header (SAM V3, "Sending Repliable or Raw Datagrams"). */
  static final int MAX_REPLIABLE = 31_744;

  /** What SAM carries without one (SAM V3, "RAW SEND"). */
  static final int MAX_RAW = 32_768;

  private final MemorySession session;
  private final DatagramOptions options;
  private final DatagramQueue queue = new DatagramQueue();
  private volatile boolean closed;

  MemoryDatagrams(MemorySession session, DatagramOptions options) {
    this.session = session;
    this.options = options;
  }

  DatagramFormat format() {
    return options.format();
  }

  int listenPort() {
    return options.listenPort().orElse(options.localPort());
  }

  int listenProtocol() {
    return options.listenProtocol().orElse(options.protocol());
  }

  @Override
  public int maxPayload() {
    return format() == DatagramFormat.RAW ? MAX_RAW : MAX_REPLIABLE;
  }

  @Override
  public void send(Destination to, ByteBuffer payload, SendOptions how) throws I2pException {
    int size = payload.remaining();
    Parcel parcel = new Parcel(format(), content(payload, how), size);
    if (closed) {
      throw new I2pException(ErrorKind.CLOSED, "the datagram port is closed");
    }
    session.sendDatagram(options.localPort(), to, parcel, how);
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

  int waiting() {
    return queue.size();
  }

  @Override
  public void close() {
    closed = true;
    session.forget(this);
    end(new I2pException(ErrorKind.CLOSED, "the datagram port is closed"));
  }

  void end(I2pException why) {
    queue.end(why);
  }

  void arrive(Parcel parcel) {
    boolean hides = parcel.content() instanceof I2pDatagram.Raw && !options.header();
    queue.offer(
        hides
            ? new I2pDatagram.Raw(parcel.content().payload(), 0, 0, listenProtocol())
            : parcel.content(),
        parcel.size());
  }

  private I2pDatagram content(ByteBuffer payload, SendOptions how) {
    byte[] bytes = bytes(payload);
    int fromPort = how.fromPort().orElse(options.localPort());
    int toPort = how.toPort().orElse(0);
    Destination from = session.destination();
    return switch (format()) {
      case REPLIABLE -> new I2pDatagram.Authenticated(from, bytes, fromPort, toPort, 17);
      case DATAGRAM2 -> new I2pDatagram.Authenticated(from, bytes, fromPort, toPort, 19);
      case DATAGRAM3 -> new I2pDatagram.Unverified(from.base32(), bytes, fromPort, toPort, 20);
      case RAW ->
        new I2pDatagram.Raw(bytes, fromPort, toPort, how.protocol().orElse(options.protocol()));
    };
  }

  /** The datagram copies its payload itself: a second copy is made only where the buffer is not all payload. */
  private static byte[] bytes(ByteBuffer payload) {
    if (payload.hasArray()
        && payload.arrayOffset() == 0
        && payload.remaining() == payload.array().length) {
      return payload.array();
    }
    byte[] bytes = new byte[payload.remaining()];
    payload.duplicate().get(bytes);
    return bytes;
  }
}
