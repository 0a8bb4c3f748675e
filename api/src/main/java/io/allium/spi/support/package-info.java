/**
 * What every provider would write again: why something ended ({@link io.allium.spi.support.End}), waiting until a
 * moment ({@link io.allium.spi.support.Timeout}), calls that end with their owner ({@link
 * io.allium.spi.support.OngoingCalls}), locks that know their order ({@link io.allium.spi.support.OrderedLock}), a
 * clock that a test moves ({@link io.allium.spi.support.ManualTime}). Public for providers; it may change with any
 * version.
 */
@NullMarked
package io.allium.spi.support;

import org.jspecify.annotations.NullMarked;
