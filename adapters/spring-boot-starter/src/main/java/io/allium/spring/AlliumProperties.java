package io.allium.spring;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The properties of the starter.
 *
 * @param router the URI of the router to use, such as sam://127.0.0.1:7656
 * @param keys the file with the application's identity, made when absent; without it each start has a new address
 * @param server how the application is served to peers
 */
@ConfigurationProperties("allium")
public record AlliumProperties(
    @DefaultValue("sam://127.0.0.1:7656") String router,
    @Nullable Path keys,
    @DefaultValue Server server) {

  /**
   * How the application is served to peers.
   *
   * @param enabled whether the web server is reached over I2P; false for an application that is only a client
   * @param port the I2P port, 0 to 65535; 0 for every port where nobody else listens
   * @param alsoTcp whether TCP ports may be open beside I2P
   * @param peers the .b32.i2p addresses of the peers that are let in; none lets everybody in
   * @param actuator the Actuator endpoints that peers see, by id, such as health; none by default
   * @param maxStreams how many connections there may be at once
   * @param maxStreamsPerPeer how many of them one peer may have
   * @param readTimeout how long a connection may be idle; 0 for ever
   * @param writeTimeout how long a write waits for a peer that takes nothing; 0 for ever
   */
  public record Server(
      @DefaultValue("true") boolean enabled,
      @DefaultValue("0") int port,
      @DefaultValue("false") boolean alsoTcp,
      @DefaultValue List<String> peers,
      @DefaultValue Set<String> actuator,
      @DefaultValue("256") int maxStreams,
      @DefaultValue("64") int maxStreamsPerPeer,
      @DefaultValue("10m") Duration readTimeout,
      @DefaultValue("2m") Duration writeTimeout) {}
}
