/**
 * The bytes of I2P's datagrams, for providers that make and check them themselves instead of leaving it to a SAM bridge.
 * Start at {@link io.allium.protocol.sam.datagram.Datagram2}; {@link io.allium.protocol.sam.datagram.Datagram1} is what older peers know,
 * {@link io.allium.protocol.sam.datagram.Datagram3} carries no signature, and a raw datagram is its payload alone.
 *
 * <p>Nothing here does I/O, keeps time or starts a thread. What a peer sends is refused with
 * {@link io.allium.ErrorKind#PROTOCOL_VIOLATION} unless it is exactly what the specification says: such a datagram is to
 * be dropped, nothing else happened.
 *
 * @see <a href="https://geti2p.net/spec/datagrams">I2P datagram specification</a>
 */
@NullMarked
package io.allium.protocol.sam.datagram;

import org.jspecify.annotations.NullMarked;
