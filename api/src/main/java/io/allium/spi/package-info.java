/**
 * What a provider implements to carry the API over some router. Start at {@code io.allium.spi.Provider}.
 *
 * <p>Drivers block, and know nothing of supervision or close order: the API does that once, above them. Deadlines come
 * to them as a {@link io.allium.spi.Call}, or as a parameter of a read or write.
 */
@NullMarked
package io.allium.spi;

import org.jspecify.annotations.NullMarked;
