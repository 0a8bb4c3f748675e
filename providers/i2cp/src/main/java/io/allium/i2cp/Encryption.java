package io.allium.i2cp;

import io.allium.ErrorKind;
import io.allium.I2pException;
import io.allium.spi.support.RouterAddress;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * How a router's certificate is checked.
 *
 * @param context what a program gave, or null
 * @param certificate the one that is trusted, or null
 */
record Encryption(@Nullable SSLContext context, @Nullable Path certificate) {
  /** As this Java runtime does it. */
  static final Encryption DEFAULT = new Encryption(null, null);

  /** Encrypts a connection; blocks for the handshake. */
  Socket over(Socket plain, RouterAddress at) throws IOException, I2pException {
    SSLSocket socket =
        (SSLSocket) chosen().getSocketFactory().createSocket(plain, at.host(), at.port(), true);
    if (certificate == null) {
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      socket.setSSLParameters(parameters);
    }
    socket.startHandshake();
    return socket;
  }

  private SSLContext chosen() throws I2pException {
    if (context != null) {
      return context;
    }
    try {
      return certificate == null ? SSLContext.getDefault() : trusting(certificate);
    } catch (NoSuchAlgorithmException e) {
      throw new I2pException(ErrorKind.INTERNAL, "this Java runtime has no TLS", e);
    }
  }

  /** Routers sign their certificates themselves, for whatever name: the certificate itself is what is trusted. */
  private static SSLContext trusting(Path file) throws I2pException {
    try (InputStream in = Files.newInputStream(file)) {
      KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
      trusted.load(null, null);
      trusted.setCertificateEntry(
          "router", CertificateFactory.getInstance("X.509").generateCertificate(in));
      TrustManagerFactory managers =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      managers.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, managers.getTrustManagers(), null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new I2pException(
          ErrorKind.CONFIG_INVALID,
          "the certificate in " + file
              + " cannot be used: give the file of the router's own certificate, in PEM",
          e);
    }
  }
}
