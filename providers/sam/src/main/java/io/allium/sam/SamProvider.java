package io.allium.sam;

import io.allium.I2pException;
import io.allium.spi.Access;
import io.allium.spi.Provider;
import io.allium.spi.RouterSource;
import java.net.URI;
import java.util.List;
import java.util.Set;

/**
 * Serves {@code sam://host:port}; without a port, 7656. {@link SamAt} is the same in code.
 *
 * <p>Datagrams go by UDP if the bridge has a loopback address. Else they go in band, on the connection of their
 * session. After a {@code ?}, a URI may have settings, joined by {@code &}: {@code datagrams=udp} or {@code
 * datagrams=in-band} (for a bridge behind a forwarded TCP port) chooses the way, {@code udp-port=7655} is the bridge's
 * UDP port, and {@code accepts=8} says how many accepts wait at the bridge, 1 to 64. A payload has at least one byte
 * (i2pd loses raw ones of one or two), and at most 31,744, or 32,768 for raw ones from SAM 3.2 on; in band before SAM
 * 3.2, 7,040.
 *
 * @see <a href="https://geti2p.net/en/docs/api/samv3">SAM v3</a>
 */
public final class SamProvider implements Provider {
  /** Creates the provider; {@link java.util.ServiceLoader} calls this. */
  public SamProvider() {}

  @Override
  public Set<String> schemes() {
    return Set.of("sam");
  }

  @Override
  public RouterSource source(URI uri, Access access) throws I2pException {
    return SamUri.parse(uri).with(access.credentials());
  }

  @Override
  public List<RouterSource> usual() {
    return List.of(SamAt.of("127.0.0.1", SamAt.DEFAULT_PORT));
  }
}
