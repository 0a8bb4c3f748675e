package io.allium.i2cp;

import io.allium.I2pException;
import io.allium.spi.Access;
import io.allium.spi.Provider;
import io.allium.spi.RouterSource;
import java.net.URI;
import java.util.List;
import java.util.Set;

/**
 * Serves {@code i2cp://host:port} and, encrypted, {@code i2cp+tls://host:port}; without a port, 7654. {@link I2cpAt} is the
 * same in code, and more.
 *
 * <p>A session carries datagrams of every format on one destination, with ports, and raw ones, of 0 to 31,744 bytes, or
 * to 32,768 for raw ones. It carries no streams yet.
 *
 * @see <a href="https://geti2p.net/spec/i2cp">I2CP</a>
 */
public final class I2cpProvider implements Provider {
  /** Creates the provider; {@link java.util.ServiceLoader} calls this. */
  public I2cpProvider() {}

  @Override
  public Set<String> schemes() {
    return Set.of(I2cpAt.SCHEME, I2cpAt.TLS_SCHEME);
  }

  @Override
  public RouterSource source(URI uri, Access access) throws I2pException {
    return I2cpAt.parse(uri).with(access.credentials());
  }

  @Override
  public List<RouterSource> usual() {
    return List.of(I2cpAt.of("127.0.0.1", I2cpAt.DEFAULT_PORT));
  }
}
