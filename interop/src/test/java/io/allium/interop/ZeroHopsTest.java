package io.allium.interop;

@RequiresI2pd
class ZeroHopsTest extends HopsTests {
  ZeroHopsTest() {
    super(0);
  }
}
