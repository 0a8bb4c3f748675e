package io.allium.spring;

import io.allium.I2p;
import io.allium.I2pException;
import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;

/**
 * Which router an application uses. A bean of this type takes the place of {@code allium.router}, as other connection
 * details of Spring Boot do.
 */
@FunctionalInterface
public interface AlliumConnectionDetails extends ConnectionDetails {
  /**
   * Reaches the router; called once, when the application starts.
   *
   * @return the router, which the application closes when it ends
   * @throws I2pException if it cannot be reached; the application then does not start, and tells why
   */
  I2p connect() throws I2pException;
}
