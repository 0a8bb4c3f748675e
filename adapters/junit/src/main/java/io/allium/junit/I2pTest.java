package io.allium.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test method that gets a network in memory, and what is on it, as parameters:
 *
 * <pre>{@code
 * @I2pTest
 * void echo(@Router("server") I2p theirs, I2pSession session) throws Exception {
 *   ...
 * }
 * }</pre>
 *
 * <p>The parameters are in {@link I2pExtension}. For tests of other kinds, such as parameterized ones, and for constructors and
 * lifecycle methods, put {@link I2pNetwork} on the class instead.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Test
@ExtendWith(I2pExtension.class)
public @interface I2pTest {}
