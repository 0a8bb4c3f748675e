package io.allium.proxy;

import io.allium.SessionConfig;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Objects;
import java.util.Optional;

/** How a proxy opens its sessions, and who may use it. Immutable; start from {@link #defaults()} or {@link #builder()}. */
public final class ProxyOptions {
  private static final ProxyOptions DEFAULTS = builder().build();

  private final SessionConfig session;
  private final Optional<byte[]> password;

  private ProxyOptions(Builder builder) {
    session = builder.session;
    password = builder.password;
  }

  /**
   * The defaults.
   *
   * @return new destinations with the default tunnels, no password
   */
  public static ProxyOptions defaults() {
    return DEFAULTS;
  }

  /**
   * Starts from the defaults.
   *
   * @return a builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * How sessions are opened.
   *
   * @return the settings; keys in them are not used
   */
  public SessionConfig session() {
    return session;
  }

  /**
   * Whether programs must give a password.
   *
   * @return false by default: every program on this machine may use the proxy
   */
  public boolean isPasswordRequired() {
    return password.isPresent();
  }

  /**
   * Whether this password lets a program in. Takes the same time for every wrong password of one length.
   *
   * @param given in UTF-8
   * @return true also where none is required
   */
  public boolean admits(byte[] given) {
    return password.map(right -> MessageDigest.isEqual(right, given)).orElse(true);
  }

  /** Whether there is a password, never which. */
  @Override
  public String toString() {
    return "ProxyOptions[session=" + session + (isPasswordRequired() ? ", password" : "") + "]";
  }

  /** Collects options; not for use by several threads at once. */
  public static final class Builder {
    private SessionConfig session = SessionConfig.transientKeys();
    private Optional<byte[]> password = Optional.empty();

    private Builder() {}

    /**
     * How sessions are opened.
     *
     * @param value tunnels and other settings; keys in it are not used, since each session has a new destination
     * @return this
     */
    public Builder session(SessionConfig value) {
      session = Objects.requireNonNull(value, "session");
      return this;
    }

    /**
     * Lets only programs in that give this password. They may give any user name: it chooses the session.
     *
     * @param value 1 to 255 bytes in UTF-8; copied
     * @return this
     * @throws IllegalArgumentException for another length
     */
    public Builder password(char[] value) {
      byte[] bytes =
          new byte[StandardCharsets.UTF_8.encode(CharBuffer.wrap(value)).remaining()];
      StandardCharsets.UTF_8.encode(CharBuffer.wrap(value)).get(bytes);
      if (bytes.length < 1 || bytes.length > 255) {
        throw new IllegalArgumentException("a password has 1 to 255 bytes, not " + bytes.length);
      }
      password = Optional.of(bytes);
      return this;
    }

    /**
     * Makes the options.
     *
     * @return immutable
     */
    public ProxyOptions build() {
      return new ProxyOptions(this);
    }
  }
}
