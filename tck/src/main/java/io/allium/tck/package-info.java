/**
 * The behaviour that every provider shows, as JUnit tests. Start at {@link io.allium.tck.Subject}: implement it, and
 * extend each {@code …Tck} class with it. The {@code Driver…Tck} classes try a driver alone, and take a
 * {@link io.allium.tck.DriverSubject}.
 */
@NullMarked
package io.allium.tck;

import org.jspecify.annotations.NullMarked;
