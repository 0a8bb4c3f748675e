/**
 * Spring Boot over I2P: add the starter, set {@code allium.router} and {@code allium.keys}, and the application is
 * reached over I2P alone. The properties are those of {@link io.allium.spring.AlliumProperties}.
 */
@NullMarked
package io.allium.spring;

import org.jspecify.annotations.NullMarked;
