package io.allium.cli;

import io.allium.I2pException;
import io.allium.cli.TransferMessage.Busy;
import io.allium.cli.TransferMessage.Confirmed;
import io.allium.cli.TransferMessage.Data;
import io.allium.cli.TransferMessage.Done;
import io.allium.cli.TransferMessage.From;
import io.allium.cli.TransferMessage.Hello;
import io.allium.cli.TransferMessage.Offer;
import io.allium.cli.TransferMessage.Reason;
import io.allium.cli.TransferMessage.Refused;
import io.allium.cli.TransferMessage.Stored;
import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The receiver's part of a transfer, in as many attempts as it takes. For one thread. */
final class FileReceiver {
  /** What is here, whole and under its name. */
  record Received(Path file, long length, String sha256) {}

  /** The sender hangs up when it has our last word. */
  private static final Duration FAREWELL = Duration.ofSeconds(10);

  private static final long BUSY_PAUSE = TimeUnit.SECONDS.toNanos(5);

  /** How often the sender is told what is stored. */
  private static final int STEP = TransferCodec.MAX_DATA;

  private final @Nullable Path chosen;
  private final Path folder;
  private final Output out;
  private @Nullable Offer offered;
  private @Nullable Received received;
  private long progress;
  private long lastBusy = System.nanoTime();

  /**
   * A receiver of one file.
   *
   * @param chosen where it goes, or null for the sender's name
   * @param folder where the sender's name goes
   */
  FileReceiver(@Nullable Path chosen, Path folder, Output out) {
    this.chosen = chosen;
    this.folder = folder;
    this.out = out;
  }

  /** What is here, also if the sender does not know it yet. */
  Optional<Received> received() {
    return Optional.ofNullable(received);
  }

  /** Grows with each byte that is stored, in whatever attempt. */
  long progress() {
    return progress;
  }

  /** Returns when the file is here and the sender has said that it knows. */
  void attempt(TransferStream peer) throws IOException, CommandFailure {
    peer.write(new Hello(TransferCodec.VERSION));
    TransferMessage first = next(peer);
    if (!(first instanceof Offer offer)) {
      throw unexpected(first);
    }
    check(offer);
    if (received == null) {
      received = receive(peer, offer);
    } else {
      peer.write(new From(offer.length()));
    }
    peer.write(new Done(offer.sha256()));
    TransferMessage last = next(peer);
    if (!(last instanceof Confirmed)) {
      throw unexpected(last);
    }
  }

  /** A sender that began again may have another file now. */
  private void check(Offer offer) throws CommandFailure {
    Offer first = offered == null ? offer : offered;
    if (offer.length() != first.length() || !offer.sha256().equals(first.sha256())) {
      throw new CommandFailure(
          ExitCodes.BAD_DATA, "the sender has another file than before: run it again to get that");
    }
    offered = first;
  }

  private Received receive(TransferStream peer, Offer offer) throws IOException, CommandFailure {
    Path target = target(offer);
    try {
      if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
        if (!PartFile.isThere(target, offer.length(), offer.sha256(), () -> busy(peer))) {
          throw exists(target);
        }
        out.talk(target + " is here already");
        peer.write(new From(offer.length()));
        return new Received(target, offer.length(), offer.sha256());
      }
      try (PartFile part =
          PartFile.open(target, offer.length(), offer.sha256(), () -> busy(peer))) {
        fill(part, peer, offer);
        part.finish();
      }
      return new Received(target, offer.length(), offer.sha256());
    } catch (FileAlreadyExistsException e) {
      throw exists(target);
    } catch (I2pException | EOFException | ProtocolException e) {
      throw e;
    } catch (IOException e) {
      refuse(peer, Reason.CANNOT_STORE);
      throw new CommandFailure(
          ExitCodes.CANNOT_CREATE, target + " cannot be written: " + e.getMessage());
    }
  }

  private static CommandFailure exists(Path target) {
    return new CommandFailure(
        ExitCodes.CANNOT_CREATE,
        target + " exists with other content: choose another file with -o, or move it away");
  }

  private void fill(PartFile part, TransferStream peer, Offer offer)
      throws IOException, CommandFailure {
    long first = part.length();
    Progress shown = new Progress(out, "received", offer.length());
    shown.at(first);
    peer.write(new From(first));
    long told = first;
    while (part.length() < offer.length()) {
      TransferMessage message = next(peer);
      if (!(message instanceof Data data)
          || data.bytes().remaining() > offer.length() - part.length()) {
        if (message instanceof Refused) {
          part.discard();
        }
        throw unexpected(message);
      }
      progress += data.bytes().remaining();
      part.append(data.bytes());
      if (part.length() - told >= STEP || part.length() == offer.length()) {
        told = part.length();
        peer.write(new Stored(told));
      }
      shown.at(part.length());
    }
    if (!part.sha256().equals(offer.sha256())) {
      part.discard();
      refuse(peer, Reason.MISMATCH);
      if (first > 0) {
        throw new EOFException("what was here before was damaged, and is fetched again");
      }
      throw new CommandFailure(
          ExitCodes.BAD_DATA,
          "what came does not have the SHA-256 that the sender announced: ask the sender to send it again");
    }
  }

  private Path target(Offer offer) throws CommandFailure {
    if (chosen != null) {
      return chosen;
    }
    if (!FileName.isSafe(offer.name())) {
      throw new CommandFailure(
          ExitCodes.BAD_DATA,
          "the sender's name for the file is not safe here: choose one with -o FILE; it is "
              + Output.harmless(offer.name()));
    }
    return folder.resolve(offer.name());
  }

  private TransferMessage next(TransferStream peer) throws IOException {
    TransferMessage message = peer.read();
    while (message instanceof Busy) {
      message = peer.read();
    }
    return message;
  }

  private static CommandFailure unexpected(TransferMessage message) {
    return switch (message) {
      case Refused(Reason reason)
      when reason == Reason.CHANGED ->
        new CommandFailure(
            ExitCodes.BAD_DATA,
            "the sender's file changed while it was being sent: ask the sender to send it again");
      case Refused(Reason reason)
      when reason == Reason.VERSION ->
        new CommandFailure(
            ExitCodes.PROTOCOL,
            "the sender speaks another version of this protocol: use the same allium on both sides");
      default ->
        new CommandFailure(
            ExitCodes.PROTOCOL,
            "the sender broke the protocol: check that allium send runs at this address");
    };
  }

  private static void refuse(TransferStream peer, Reason reason) {
    try {
      peer.write(new Refused(reason));
      peer.awaitEnd(FAREWELL);
    } catch (IOException e) {
      // the sender is gone, and need not know
    }
  }

  private void busy(TransferStream peer) throws IOException {
    long now = System.nanoTime();
    if (now - lastBusy >= BUSY_PAUSE) {
      lastBusy = now;
      peer.write(new Busy());
    }
  }
}
