package io.allium.spring;

import io.allium.Destination;
import io.allium.jetty.I2pConnector;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Before everything else of the server: says who asks, and refuses who is not listed. */
final class PeerHandler extends Handler.Wrapper {
  private final PeerList listed;

  PeerHandler(PeerList listed) {
    this.listed = listed;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    I2pPeer peer = I2pConnector.peer(request)
        .map(address -> new I2pPeer((Destination) address.name()))
        .orElse(null);
    if (!listed.isEmpty() && (peer == null || !listed.names(peer))) {
      response.setStatus(HttpStatus.FORBIDDEN_403);
      callback.succeeded();
      return true;
    }
    if (peer != null) {
      request.setAttribute(I2pPeer.ATTRIBUTE, peer);
    }
    return super.handle(request, response, callback);
  }
}
