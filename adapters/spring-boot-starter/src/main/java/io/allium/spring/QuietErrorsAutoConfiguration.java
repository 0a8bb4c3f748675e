package io.allium.spring;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.error.ErrorAttributeOptions;
import org.springframework.boot.webmvc.error.DefaultErrorAttributes;
import org.springframework.boot.webmvc.error.ErrorAttributes;
import org.springframework.context.annotation.Bean;
import org.springframework.web.context.request.WebRequest;

/** Error pages that tell peers neither the clock nor the program's inside. */
@AutoConfiguration(
    beforeName = "org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration")
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass(DefaultErrorAttributes.class)
@ConditionalOnBooleanProperty(name = "allium.server.enabled", matchIfMissing = true)
class QuietErrorsAutoConfiguration {
  @Bean
  @ConditionalOnMissingBean(ErrorAttributes.class)
  DefaultErrorAttributes errorAttributes() {
    return new Quiet();
  }

  private static final class Quiet extends DefaultErrorAttributes {
    @Override
    public Map<String, @Nullable Object> getErrorAttributes(
        WebRequest request, ErrorAttributeOptions options) {
      Map<String, @Nullable Object> attributes = super.getErrorAttributes(request, options);
      attributes.remove("timestamp");
      attributes.remove("trace");
      attributes.remove("exception");
      return attributes;
    }
  }
}
