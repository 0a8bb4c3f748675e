package io.allium.spring;

import io.allium.jetty.I2pConnector;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.util.component.Container;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.web.server.WebServerFactory;
import org.springframework.core.env.Environment;

/** Lets nothing start that would open a TCP port for the application, unless it is allowed to. */
final class OnlyI2p implements BeanPostProcessor {
  private static final String JETTY =
      "org.springframework.boot.jetty.servlet.JettyServletWebServerFactory";

  private final Environment environment;

  OnlyI2p(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Object postProcessBeforeInitialization(Object bean, String name) {
    if (bean instanceof WebServerFactory factory
        && !environment.getProperty("allium.server.also-tcp", Boolean.class, false)) {
      check(factory);
    }
    return bean;
  }

  private void check(WebServerFactory factory) {
    if (!factory.getClass().getName().equals(JETTY)) {
      throw new NotOnlyI2pException(
          factory.getClass().getSimpleName() + " opens a TCP port",
          "exclude " + starter(factory)
              + " (it comes with spring-boot-starter-webmvc or -webflux), and use"
              + " spring-boot-starter-jetty with spring-boot-starter-webmvc");
    }
    refuse("management.server.port", "-1");
    refuse("server.ssl.bundle", null);
    refuse("server.ssl.key-store", null);
    refuse("server.ssl.certificate", null);
    refuse("spring.rsocket.server.port", null);
  }

  private void refuse(String property, @Nullable String allowed) {
    String value = environment.getProperty(property);
    if (value != null && !value.equals(allowed)) {
      throw new NotOnlyI2pException(
          property + " is set, which is for a TCP port", "remove " + property);
    }
  }

  private static String starter(WebServerFactory factory) {
    String type = factory.getClass().getSimpleName();
    if (type.startsWith("Tomcat")) {
      return "spring-boot-starter-tomcat";
    }
    return type.startsWith("Netty") ? "spring-boot-starter-reactor-netty" : "what brings it";
  }

  /** For what is added to Jetty later. */
  static final class Connectors implements Container.Listener {
    @Override
    public void beanAdded(Container parent, Object child) {
      if (child instanceof Connector && !(child instanceof I2pConnector)) {
        throw new NotOnlyI2pException(
            "a second connector, " + child.getClass().getSimpleName() + ", opens a TCP port",
            "remove the customizer of Jetty that adds it");
      }
    }

    @Override
    public void beanRemoved(Container parent, Object child) {}
  }
}
