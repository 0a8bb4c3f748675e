package io.allium.spring;

import io.allium.I2p;
import io.allium.micrometer.I2pMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** Meters, which Spring Boot binds to its registry. */
@AutoConfiguration(after = AlliumAutoConfiguration.class)
@ConditionalOnClass(MeterRegistry.class)
class MetricsAutoConfiguration {
  @Bean
  @ConditionalOnMissingBean
  I2pMetrics i2pMetrics(I2p i2p) {
    return new I2pMetrics(i2p);
  }
}
