package io.allium.spring;

import java.util.Map;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.view.RedirectView;

/** The application of the tests. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(Site.Pages.class)
class Site {
  @RestController
  static class Pages {
    @GetMapping("/")
    String hello(@RequestAttribute(I2pPeer.ATTRIBUTE) I2pPeer peer) {
      return "Hello " + peer.getName();
    }

    @GetMapping("/fault")
    ResponseEntity<Map<String, String>> fault() {
      throw new IllegalStateException("a secret of the program");
    }

    @GetMapping("/elsewhere")
    RedirectView elsewhere() {
      return new RedirectView("/");
    }
  }
}
