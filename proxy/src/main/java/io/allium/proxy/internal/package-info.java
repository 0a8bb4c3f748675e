/** What the forwards and the proxies share: local sockets, and streams by purpose. Not for other programs. */
@NullMarked
package io.allium.proxy.internal;

import org.jspecify.annotations.NullMarked;
