/** A Jetty server on I2P: start with {@link io.allium.jetty.I2pConnector}. */
@NullMarked
package io.allium.jetty;

import org.jspecify.annotations.NullMarked;
