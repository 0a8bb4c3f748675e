/**
 * What a provider implements to carry the API over some router. Start at {@code io.allium.spi.Provider}.
 *
 * <p>Drivers block, and know nothing of deadlines, supervision or close order: the API does that once, above them.
 */
@NullMarked
package io.allium.spi;

import org.jspecify.annotations.NullMarked;
