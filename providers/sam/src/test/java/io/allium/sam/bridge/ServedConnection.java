package io.allium.sam.bridge;

import io.allium.I2p;
import io.allium.I2pException;
import io.allium.I2pStream;
import io.allium.protocol.sam.ControlWord;
import io.allium.protocol.sam.DatagramSend;
import io.allium.protocol.sam.DestGenerate;
import io.allium.protocol.sam.Hello;
import io.allium.protocol.sam.HelloReply;
import io.allium.protocol.sam.NamingLookup;
import io.allium.protocol.sam.PeerLine;
import io.allium.protocol.sam.Ping;
import io.allium.protocol.sam.Pong;
import io.allium.protocol.sam.SamCommand;
import io.allium.protocol.sam.SamException;
import io.allium.protocol.sam.SamMessage;
import io.allium.protocol.sam.SamResult;
import io.allium.protocol.sam.SamVersion;
import io.allium.protocol.sam.SessionCreate;
import io.allium.protocol.sam.StreamAccept;
import io.allium.protocol.sam.StreamConnect;
import io.allium.protocol.sam.StreamStatus;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/** Reads the commands of one connection and answers them, until it ends or becomes a stream. */
final class ServedConnection {
  private final Connection connection;
  private final ConcurrentMap<String, Optional<BridgeSession>> sessions;
  private final ExecutorService threads;
  private final Lookups lookups;
  private final OwnSession own;
  private SamVersion version = SamVersion.V3_0;

  ServedConnection(
      Connection connection,
      I2p router,
      ConcurrentMap<String, Optional<BridgeSession>> sessions,
      ExecutorService threads) {
    this.connection = connection;
    this.sessions = sessions;
    this.threads = threads;
    lookups = new Lookups(router);
    own = new OwnSession(connection, router, sessions, threads);
  }

  void run() {
    try (connection;
        own) {
      if (hello()) {
        while (next()) {
          // each command is answered before the next one is read
        }
      }
    } catch (IOException | SamException e) {
      // the client left, or speaks something else: nobody is there to be told
    } catch (RejectedExecutionException e) {
      // the bridge is closed
    }
  }

  /** SAM v3, "SAM Connection Handshake". */
  private boolean hello() throws IOException, SamException {
    Optional<SamMessage> message = message();
    if (message.isEmpty()) {
      return false;
    }
    if (!(SamCommand.of(message.get()) instanceof Hello hello)) {
      connection.send(Results.refusal(message.get(), "HELLO comes first"));
      return false;
    }
    SamVersion wanted = hello.max().orElse(SamVersion.V3_3);
    version = wanted.compareTo(SamVersion.V3_3) < 0 ? wanted : SamVersion.V3_3;
    boolean common = version.compareTo(SamVersion.V3_0) >= 0
        && version.compareTo(hello.min().orElse(SamVersion.V3_0)) >= 0;
    connection.send(
        common
            ? new HelloReply(SamResult.OK, Optional.of(version), "")
            : new HelloReply(SamResult.NOVERSION, Optional.empty(), ""));
    return common;
  }

  /** The next line that is not blank. */
  private Optional<SamMessage> message() throws IOException, SamException {
    while (true) {
      Optional<String> line = connection.line();
      if (line.isEmpty()) {
        return Optional.empty();
      }
      SamMessage message = SamMessage.parse(line.get());
      if (!message.verb().isEmpty()) {
        return Optional.of(message);
      }
    }
  }

  private boolean next() throws IOException, SamException {
    Optional<SamMessage> message = message();
    if (message.isEmpty()) {
      return false;
    }
    SamCommand command;
    try {
      command = SamCommand.of(message.get());
    } catch (SamException e) {
      connection.send(Results.refusal(message.get(), String.valueOf(e.getMessage())));
      // behind a datagram of unknown size no next line can be found
      return !message.get().action().equals("SEND");
    }
    return serve(command, message.get());
  }

  /** Whether another command may follow. */
  private boolean serve(SamCommand command, SamMessage message) throws IOException, SamException {
    switch (command) {
      case SessionCreate create -> own.create(create, version);
      case DatagramSend send -> own.send(send, connection.body(send.size()));
      case NamingLookup lookup -> connection.send(lookups.lookup(lookup, own.destination()));
      case DestGenerate generate -> connection.send(lookups.generate(generate));
      case Ping ping -> connection.send(ping.pong());
      case Pong pong -> {}
      case Hello hello -> connection.send(Results.refusal(message, "HELLO was said before"));
      case StreamConnect connect -> {
        return connect(connect);
      }
      case StreamAccept accept -> {
        return accept(accept);
      }
      case ControlWord word -> {
        if (word.word() != ControlWord.Word.HELP) {
          return false;
        }
        connection.send(Results.refusal(message, "see SAM v3"));
      }
    }
    return true;
  }

  private boolean connect(StreamConnect wanted) throws IOException {
    Optional<BridgeSession> session = streams(wanted.id(), wanted.silent());
    if (session.isEmpty()) {
      return true;
    }
    relay(
        () -> session.get().connect(wanted),
        stream -> status(SamResult.OK, "", wanted.silent()),
        wanted.silent());
    return false;
  }

  private boolean accept(StreamAccept wanted) throws IOException {
    Optional<BridgeSession> session = streams(wanted.id(), wanted.silent());
    if (session.isEmpty()) {
      return true;
    }
    if (!session.get().beginAccept(version)) {
      status(SamResult.ALREADY_ACCEPTING, "", wanted.silent());
      return true;
    }
    AtomicBoolean waiting = new AtomicBoolean(true);
    Runnable over = () -> {
      if (waiting.getAndSet(false)) {
        session.get().endAccept();
      }
    };
    try {
      status(SamResult.OK, "", wanted.silent());
      relay(
          () -> {
            try {
              return session.get().acceptor().accept();
            } finally {
              over.run();
            }
          },
          stream -> tellPeer(stream, wanted.silent()),
          wanted.silent());
    } finally {
      over.run(); // a client that leaves at once does not let the wait begin
    }
    return false;
  }

  /** Streams have connections of their own; where there is none to serve, the client has been told. */
  private Optional<BridgeSession> streams(String id, boolean silent) throws IOException {
    Optional<BridgeSession> session = sessions.getOrDefault(id, Optional.empty());
    if (session.isEmpty()) {
      status(SamResult.INVALID_ID, "", silent);
    } else if (own.destination().isPresent()) {
      status(SamResult.I2P_ERROR, "this connection has a session: use another one", silent);
      return Optional.empty();
    }
    return session;
  }

  private void relay(StreamRelay.Opening opening, StreamRelay.Greeting greeting, boolean silent)
      throws IOException {
    try {
      new StreamRelay(connection).run(opening, greeting, threads);
    } catch (I2pException e) {
      status(Results.of(e.kind()), Results.note(e), silent);
    }
  }

  private void status(SamResult result, String note, boolean silent) throws IOException {
    if (!silent) {
      connection.send(new StreamStatus(result, note));
    }
  }

  /** SAM v3, "Accept Response". */
  private void tellPeer(I2pStream stream, boolean silent) throws IOException {
    if (!silent) {
      PeerLine line = new PeerLine(
          stream.peer().base64(),
          port(stream.remote().port()),
          port(stream.local().port()));
      connection.sendLine(line.print());
    }
  }

  private OptionalInt port(int port) {
    return version.hasPorts() ? OptionalInt.of(port) : OptionalInt.empty();
  }
}
