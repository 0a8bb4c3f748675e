package io.allium;

/** An answer of a router, as far as it can tell. */
public enum Known {
  /** It is so. */
  YES,
  /** It is not so. */
  NO,
  /** This router or provider cannot know it; only an answer that your protocol expects from the peer proves it. */
  CANNOT_KNOW
}
