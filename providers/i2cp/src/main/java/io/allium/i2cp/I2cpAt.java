package io.allium.i2cp;

import io.allium.Credentials;
import io.allium.ErrorKind;
import io.allium.I2pException;
import io.allium.protocol.i2cp.Login;
import io.allium.spi.Call;
import io.allium.spi.RouterDriver;
import io.allium.spi.RouterRequest;
import io.allium.spi.RouterSource;
import io.allium.spi.support.RouterAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * A router with I2CP, for {@link io.allium.I2p#connect(RouterSource)}: the same as a URI of {@link I2cpProvider}, and
 * more. Immutable; each setter returns a changed copy.
 *
 * <pre>{@code
 * I2p.connect(I2cpAt.of("192.168.1.2", 7654).withCredentials(Credentials.of("me", password)));
 * }</pre>
 */
public final class I2cpAt implements RouterSource {
  static final String SCHEME = "i2cp";
  static final String TLS_SCHEME = "i2cp+tls";
  static final int DEFAULT_PORT = 7654;

  private static final String CERTIFICATE = "certificate=";

  private final RouterAddress address;
  private final Encryption encryption;
  private final Optional<Credentials> credentials;
  private final Optional<I2cpAt> witness;

  private I2cpAt(
      RouterAddress address,
      Encryption encryption,
      Optional<Credentials> credentials,
      Optional<I2cpAt> witness) {
    this.address = address;
    this.encryption = encryption;
    this.credentials = credentials;
    this.witness = witness;
  }

  /**
   * A router without TLS and without credentials.
   *
   * @param host a name of your own network, or an address, of this machine or another one; never an I2P name
   * @param port the TCP port, 1–65535; usually 7654
   * @return the router; nothing is connected yet
   */
  public static I2cpAt of(String host, int port) {
    return new I2cpAt(
        RouterAddress.of(SCHEME, host, port),
        Encryption.DEFAULT,
        Optional.empty(),
        Optional.empty());
  }

  /**
   * Encrypts the connection. The router's certificate must be one that this Java runtime trusts, for this host.
   *
   * @return a copy
   */
  public I2cpAt withTls() {
    return encrypted(Encryption.DEFAULT);
  }

  /**
   * Encrypts the connection. Who is trusted is the program's affair; the certificate must be for this host.
   *
   * @param context makes the connections
   * @return a copy
   */
  public I2cpAt withTls(SSLContext context) {
    return encrypted(new Encryption(Objects.requireNonNull(context, "context"), null));
  }

  /**
   * Encrypts the connection, and trusts one certificate, whatever host it names: routers make their own.
   *
   * @param file the router's certificate in PEM (Java I2P: the file in {@code certificates/i2cp}); read at each connect
   * @return a copy
   */
  public I2cpAt withCertificate(Path file) {
    return encrypted(new Encryption(null, file.toAbsolutePath()));
  }

  private I2cpAt encrypted(Encryption how) {
    return new I2cpAt(
        new RouterAddress(TLS_SCHEME, address.host(), address.port()), how, credentials, witness);
  }

  /**
   * Sets user name and password. No URI can do this.
   *
   * @param value user name and password, if the router wants them
   * @return a copy
   */
  public I2cpAt withCredentials(Credentials value) {
    return with(Optional.of(value));
  }

  /**
   * Names a second router, which {@link io.allium.I2pSession#awaitReachable} asks whether the network knows a destination of
   * the first: a router answers for its own destinations without asking the network. It should be far from the first one.
   *
   * @param other only looks up names
   * @return a copy
   */
  public I2cpAt withWitness(I2cpAt other) {
    return new I2cpAt(address, encryption, credentials, Optional.of(other));
  }

  /** Credentials, or none. */
  I2cpAt with(Optional<Credentials> value) {
    return new I2cpAt(address, encryption, value, witness);
  }

  /** Repeats nothing of it where it is wrong: what stands in a URI by mistake may be a password. */
  static I2cpAt parse(URI uri) throws I2pException {
    String host = uri.getHost();
    boolean bare = uri.getRawPath() == null
        || uri.getRawPath().isEmpty()
        || uri.getRawPath().equals("/");
    if (host == null || !bare || uri.getRawFragment() != null) {
      throw invalid("write a router with I2CP as i2cp://HOST:PORT, as in i2cp://127.0.0.1:7654");
    }
    try {
      I2cpAt at = of(host, uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort());
      boolean tls = TLS_SCHEME.equalsIgnoreCase(uri.getScheme());
      String query = uri.getQuery();
      if (query == null) {
        return tls ? at.withTls() : at;
      }
      if (!tls || !query.startsWith(CERTIFICATE) || query.length() == CERTIFICATE.length()) {
        throw invalid(
            "after the ? a router with I2CP takes certificate=FILE with i2cp+tls://, and nothing else");
      }
      return at.withCertificate(Path.of(query.substring(CERTIFICATE.length())));
    } catch (IllegalArgumentException e) {
      throw invalid(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public URI uri() {
    Path file = encryption.certificate();
    try {
      return file == null
          ? new URI(address.toString())
          : new URI(TLS_SCHEME, null, address.host(), address.port(), "", CERTIFICATE + file, null);
    } catch (URISyntaxException e) {
      throw new IllegalStateException("a host that was checked", e);
    }
  }

  @Override
  public RouterDriver connect(RouterRequest request, Call call)
      throws I2pException, InterruptedException {
    try (Link link = Link.open(this, request, call)) {
      return new I2cpRouter(this, request, RouterKind.of(link, call));
    }
  }

  /** By content. */
  @Override
  public boolean equals(Object other) {
    return other instanceof I2cpAt that
        && address.equals(that.address)
        && encryption.equals(that.encryption)
        && credentials.equals(that.credentials)
        && witness.equals(that.witness);
  }

  @Override
  public int hashCode() {
    return address.hashCode();
  }

  /** The URI, without the file of a certificate. */
  @Override
  public String toString() {
    return address.toString();
  }

  Encryption encryption() {
    return encryption;
  }

  Optional<I2cpAt> witness() {
    return witness;
  }

  RouterAddress address() {
    return address;
  }

  boolean isTls() {
    return address.scheme().equals(TLS_SCHEME);
  }

  Optional<Login> login() {
    return credentials.map(who -> new Login(who.user(), new String(who.password())));
  }

  private static I2pException invalid(String message) {
    return new I2pException(ErrorKind.CONFIG_INVALID, message);
  }
}
