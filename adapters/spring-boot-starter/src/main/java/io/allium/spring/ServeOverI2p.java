package io.allium.spring;

import io.allium.I2pSession;
import io.allium.ServeOptions;
import io.allium.jetty.I2pConnector;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Server;
import org.springframework.boot.jetty.servlet.JettyServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.core.Ordered;

/** Gives Jetty our connector before anybody else sees it: so Spring Boot's settings of connectors come to ours. */
final class ServeOverI2p
    implements WebServerFactoryCustomizer<JettyServletWebServerFactory>, Ordered {
  private final I2pSession session;
  private final AlliumProperties.Server properties;
  private final PeerList peers;
  private final ServeOptions limits;

  ServeOverI2p(I2pSession session, AlliumProperties.Server properties) {
    this.session = session;
    this.properties = properties;
    peers = PeerList.of(properties.peers());
    limits = ServeOptions.builder()
        .maxStreams(properties.maxStreams(), properties.maxStreamsPerPeer())
        .readTimeout(properties.readTimeout())
        .writeTimeout(properties.writeTimeout())
        .build();
  }

  @Override
  public int getOrder() {
    return HIGHEST_PRECEDENCE;
  }

  @Override
  public void customize(JettyServletWebServerFactory factory) {
    factory.addServerCustomizers(this::customize);
  }

  private void customize(Server server) {
    I2pConnector connector = new I2pConnector(server, session, properties.port(), limits);
    if (properties.alsoTcp()) {
      server.addConnector(connector);
    } else {
      server.setConnectors(new Connector[] {connector});
      server.addEventListener(new OnlyI2p.Connectors());
    }
    PeerHandler handler = new PeerHandler(peers);
    handler.setHandler(server.getHandler());
    server.setHandler(handler);
  }
}
