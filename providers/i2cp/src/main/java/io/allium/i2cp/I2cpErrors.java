package io.allium.i2cp;

import io.allium.ErrorKind;
import io.allium.I2pException;
import io.allium.protocol.i2cp.HostReply;
import io.allium.protocol.i2cp.I2cpException;
import io.allium.protocol.i2cp.state.Conversation;
import io.allium.protocol.i2cp.state.Event;
import io.allium.protocol.structures.StructureException;
import java.io.IOException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;

/** What a router's answers mean to programs: one sentence each, without names, destinations or keys. */
final class I2cpErrors {
  private I2cpErrors() {}

  static I2pException unreachable(I2cpAt at, IOException cause) {
    return new I2pException(
        ErrorKind.ROUTER_UNREACHABLE,
        "no I2CP answers at " + at
            + ": start the router and enable I2CP (Java I2P: router console, I2CP, \"Enabled\"; i2pd: enabled = true"
            + " under [i2cp] in i2pd.conf)",
        cause);
  }

  /** No encrypted connection came about. */
  static I2pException tls(I2cpAt at, SSLException cause) {
    for (Throwable why = cause; why != null; why = why.getCause()) {
      if (why instanceof CertificateException) {
        return new I2pException(
            ErrorKind.ROUTER_REFUSED,
            "the certificate of the router at " + at
                + " is not trusted here: give the router's own certificate with withCertificate, or"
                + " ?certificate=FILE",
            cause);
      }
    }
    return new I2pException(
        ErrorKind.PROTOCOL_VIOLATION,
        "what answers at " + at + " does not speak TLS: check the port, or use i2cp://",
        cause);
  }

  /** The router ended the connection without a word. */
  static I2pException ended(I2cpAt at, Conversation.Phase phase) {
    return phase == Conversation.Phase.GREETING
        ? new I2pException(
            ErrorKind.ROUTER_UNREACHABLE,
            "what listens at " + at
                + " ended the connection without an answer: the router may be starting or stopping, try again; or this"
                + " is not the port of its I2CP, or it wants TLS: i2cp+tls://")
        : new I2pException(
            lost(phase), "the router ended the connection: it may have stopped, try again");
  }

  static I2pException broken(I2cpAt at, Conversation.Phase phase, IOException cause) {
    return phase == Conversation.Phase.GREETING
        ? unreachable(at, cause)
        : new I2pException(
            lost(phase), "the connection to the router broke: " + cause.getMessage(), cause);
  }

  static I2pException violation(I2cpAt at, Conversation.Phase phase, I2cpException cause) {
    return phase == Conversation.Phase.GREETING
        ? new I2pException(
            ErrorKind.PROTOCOL_VIOLATION,
            "what answers at " + at
                + " does not speak I2CP: give the port of the router's I2CP, usually "
                + I2cpAt.DEFAULT_PORT + ", or use i2cp+tls:// if it wants TLS",
            cause)
        : new I2pException(
            phase == Conversation.Phase.ONLINE
                ? ErrorKind.SESSION_LOST
                : ErrorKind.PROTOCOL_VIOLATION,
            cause.getMessage(),
            cause);
  }

  /** No time is left. */
  static I2pException aborted(I2cpAt at, Conversation.Phase phase) {
    return switch (phase) {
      case GREETING ->
        new I2pException(
            ErrorKind.ROUTER_UNREACHABLE,
            "what listens at " + at
                + " took the connection and said nothing in time: check that this is the port of the router's I2CP, or"
                + " restart the router");
      case BUILDING ->
        new I2pException(
            ErrorKind.TUNNELS_NOT_READY,
            "the router has no tunnels for this destination yet: it may still be starting, try again");
      default ->
        new I2pException(ErrorKind.ROUTER_ERROR, "the router did not answer in time: try again");
    };
  }

  /** The router said why. */
  static I2pException over(I2cpAt at, Event.Over over) {
    return switch (over.why()) {
      case DESTINATION_IN_USE ->
        new I2pException(
            ErrorKind.DESTINATION_IN_USE,
            "this destination was online at this router already, and its other session gets nothing any more: close that"
                + " one, and open again");
      case TOO_MANY_SESSIONS ->
        new I2pException(
            ErrorKind.ROUTER_REFUSED,
            "the router takes no more sessions: close some, or raise its limit (Java I2P: i2cp.maxSessions)");
      case LOGIN ->
        new I2pException(
            ErrorKind.ROUTER_REFUSED,
            "the router at " + at + " wants a user name and a password: give the right ones");
      case UNSUPPORTED ->
        new I2pException(
            ErrorKind.UNSUPPORTED,
            "the router does not support this type of keys: generate keys of type ED25519");
      case CLOCK ->
        new I2pException(
            ErrorKind.ROUTER_ERROR, "the router's clock and its answer differ: set its clock");
      case EXPIRED ->
        new I2pException(
            ErrorKind.KEY_INVALID,
            "the transient key of these keys has expired: make a new one with the long-term key");
      case SIGNATURE ->
        new I2pException(
            ErrorKind.KEY_INVALID, "the router found the signature of this destination wrong");
      case INVALID -> over.said().isEmpty() ? invalid() : badOption();
      case STOPPING ->
        new I2pException(ErrorKind.SESSION_LOST, "the router stops: start it, and try again");
      case OTHER ->
        new I2pException(ErrorKind.SESSION_LOST, "the router ended the session: try again");
    };
  }

  static I2pException lookup(int code) {
    return switch (code) {
      case HostReply.NEEDS_SECRET -> needs("a secret");
      case HostReply.NEEDS_KEY -> needs("a client's key");
      case HostReply.NEEDS_BOTH -> needs("a secret and a client's key");
      case HostReply.CANNOT_DECRYPT ->
        new I2pException(
            ErrorKind.LEASESET_NOT_FOUND,
            "the lease set of this address cannot be decrypted: check secret and client's key");
      case HostReply.NO_LEASE_SET ->
        new I2pException(
            ErrorKind.LEASESET_NOT_FOUND,
            "no lease set of this destination was found: it is offline");
      default ->
        new I2pException(
            ErrorKind.NAME_NOT_FOUND,
            "the router cannot resolve the name now: check its spelling or use the b32 address");
    };
  }

  /** With a secret or a client's key: no router can tell a wrong secret from a destination that is offline. */
  static I2pException blindedLookup(int code) {
    return code == HostReply.UNKNOWN
        ? new I2pException(
            ErrorKind.LEASESET_NOT_FOUND,
            "no lease set was found that this secret or client's key opens: check them, or the destination is offline")
        : lookup(code);
  }

  /** Of an encrypted address, with or without a secret. */
  static I2pException noBlinding() {
    return new I2pException(
        ErrorKind.UNSUPPORTED,
        "this router opens no encrypted addresses over I2CP, as Java I2P does: use a router of Java I2P, or sam:// if"
            + " the address needs no secret and no client's key");
  }

  private static I2pException needs(String what) {
    return new I2pException(
        ErrorKind.LEASESET_NOT_FOUND,
        "this address needs " + what + ": give all that it needs as BlindedAccess");
  }

  /** i2pd gives no reason, and what it checks besides is checked here before. */
  private static I2pException invalid() {
    return new I2pException(
        ErrorKind.DESTINATION_IN_USE,
        "the router refused the session without a reason, as i2pd does if the destination is online there already, or"
            + " if its keys are offline: close its other session, or wait until it is gone");
  }

  private static I2pException badOption() {
    return new I2pException(
        ErrorKind.ROUTER_ERROR,
        "the router refused an option of this session: check its options, or leave them out");
  }

  /** A thread that dies without a word leaves others waiting. */
  static I2pException internal(RuntimeException cause) {
    return new I2pException(
        ErrorKind.INTERNAL, "a defect of this program ended the session: please report it", cause);
  }

  /** What the router found is nothing of the kind. */
  static I2pException noDestination(I2pException cause) {
    return new I2pException(
        ErrorKind.PROTOCOL_VIOLATION,
        "the router answers with something that is no destination: update the router",
        cause);
  }

  static I2pException keys(StructureException cause) {
    return new I2pException(
        cause.reason() == StructureException.Reason.UNSUPPORTED
            ? ErrorKind.UNSUPPORTED
            : ErrorKind.KEY_INVALID,
        cause.getMessage(),
        cause);
  }

  private static ErrorKind lost(Conversation.Phase phase) {
    return phase == Conversation.Phase.ONLINE ? ErrorKind.SESSION_LOST : ErrorKind.ROUTER_ERROR;
  }
}
