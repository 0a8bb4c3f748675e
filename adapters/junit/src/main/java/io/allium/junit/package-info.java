/**
 * Tests with JUnit on a network in memory. Start at {@link io.allium.junit.I2pTest}; {@link io.allium.junit.I2pNetwork}
 * chooses what goes wrong on the network.
 */
@NullMarked
package io.allium.junit;

import org.jspecify.annotations.NullMarked;
