package io.allium.cli;

import io.allium.ErrorKind;
import io.allium.I2p;
import io.allium.I2pAcceptor;
import io.allium.I2pException;
import io.allium.I2pSession;
import io.allium.I2pStream;
import io.allium.ServeOptions;
import io.allium.SessionEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code allium send}: one file to whoever asks for it, until one has it. */
@Command(
    name = "send",
    description =
        "Offers a file to 'allium receive', and ends with 0 once the first receiver has confirmed that it has the whole"
            + " file. Until then, anyone with the address can fetch it.")
final class SendCommand extends AlliumCommand {
  /** Each may keep a window of the file in the router's memory. */
  private static final ServeOptions LIMITS =
      ServeOptions.builder().maxStreams(16, 4).build();

  @Parameters(
      paramLabel = "FILE",
      description = "an ordinary file, which must not change while it is sent")
  Path file = Path.of("");

  @Option(
      names = "--keys",
      paramLabel = "FILE",
      description =
          "the key file of the sender; made if it does not exist. With it, a sender that was stopped can be started"
              + " again, and its receivers go on")
  @Nullable
  Path keys;

  @Mixin
  ServerOptions options = new ServerOptions();

  private final AtomicReference<FileSender.@Nullable Outcome> result = new AtomicReference<>();

  @Override
  int run(Globals globals, Output out, Stop stop) throws Exception {
    if (file.toString().equals("-")) {
      throw new CommandFailure(
          ExitCodes.USAGE,
          "send cannot read standard input, since it must be able to send again after a cut: save the data to a file first");
    }
    SentFile sent = stop.closeAtEnd(SentFile.open(file));
    I2p i2p = stop.closeAtEnd(globals.connect(out));
    I2pSession session = stop.closeAtEnd(options.openServer(i2p, out, keys));
    AtomicReference<I2pException> why =
        new AtomicReference<>(new I2pException(ErrorKind.CLOSED, "the session was closed"));
    session.onEvent(event -> {
      if (event instanceof SessionEvent.Lost lost) {
        why.set(lost.cause());
      }
    });
    I2pAcceptor acceptor = session.listen(0);
    out.fact("address", session.destination().base32().text());
    options.awaitReachable(session, out);
    // no stop.ready(): whoever stops it now must not read 0 as "sent"
    out.ready();
    acceptor.serve(stream -> serve(stream, sent, acceptor, out), LIMITS);
    FileSender.Outcome outcome = result.get();
    if (outcome == null) {
      throw why.get();
    }
    if (outcome == FileSender.Outcome.CHANGED) {
      throw sent.changedFailure();
    }
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("sent", sent.name());
    facts.put("bytes", sent.length());
    facts.put("sha256", sent.sha256());
    out.record(facts);
    return ExitCodes.OK;
  }

  private void serve(I2pStream stream, SentFile sent, I2pAcceptor acceptor, Output out)
      throws IOException {
    Progress progress = new Progress(out, stream.peer() + " has", sent.length());
    FileSender.Outcome outcome =
        new FileSender(new TransferStream(stream, TransferStream.SILENCE), sent, progress).serve();
    if (outcome == FileSender.Outcome.REFUSED) {
      out.talk(stream.peer() + " cannot take the file");
    } else if (result.compareAndSet(null, outcome)) {
      acceptor.close();
    }
  }
}
