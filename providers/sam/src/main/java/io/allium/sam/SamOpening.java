package io.allium.sam;

import io.allium.ErrorKind;
import io.allium.I2pException;
import io.allium.Phase;
import io.allium.protocol.sam.SamOption;
import io.allium.protocol.sam.SamStyle;
import io.allium.protocol.sam.SessionCreate;
import io.allium.protocol.sam.SessionRouting;
import io.allium.protocol.sam.state.SessionConversation;
import io.allium.spi.Call;
import io.allium.spi.OpenRequest;
import io.allium.spi.RouterRequest;
import io.allium.spi.SessionSink;
import io.allium.spi.support.End;
import java.net.SocketAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Puts destinations online.
 *
 * @param at the router
 * @param bridge how to greet it
 * @param router what its driver lives by
 */
record SamOpening(SamAt at, SamBridge bridge, RouterRequest router) {
  /** Identifiers are global on a bridge: 128 random bits are neither guessed nor taken twice. */
  private static final int ID_BYTES = 16;

  SamSession open(OpenRequest request, SessionSink sink, Call call)
      throws I2pException, InterruptedException {
    SamStyle style = SamDatagrams.style(request.protocols());
    End end = new End();
    String id = newId();
    SamConnection connection = bridge.connect(call);
    SamDatagrams datagrams = null;
    SelfDatagram ours = style == SamStyle.STREAM || !connection.version().hasPorts()
        ? SelfDatagram.NONE
        : SelfDatagram.of(style, request.keys().destination(), router.random());
    try {
      SocketAddress there = connection.remote();
      ControlWriter writer = new ControlWriter(connection.channel());
      if (style != SamStyle.STREAM) {
        datagrams = SamDatagrams.open(
            new SamDatagrams.Session(
                style, id, request.keys(), sink, connection, writer, router.time(), ours, end),
            at);
      }
      request.progress().accept(Phase.of(0, "waiting for tunnels"));
      SessionCreate create = create(style, id, request, datagrams);
      connection.begin(version -> new SessionConversation(create, version));
      ControlWatch control = new ControlWatch(
          connection,
          writer,
          datagrams == null ? null : datagrams.inBand(),
          ours,
          router.time(),
          end);
      SamSession session = new SamSession(
          id, this, new SamSession.Parts(connection.version(), control, datagrams, sink, end));
      session.start(new SessionProbe(bridge, there, id));
      connection.keep();
      request.progress().accept(Phase.of(1, "online"));
      return session;
    } catch (I2pException | InterruptedException | RuntimeException e) {
      end.set(new I2pException(ErrorKind.CLOSED, "the session did not open", e));
      if (datagrams != null) {
        datagrams.close();
      }
      connection.close();
      throw e;
    }
  }

  private String newId() {
    byte[] random = new byte[ID_BYTES];
    router.random().nextBytes(random);
    return "allium-" + HexFormat.of().formatHex(random);
  }

  private static SessionCreate create(
      SamStyle style, String id, OpenRequest request, @Nullable SamDatagrams datagrams)
      throws I2pException {
    List<SamOption> options = request.options().entrySet().stream()
        .map(option -> new SamOption(option.getKey(), option.getValue()))
        .toList();
    return new SessionCreate(
        style,
        id,
        request.keys().exportBase64(),
        Optional.of(Integer.toString(request.keys().destination().signatureTypeCode())),
        datagrams == null ? SessionRouting.DEFAULT : datagrams.routing(),
        options);
  }
}
