package io.allium.sam;

import io.allium.Credentials;
import io.allium.I2pException;
import io.allium.protocol.sam.Hello;
import io.allium.protocol.sam.SamVersion;
import io.allium.protocol.sam.state.HelloConversation;
import io.allium.spi.Call;
import io.allium.spi.Provider;
import io.allium.spi.RouterDriver;
import io.allium.spi.RouterRequest;
import io.allium.spi.TimeSource;
import java.util.Optional;
import java.util.Set;

/**
 * Serves {@code sam://host:port}; without a port, 7656.
 *
 * <p>Datagrams go by UDP where the bridge has a loopback address, else in band, on the connection of their session. Behind
 * a {@code ?}, {@code datagrams=udp} or {@code datagrams=in-band} chooses, as for a bridge behind a forwarded TCP port, and
 * {@code udp-port=7655} names the bridge's UDP port; several settings are joined by {@code &}. A payload is at least one
 * byte (i2pd loses raw ones of one or two) and at most 31,744, or 32,768 for raw ones from SAM 3.2 on; in band before
 * SAM 3.2, 7,040.
 *
 * @see <a href="https://geti2p.net/en/docs/api/samv3">SAM v3</a>
 */
public final class SamProvider implements Provider {
  private final TimeSource time;

  /** Creates the provider; {@link java.util.ServiceLoader} calls this. */
  public SamProvider() {
    this(TimeSource.system());
  }

  SamProvider(TimeSource time) {
    this.time = time;
  }

  @Override
  public Set<String> schemes() {
    return Set.of("sam");
  }

  @Override
  public RouterDriver connect(RouterRequest request, Call call)
      throws I2pException, InterruptedException {
    SamBridge bridge = new SamBridge(
        SamAddress.of(request.uri()),
        request.credentials().map(SamProvider::hello).orElse(HelloConversation.DEFAULT));
    try (SamConnection connection = bridge.connect(call)) {
      return new SamRouter(bridge, connection.version(), time);
    }
  }

  private static Hello hello(Credentials credentials) {
    return new Hello(
        Optional.of(SamVersion.V3_1),
        Optional.of(SamVersion.V3_3),
        Optional.of(credentials.user()),
        Optional.of(new String(credentials.password())));
  }
}
