package io.allium.spring;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.util.List;
import org.springframework.context.ApplicationContext;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolderStrategy;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.authentication.preauth.PreAuthenticatedAuthenticationToken;
import org.springframework.web.filter.GenericFilterBean;

/** Makes the peer the principal of its request, in every filter chain of Spring Security, which finds this by itself. */
final class PeerPrincipal extends AbstractHttpConfigurer<PeerPrincipal, HttpSecurity> {
  @Override
  public void configure(HttpSecurity http) {
    PeerList listed =
        http
            .getSharedObject(ApplicationContext.class)
            .getBeanProvider(AlliumProperties.class)
            .stream()
            .map(properties -> PeerList.of(properties.server().peers()))
            .findFirst()
            .orElseGet(() -> PeerList.of(List.of()));
    http.addFilterBefore(
        new Filter(listed, getSecurityContextHolderStrategy()),
        AnonymousAuthenticationFilter.class);
  }

  /** Also for what goes on later or fails, which Spring Security judges again. */
  private static final class Filter extends GenericFilterBean {
    private final PeerList listed;
    private final SecurityContextHolderStrategy contexts;

    Filter(PeerList listed, SecurityContextHolderStrategy contexts) {
      this.listed = listed;
      this.contexts = contexts;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
        throws ServletException, IOException {
      if (request.getAttribute(I2pPeer.ATTRIBUTE) instanceof I2pPeer peer
          && contexts.getContext().getAuthentication() == null) {
        SecurityContext context = contexts.createEmptyContext();
        context.setAuthentication(authentication(peer));
        contexts.setContext(context);
      }
      chain.doFilter(request, response);
    }

    private Authentication authentication(I2pPeer peer) {
      return listed.names(peer)
          ? new PreAuthenticatedAuthenticationToken(
              peer, "", AuthorityUtils.createAuthorityList(I2pPeer.LISTED))
          : new AnonymousAuthenticationToken(
              I2pPeer.ATTRIBUTE, peer, AuthorityUtils.createAuthorityList("ROLE_ANONYMOUS"));
    }
  }
}
