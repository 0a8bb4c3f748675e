package org.example;

import io.allium.I2pSession;
import io.allium.spring.I2pPeer;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RestController;

@SpringBootApplication
public class Hello {
  public static void main(String[] args) {
    SpringApplication.run(Hello.class, args);
  }

  @Bean
  ApplicationRunner address(I2pSession session) {
    return args -> System.out.println("http://" + session.destination().base32().text() + "/");
  }

  @RestController
  static class Page {
    @GetMapping("/")
    String greeting(@RequestAttribute(I2pPeer.ATTRIBUTE) I2pPeer peer) {
      return "Hello " + peer.getName();
    }
  }
}
