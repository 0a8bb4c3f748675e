package io.allium.examples;

import io.allium.DestinationKeys;
import io.allium.I2p;
import io.allium.I2pAcceptor;
import io.allium.I2pSession;
import io.allium.I2pStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Takes files from whoever knows the address. A transfer that is cut goes on where it stopped when the sender comes back;
 * a file gets its name once all of it is there and has the hash that was announced.
 *
 * <p>The sender ({@link FileSend}) says name, length and SHA-256, then sends from where we are. We answer in longs: how much
 * is stored, again and again, and at the end one of the negative ones below.
 */
public final class FileDrop {
  static final long STORED = -1;
  static final long TRY_AGAIN = -2;
  static final long REFUSED = -3;
  static final int HASH_LENGTH = 32;
  static final int STEP = 64 * 1024;

  private static final String USAGE = """
      usage: FileDrop ROUTER KEYS FOLDER
        ROUTER  such as sam://127.0.0.1:7656
        KEYS    the file with the drop's identity; made when absent
        FOLDER  where files go""";

  /** Neither a path, nor hidden, nor one of our partial files. */
  private static final String SAFE_NAME = "(?!.*\\.part$)[\\p{L}\\p{N}_-][\\p{L}\\p{N} ._-]{0,99}";

  private static final long MAX_LENGTH = 1L << 30;
  /** Until then a stream whose other end vanished keeps its sender from coming back. */
  private static final Duration SILENCE = Duration.ofSeconds(30);

  private final Path folder;
  private final Set<Path> busy = ConcurrentHashMap.newKeySet();

  private FileDrop(Path folder) {
    this.folder = folder;
  }

  /**
   * Runs the program until its session ends.
   *
   * @param args the router's URI, a key file and a folder
   * @throws IOException if the router or the disk fails
   */
  public static void main(String... args) throws IOException {
    if (args.length != 3) {
      System.err.println(USAGE);
      System.exit(64);
    }
    FileDrop drop = new FileDrop(Files.createDirectories(Path.of(args[2])));
    try (DestinationKeys keys = DestinationKeys.loadOrCreate(Path.of(args[1]));
        I2p i2p = I2p.connect(args[0]);
        I2pSession session = i2p.open(keys);
        I2pAcceptor acceptor = session.listen(0)) {
      System.out.println(session.destination().base32().text());
      acceptor.serve(drop::take);
    }
  }

  private void take(I2pStream stream) throws IOException {
    stream.readTimeout(SILENCE);
    DataInputStream in = new DataInputStream(stream.input());
    DataOutputStream out = new DataOutputStream(stream.output());
    try {
      String name = in.readUTF();
      long length = in.readLong();
      byte[] hash = in.readNBytes(HASH_LENGTH);
      out.writeLong(
          name.matches(SAFE_NAME) && length >= 0 && length <= MAX_LENGTH
              ? take(name, length, hash, in, out)
              : REFUSED);
      int unused = in.read(); // the sender hangs up when it has the answer
    } catch (EOFException e) {
      // the sender is gone, and will come back
    }
  }

  private long take(String name, long length, byte[] hash, DataInputStream in, DataOutputStream out)
      throws IOException {
    Path file = folder.resolve(name);
    if (Files.exists(file)) {
      boolean same = Files.isRegularFile(file) && MessageDigest.isEqual(hash, sha256(file));
      return same ? STORED : REFUSED;
    }
    String id = HexFormat.of().formatHex(hash, 0, 8);
    Path part = folder.resolve(name + "." + id + ".part");
    if (!busy.add(part)) {
      return TRY_AGAIN; // an older stream has not ended yet
    }
    try {
      receive(part, length, in, out);
      if (Files.size(part) != length || !MessageDigest.isEqual(hash, sha256(part))) {
        Files.delete(part);
        return TRY_AGAIN;
      }
      Files.move(part, file);
      System.out.println("got " + name);
      return STORED;
    } finally {
      busy.remove(part);
    }
  }

  private static void receive(Path part, long length, InputStream in, DataOutputStream out)
      throws IOException {
    try (OutputStream file =
        Files.newOutputStream(part, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      byte[] block = new byte[STEP];
      long stored = Files.size(part);
      out.writeLong(stored);
      while (stored < length) {
        int count = in.read(block, 0, (int) Math.min(block.length, length - stored));
        if (count < 0) {
          throw new EOFException();
        }
        file.write(block, 0, count);
        if ((stored + count) / STEP > stored / STEP) {
          out.writeLong(stored + count);
        }
        stored += count;
      }
    }
  }

  static byte[] sha256(Path file) throws IOException {
    try (DigestInputStream in =
        new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
      in.transferTo(OutputStream.nullOutputStream());
      return in.getMessageDigest().digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }
}
