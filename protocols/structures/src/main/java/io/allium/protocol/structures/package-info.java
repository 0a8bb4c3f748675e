/**
 * I2P's common structures as pure functions over bytes: destinations, keys, signatures, names as text, datagrams,
 * and what I2CP carries.
 *
 * <p>Start at {@link io.allium.protocol.structures.KeysAndCert} for destinations,
 * {@link io.allium.protocol.structures.PrivateKeys} for their keys, {@link io.allium.protocol.structures.Names} for
 * text, {@link io.allium.protocol.structures.Datagram2} for datagrams, and
 * {@link io.allium.protocol.structures.SessionConfiguration}, {@link io.allium.protocol.structures.LeaseSet2} and
 * {@link io.allium.protocol.structures.I2cpPayload} for I2CP.
 *
 * <p>Nothing here does I/O, keeps time or starts a thread. Bytes are refused with a
 * {@link io.allium.protocol.structures.StructureException} unless they are exactly what the specification says. For
 * providers and for the API; programs see {@code io.allium} alone.
 *
 * @see <a href="https://geti2p.net/spec/common-structures">I2P common structures</a>
 * @see <a href="https://geti2p.net/spec/datagrams">I2P datagram specification</a>
 * @see <a href="https://geti2p.net/spec/i2cp">I2CP specification</a>
 */
@NullMarked
package io.allium.protocol.structures;

import org.jspecify.annotations.NullMarked;
