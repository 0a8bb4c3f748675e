/**
 * I2P streams as {@code java.net} sockets, for libraries that take a socket factory. Start from {@link
 * io.allium.sockets.I2pSocketFactory} to connect, and from {@link io.allium.sockets.I2pServerSocketFactory} to accept.
 */
@NullMarked
package io.allium.sockets;

import org.jspecify.annotations.NullMarked;
