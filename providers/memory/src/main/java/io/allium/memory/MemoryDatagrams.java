package io.allium.memory;

import io.allium.Destination;
import io.allium.DestinationKeys;
import io.allium.ErrorKind;
import io.allium.I2pDatagram;
import io.allium.I2pException;
import io.allium.Protocol;
import io.allium.protocol.structures.Datagram1;
import io.allium.protocol.structures.Datagram2;
import io.allium.protocol.structures.Datagram3;
import io.allium.protocol.structures.KeySigner;
import io.allium.protocol.structures.StructureException;
import io.allium.spi.Arrived;
import io.allium.spi.SendRequest;
import io.allium.spi.SessionSink;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The datagrams of a session, in the formats that they have on the network. */
final class MemoryDatagrams {
  /** What SAM carries with a sender: 32 KB with the header (SAM V3, "Sending Repliable or Raw Datagrams"). */
  static final int MAX_REPLIABLE = 31_744;

  /** What SAM carries without one (SAM V3, "RAW SEND"). */
  static final int MAX_RAW = 32_768;

  private record LinkKey(int peer, Protocol protocol, int localPort) {}

  private final MemoryNetwork network;
  private final Destination us;
  private final @Nullable KeySigner signer;
  private final SessionSink sink;
  private final DatagramTransit inTransit = new DatagramTransit();
  private final Map<LinkKey, DatagramLink> links = new ConcurrentHashMap<>();

  MemoryDatagrams(MemoryNetwork network, DestinationKeys keys, SessionSink sink)
      throws I2pException {
    this.network = network;
    this.us = keys.destination();
    this.sink = sink;
    signer = network.signsDatagrams() ? signer(keys) : null;
  }

  static int maxPayload(Protocol protocol) {
    return protocol == Protocol.RAW ? MAX_RAW : MAX_REPLIABLE;
  }

  /** To nobody it is lost, like one to a peer that is offline: its sender is not told. */
  void send(SendRequest request, MemorySession from, @Nullable MemorySession to)
      throws I2pException {
    Arrived datagram = wrap(request);
    if (to == null) {
      return;
    }
    if (network.faults().spareDatagrams()) {
      to.datagrams().arrive(datagram);
      return;
    }
    links
        .computeIfAbsent(
            new LinkKey(network.sessions().ordinal(to), request.protocol(), request.fromPort()),
            key -> link(network.sessions().ordinal(from), key))
        .carry(
            network.time(),
            to.datagrams().inTransit,
            request.payload().remaining(),
            request.options(),
            () -> to.datagrams().arrive(datagram));
  }

  int underWay() {
    return inTransit.size();
  }

  void end() {
    inTransit.end();
    if (signer != null) {
      signer.close();
    }
  }

  private void arrive(Arrived datagram) {
    sink.datagram(datagram);
    sink.batchEnd();
  }

  private DatagramLink link(int from, LinkKey key) {
    String name = from + ">" + key.peer + ":" + key.protocol + ":" + key.localPort;
    return new DatagramLink(new Dice(network.faults(), network.seed(), name));
  }

  private Arrived wrap(SendRequest request) throws I2pException {
    byte[] content = new byte[request.payload().remaining()];
    request.payload().get(request.payload().position(), content);
    try {
      byte[] bytes = switch (request.protocol()) {
        case DATAGRAM -> signer == null ? null : repliable(content, signer);
        case DATAGRAM2 -> signer == null ? null : repliable2(content, request.to(), signer);
        case DATAGRAM3 ->
          new Datagram3(us.hash().orElseThrow(), Map.of(), ByteBuffer.wrap(content)).encode();
        case RAW, STREAM -> content;
      };
      return bytes == null
          ? vouchedFor(request, content)
          : new Arrived.Message(
              request.number(), request.fromPort(), request.toPort(), ByteBuffer.wrap(bytes));
    } catch (StructureException e) {
      throw invalid(e);
    }
  }

  private byte[] repliable(byte[] content, KeySigner keys) throws StructureException {
    return new Datagram1(us.toByteArray(), ByteBuffer.wrap(content)).encode(keys);
  }

  private byte[] repliable2(byte[] content, Destination to, KeySigner keys)
      throws StructureException {
    return new Datagram2(us.toByteArray(), Map.of(), keys.offline(), ByteBuffer.wrap(content))
        .encode(to.hash().orElseThrow(), keys);
  }

  /** Unless datagrams are signed, and where the keys are of a type that does not sign here, the network says who it was. */
  private Arrived vouchedFor(SendRequest request, byte[] content) {
    return new Arrived.Checked(
        new I2pDatagram.Authenticated(
            us, content, request.fromPort(), request.toPort(), request.number()),
        content.length);
  }

  private static I2pException invalid(StructureException cause) {
    return new I2pException(ErrorKind.KEY_INVALID, String.valueOf(cause.getMessage()), cause);
  }

  private static @Nullable KeySigner signer(DestinationKeys keys) throws I2pException {
    byte[] material = keys.export();
    try {
      return KeySigner.of(material);
    } catch (StructureException e) {
      if (e.reason() == StructureException.Reason.UNSUPPORTED) {
        return null;
      }
      throw invalid(e);
    } finally {
      Arrays.fill(material, (byte) 0);
    }
  }
}
