/** Tests of the bytes of I2P. Start at {@link io.allium.protocol.structures.Datagram2Test}. */
@NullMarked
package io.allium.protocol.structures;

import org.jspecify.annotations.NullMarked;
