/** {@link io.allium.proxy.socks.SocksProxy}: programs that speak SOCKS reach I2P services by name. */
@NullMarked
package io.allium.proxy.socks;

import org.jspecify.annotations.NullMarked;
