package io.allium.interop.leak;

import io.allium.Hostname;
import io.allium.I2p;
import io.allium.I2pSession;
import io.allium.jetty.I2pConnector;
import io.allium.memory.MemoryNetwork;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.VirtualThreadPool;

/** A Jetty server on a network in memory, which knows it by a name too. */
final class Site implements AutoCloseable {
  static final String NAME = "site.i2p";
  static final String PAGE = "a page of the site";

  /** What follows it in a path is where the site sends the client. */
  static final String AWAY = "/away/";

  private final MemoryNetwork network = MemoryNetwork.create();
  private final Server server = new Server(new VirtualThreadPool());
  final I2p i2p;
  final I2pSession client;
  private final I2pSession session;

  Site() throws Exception {
    i2p = I2p.connect(network.uri());
    session = i2p.open();
    client = i2p.open();
    network.addName(Hostname.parse(NAME), session.destination());
    server.addConnector(new I2pConnector(server, session));
    server.setHandler(new Handler.Abstract() {
      @Override
      public boolean handle(Request request, Response response, Callback callback) {
        return answer(request, response, callback);
      }
    });
    server.start();
  }

  /** Asks for every address that a request has: a server that looks one up does it here. */
  private static boolean answer(Request request, Response response, Callback callback) {
    String path = Request.getPathInContext(request);
    if (path.startsWith(AWAY)) {
      Response.sendRedirect(
          request, response, callback, "http://" + path.substring(AWAY.length()) + "/");
      return true;
    }
    response.getHeaders().add("Peer", Request.getRemoteAddr(request));
    response
        .getHeaders()
        .add("Here", Request.getLocalAddr(request) + " " + Request.getServerName(request));
    Content.Sink.write(response, true, PAGE, callback);
    return true;
  }

  String b32() {
    return session.destination().base32().text();
  }

  @Override
  public void close() throws Exception {
    server.stop();
    i2p.close();
    network.close();
  }
}
