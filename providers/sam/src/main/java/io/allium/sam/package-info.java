/**
 * Any I2P router, local or remote, through its SAM bridge: {@code sam://127.0.0.1:7656}. Start at
 * {@link io.allium.sam.SamProvider}; the protocol itself is in {@code io.allium.protocol.sam}.
 *
 * <p>SAM hands a destination's private keys to the router: use one that you trust.
 */
@NullMarked
package io.allium.sam;

import org.jspecify.annotations.NullMarked;
