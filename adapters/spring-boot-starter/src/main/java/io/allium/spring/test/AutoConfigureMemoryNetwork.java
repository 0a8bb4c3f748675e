package io.allium.spring.test;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.context.annotation.Import;

/**
 * Put beside {@code @SpringBootTest}: the application runs on an I2P network in memory, of which the test gets the
 * {@code MemoryNetwork} as a bean, to open sessions of its own or to restart its routers. The application has a new
 * address in each test: the file of {@code allium.keys} is not touched. Needs {@code allium-memory}, which {@code allium} and so
 * the starter bring.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@Import(MemoryNetworkConfiguration.class)
public @interface AutoConfigureMemoryNetwork {}
