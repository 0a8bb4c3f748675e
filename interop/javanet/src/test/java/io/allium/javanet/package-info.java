/** The network of Java routers, with net.i2p's own client on it. */
@NullMarked
package io.allium.javanet;

import org.jspecify.annotations.NullMarked;
