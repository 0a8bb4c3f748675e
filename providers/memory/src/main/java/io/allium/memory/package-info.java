/**
 * A whole I2P network inside one JVM, for tests: {@code memory:name}. Start at {@link io.allium.memory.MemoryNetwork}.
 *
 * <p>It keeps the API's contracts, and hides nothing from anybody: there are no tunnels and no cryptography.
 */
@NullMarked
package io.allium.memory;

import org.jspecify.annotations.NullMarked;
