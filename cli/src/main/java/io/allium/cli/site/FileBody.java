package io.allium.cli.site;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;

/** A file, or a part of it, as the body of an answer: exactly what its headers announce, or a failure. */
final class FileBody extends AbstractHttpEntity {
  private static final int CHUNK = 32 * 1024;

  private final Folder folder;
  private final Folder.Found file;
  private final FileChannel channel;
  private final ByteRange range;

  FileBody(Folder folder, Folder.Found file, FileChannel channel, ByteRange range) {
    super(ContentTypes.of(file.path().getFileName().toString()), null);
    this.folder = folder;
    this.file = file;
    this.channel = channel;
    this.range = range;
  }

  @Override
  public long getContentLength() {
    return range.length();
  }

  @Override
  public boolean isStreaming() {
    return true;
  }

  @Override
  public InputStream getContent() {
    throw new UnsupportedOperationException("a file is written, piece by piece");
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(CHUNK, range.length()));
    long end = range.first() + range.length();
    for (long at = range.first(); at < end; at += buffer.position()) {
      long from = at;
      buffer.clear().limit((int) Math.min(CHUNK, end - from));
      int count = folder.on(file, () -> channel.read(buffer, from));
      if (count <= 0) {
        throw new EOFException("the file is shorter than it was");
      }
      out.write(buffer.array(), 0, count);
    }
  }

  @Override
  public void close() throws IOException {
    close(folder, file, channel);
  }

  static void close(Folder folder, Folder.Found file, FileChannel channel) throws IOException {
    folder.on(file, () -> {
      channel.close();
      return true;
    });
  }
}
