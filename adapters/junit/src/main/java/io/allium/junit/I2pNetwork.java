package io.allium.junit;

import io.allium.Capability;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives tests a network in memory, and says what goes wrong on it. On a class it is for all its tests, also those of nested
 * classes and subclasses; on a method it takes the place of that of the class. Without any value it is a perfect network.
 * The parameters that it makes possible are in {@link I2pExtension}.
 *
 * <p>A value out of range fails the test.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@ExtendWith(I2pExtension.class)
public @interface I2pNetwork {
  /**
   * What chance is drawn from. A failed test tells the seed that it had: set it here, and the same faults come again.
   *
   * @return any number; 0, the default, is another seed for each network
   */
  long seed() default 0;

  /**
   * How long every message is under way.
   *
   * @return milliseconds, not negative, by default 0
   */
  long latencyMillis() default 0;

  /**
   * By how much longer at random.
   *
   * @return milliseconds, not negative, by default 0
   */
  long jitterMillis() default 0;

  /**
   * The part of messages that get lost: datagrams for good, those of streams until they are sent again.
   *
   * @return 0 to 1, by default 0
   */
  double loss() default 0;

  /**
   * After what time a stream sends a lost message again.
   *
   * @return milliseconds, not negative; by default 9000, as I2P's streaming protocol
   */
  long resendMillis() default 9000;

  /**
   * The part of messages that break their stream.
   *
   * @return 0 to 1, by default 0
   */
  double reset() default 0;

  /**
   * How long opening a session takes.
   *
   * @return milliseconds, not negative, by default 0
   */
  long buildDelayMillis() default 0;

  /**
   * Whether time stands still until the test calls {@code MemoryNetwork.advance}, for deadlines too.
   *
   * @return false by default: the system's clock
   */
  boolean manualClock() default false;

  /**
   * What the routers cannot do, such as {@link Capability#HALF_CLOSE}, which routers behind SAM lack.
   *
   * @return by default nothing
   */
  Capability[] without() default {};
}
