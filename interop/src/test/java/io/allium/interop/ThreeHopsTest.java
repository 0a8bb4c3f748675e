package io.allium.interop;

@RequiresI2pd
class ThreeHopsTest extends HopsTests {
  ThreeHopsTest() {
    super(3);
  }
}
