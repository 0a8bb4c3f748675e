/** Tests of Spring Boot applications without a router: start from {@link AutoConfigureMemoryNetwork}. */
@NullMarked
package io.allium.spring.test;

import org.jspecify.annotations.NullMarked;
