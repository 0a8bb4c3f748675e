/** Tests of the bytes of datagrams. Start at {@link io.allium.protocol.sam.datagram.Datagram2Test}. */
@NullMarked
package io.allium.protocol.sam.datagram;

import org.jspecify.annotations.NullMarked;
