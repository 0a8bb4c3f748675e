/**
 * Forwards: {@link io.allium.proxy.forward.ClientForward} makes an I2P service a local TCP port, and
 * {@link io.allium.proxy.forward.ServerForward} puts a local TCP service on I2P.
 * {@link io.allium.proxy.forward.Relay} carries one connection for a program that looks at it first.
 */
@NullMarked
package io.allium.proxy.forward;

import org.jspecify.annotations.NullMarked;
