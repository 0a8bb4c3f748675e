package io.allium.interop;

@RequiresI2pd
class OneHopTest extends HopsTests {
  OneHopTest() {
    super(1);
  }
}
