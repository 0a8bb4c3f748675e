package io.allium.examples;

import io.allium.I2pSession;
import io.allium.spring.I2pPeer;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RestController;

/** A Spring Boot application on I2P, with no TCP port open; see docs/spring-boot.md. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class SpringSite {
  /** Made by Spring. */
  SpringSite() {}

  /**
   * Runs the application until it is ended.
   *
   * @param args properties, such as --allium.router=sam://127.0.0.1:7656 and --allium.keys=site.keys
   */
  public static void main(String... args) {
    SpringApplication.run(SpringSite.class, args);
  }

  @Bean
  ApplicationRunner address(I2pSession session) {
    return args -> System.out.println("http://" + session.destination().base32().text() + "/");
  }

  /** Greets whoever asks, by the address that I2P proves. */
  @RestController
  static class Page {
    private final AtomicInteger visits = new AtomicInteger();

    @GetMapping("/")
    String greeting(@RequestAttribute(I2pPeer.ATTRIBUTE) I2pPeer peer) {
      return "Hello " + peer.getName() + ", you are visit " + visits.incrementAndGet();
    }
  }
}
