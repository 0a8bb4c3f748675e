/**
 * What both proxies take: {@link io.allium.proxy.ProxyOptions}. The proxies themselves are {@code
 * io.allium.proxy.http.HttpProxy} and {@code io.allium.proxy.socks.SocksProxy}.
 */
@NullMarked
package io.allium.proxy;

import org.jspecify.annotations.NullMarked;
