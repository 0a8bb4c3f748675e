/**
 * Proof of the I2CP provider against a scripted router on a real socket, which speaks with the classes of Java I2P. Start at
 * {@link io.allium.i2cp.StubRouter}.
 */
@NullMarked
package io.allium.i2cp;

import org.jspecify.annotations.NullMarked;
