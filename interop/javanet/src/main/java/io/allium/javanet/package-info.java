/**
 * A private network of real Java I2P routers in this JVM, for tests: begin at {@link io.allium.javanet.JavaNetwork}. Routers
 * reach each other in memory, never by a socket; each serves I2CP on a loopback port of its own.
 */
@NullMarked
package io.allium.javanet;

import org.jspecify.annotations.NullMarked;
