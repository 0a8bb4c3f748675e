package io.allium.memory;

import io.allium.DatagramFormat;
import io.allium.ErrorKind;
import io.allium.I2pException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Which datagram port of a destination gets what arrives (SAM V3, "SESSION ADD": LISTEN_PORT, LISTEN_PROTOCOL). Port 0
 * and protocol 0 stand for all; the more exact one wins, and an exact protocol beats an exact port, as Java I2P decides.
 */
final class DatagramTable {
  /** Only raw datagrams choose their protocol: those of another format have it from the format. */
  private record Key(DatagramFormat format, int port, int protocol) {}

  private static final int ANY = 0;

  private final Map<Key, MemoryDatagrams> ports = new ConcurrentHashMap<>();

  void add(MemoryDatagrams port) throws I2pException {
    if (ports.putIfAbsent(key(port), port) != null) {
      throw new I2pException(
          ErrorKind.CONFIG_INVALID,
          "a datagram port with this format, listen port and protocol is already open: close it first, or choose another"
              + " listen port");
    }
  }

  void remove(MemoryDatagrams port) {
    ports.remove(key(port), port);
  }

  List<MemoryDatagrams> all() {
    return List.copyOf(ports.values());
  }

  @Nullable
  MemoryDatagrams find(DatagramFormat format, int port, int protocol) {
    if (format != DatagramFormat.RAW) {
      return atPort(format, port, ANY);
    }
    MemoryDatagrams exact = atPort(format, port, protocol);
    return exact != null ? exact : atPort(format, port, ANY);
  }

  private @Nullable MemoryDatagrams atPort(DatagramFormat format, int port, int protocol) {
    MemoryDatagrams exact = ports.get(new Key(format, port, protocol));
    return exact != null ? exact : ports.get(new Key(format, ANY, protocol));
  }

  private static Key key(MemoryDatagrams port) {
    return new Key(
        port.format(),
        port.listenPort(),
        port.format() == DatagramFormat.RAW ? port.listenProtocol() : ANY);
  }
}
