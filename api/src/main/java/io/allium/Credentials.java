package io.allium;

import java.util.Arrays;
import java.util.Objects;

/**
 * A user name and password for a router's interface. No URI, log or exception has them.
 *
 * @see <a href="https://geti2p.net/en/docs/api/samv3">SAM 3.2, Authorization</a>
 */
public final class Credentials {
  private final String user;
  private final char[] password;

  private Credentials(String user, char[] password) {
    this.user = user;
    this.password = password;
  }

  /**
   * Makes credentials.
   *
   * @param user not empty
   * @param password copied
   * @return the credentials
   */
  public static Credentials of(String user, char[] password) {
    if (user.isEmpty()) {
      throw new IllegalArgumentException("the user name is empty");
    }
    return new Credentials(user, password.clone());
  }

  /**
   * The user name.
   *
   * @return not empty
   */
  public String user() {
    return user;
  }

  /**
   * The password.
   *
   * @return a copy; wipe it after use
   */
  public char[] password() {
    return password.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Credentials that
        && user.equals(that.user)
        && Arrays.equals(password, that.password);
  }

  @Override
  public int hashCode() {
    return Objects.hash(user, Arrays.hashCode(password));
  }

  @Override
  public String toString() {
    return "Credentials[redacted]";
  }
}
