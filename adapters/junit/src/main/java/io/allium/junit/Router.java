package io.allium.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The router of a parameter of type {@code I2p} or {@code I2pSession}. Routers of different names can be stopped and
 * restarted one without the other: {@code network.restart("server")}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface Router {
  /** The router of a parameter without this annotation. */
  String DEFAULT = "default";

  /**
   * Its name.
   *
   * @return 1 to 64 letters, digits, dots, dashes and underscores
   */
  String value();
}
