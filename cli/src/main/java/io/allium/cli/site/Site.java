package io.allium.cli.site;

import io.allium.I2pAcceptor;
import io.allium.I2pException;
import io.allium.I2pSession;
import io.allium.I2pStream;
import io.allium.ServeOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A folder as an I2P site. Requests come as they were sent, answers go out without a port on this host. At most 256
 * streams are served at once, 64 of one visitor.
 */
public final class Site implements AutoCloseable {
  /** What of an answer is not sent by then would not be sent soon; the whole program ends within 5 s. */
  private static final Duration FINISH = Duration.ofSeconds(3);

  private static final System.Logger LOG = System.getLogger(Site.class.getName());

  private final I2pAcceptor acceptor;
  private final Pages pages;
  private final Duration limit;
  private final Set<Visit> visits = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  private Site(I2pAcceptor acceptor, Pages pages, Duration limit) {
    this.acceptor = acceptor;
    this.pages = pages;
    this.limit = limit;
  }

  /**
   * Opens a site.
   *
   * @param session whose destination it gets; stays open when the site closes
   * @param port the I2P port, 0 for all
   * @param folder what everybody may read: regular files, folders, links that stay inside; nothing hidden
   * @param limit how long a request may take to come
   * @return to be closed by the caller
   * @throws IOException if the folder cannot be read, or as {@link I2pSession#listen}
   */
  public static Site open(I2pSession session, int port, Path folder, Duration limit)
      throws IOException {
    Pages pages = new Pages(new Folder(folder, Folder.FILE_LIMIT));
    Site site = new Site(session.listen(port), pages, limit);
    Thread.ofVirtual().name("allium-site").start(site::serve);
    return site;
  }

  private void serve() {
    try {
      acceptor.serve(this::visit, ServeOptions.defaults());
    } catch (I2pException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "the site at " + acceptor.address() + " ended: " + e.getMessage());
    }
  }

  private void visit(I2pStream stream) {
    Visit visit = new Visit(stream, pages, limit);
    visits.add(visit);
    try {
      if (!closed) {
        visit.run();
      }
    } finally {
      visits.remove(visit);
    }
  }

  /** Takes no more requests, and gives the answers that are under way 3 s to end. */
  @Override
  public void close() {
    closed = true;
    acceptor.close();
    visits.forEach(Visit::finish);
    long end = System.nanoTime() + FINISH.toNanos();
    try {
      for (Visit visit : visits) {
        visit.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
