package io.allium.examples;

import io.allium.ErrorKind;
import io.allium.I2p;
import io.allium.I2pException;
import io.allium.I2pSession;
import io.allium.I2pStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Sends a file to a {@link FileDrop}, and tries until all of it is there. */
public final class FileSend {
  private static final String USAGE = """
      usage: FileSend ROUTER FILE ADDRESS
        ROUTER   such as sam://127.0.0.1:7656
        FILE     what to send
        ADDRESS  the one that the drop shows""";

  private static final Duration SILENCE = Duration.ofMinutes(1);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  private FileSend() {}

  /**
   * Runs the program until the file is stored or refused.
   *
   * @param args the router's URI, the file and the address to send it to
   * @throws IOException if the router or the disk fails
   * @throws InterruptedException when it is to end
   */
  public static void main(String... args) throws IOException, InterruptedException {
    if (args.length != 3) {
      System.err.println(USAGE);
      System.exit(64);
    }
    Path file = Path.of(args[1]);
    byte[] hash = FileDrop.sha256(file);
    Duration pause = FIRST_PAUSE;
    try (I2p i2p = I2p.connect(args[0])) {
      long answer = FileDrop.TRY_AGAIN;
      while (answer == FileDrop.TRY_AGAIN) {
        // a new destination each time: the drop's router may know an outdated way to an old one
        try (I2pSession session = i2p.open();
            I2pStream stream = session.connect(args[2])) {
          answer = send(file, hash, stream);
          if (answer == FileDrop.TRY_AGAIN) {
            System.out.println("the drop is not ready for it yet");
          }
        } catch (EOFException e) {
          System.out.println("the drop hung up");
        } catch (I2pException e) {
          if (e.kind().place() == ErrorKind.Place.US) {
            throw e; // only we can mend that
          }
          System.out.println(e.getMessage());
        }
        if (answer == FileDrop.TRY_AGAIN) {
          Thread.sleep(pause);
          pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0
              ? pause.multipliedBy(2)
              : LONGEST_PAUSE;
        }
      }
      System.out.println(answer == FileDrop.STORED ? "delivered" : "refused");
    }
  }

  private static long send(Path file, byte[] hash, I2pStream stream) throws IOException {
    long length = Files.size(file);
    stream.readTimeout(SILENCE);
    DataOutputStream out = new DataOutputStream(new BufferedOutputStream(stream.output()));
    out.writeUTF(file.getFileName().toString());
    out.writeLong(length);
    out.write(hash);
    out.flush();
    DataInputStream in = new DataInputStream(stream.input());
    long first = in.readLong();
    if (first >= 0) {
      Thread.startVirtualThread(() -> copy(file, first, stream));
    }
    long answer = first;
    while (answer >= 0) {
      System.out.println(answer + " of " + length + " bytes are there");
      answer = in.readLong();
    }
    return answer;
  }

  private static void copy(Path file, long from, I2pStream stream) {
    try (InputStream in = Files.newInputStream(file)) {
      in.skipNBytes(from);
      in.transferTo(stream.output());
    } catch (I2pException e) {
      // whoever waits for the answer sees it too
    } catch (IOException e) {
      System.err.println(e.getMessage());
      stream.cancel();
    }
  }
}
