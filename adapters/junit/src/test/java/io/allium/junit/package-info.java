/** The extension in use, and run by JUnit on samples that fail. Start at {@link io.allium.junit.I2pTestTest}. */
@NullMarked
package io.allium.junit;

import org.jspecify.annotations.NullMarked;
