/** Tests of the bytes of datagrams. Start at {@link io.allium.sam.datagram.Datagram2Test}. */
@NullMarked
package io.allium.sam.datagram;

import org.jspecify.annotations.NullMarked;
