/**
 * Forwards: {@link io.allium.proxy.forward.ClientForward} makes an I2P service available on a local TCP port, and
 * {@link io.allium.proxy.forward.ServerForward} makes a local TCP service available on I2P. {@link
 * io.allium.proxy.forward.Relay} carries one connection for a program that checks it first.
 */
@NullMarked
package io.allium.proxy.forward;

import org.jspecify.annotations.NullMarked;
