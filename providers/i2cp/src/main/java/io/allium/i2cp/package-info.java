/**
 * Any I2P router, local or remote, through I2CP: {@code i2cp://127.0.0.1:7654}. Start at {@link
 * io.allium.i2cp.I2cpProvider}; the protocol itself is in {@code io.allium.protocol.i2cp}.
 *
 * <p>Signing keys never leave the program. The router gets the keys that decrypt what is sent to a destination, so that it
 * reads all of it.
 */
@NullMarked
package io.allium.i2cp;

import org.jspecify.annotations.NullMarked;
