package io.allium.benchmarks;

import java.security.Provider;
import java.security.Security;

/** Ed25519 of Bouncy Castle before that of the JDK, and nothing else of it: what a program may register for itself. */
final class BouncyEd25519 extends Provider {
  private static final long serialVersionUID = 1;
  private static final String FOLDER = "org.bouncycastle.jcajce.provider.asymmetric.edec.";

  private BouncyEd25519() {
    super("BouncyEd25519", "1", "Ed25519 of Bouncy Castle");
    put("Signature.Ed25519", FOLDER + "SignatureSpi$Ed25519");
    put("KeyFactory.Ed25519", FOLDER + "KeyFactorySpi$Ed25519");
  }

  /** Signs and verifies from now on. */
  static void register() {
    Provider ours = new BouncyEd25519();
    if (Security.insertProviderAt(ours, 1) != 1) {
      throw new IllegalStateException("it is there already");
    }
  }

  static void unregister() {
    Security.removeProvider("BouncyEd25519");
  }
}
