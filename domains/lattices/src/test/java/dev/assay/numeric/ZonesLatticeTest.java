package dev.assay.numeric;

class ZonesLatticeTest extends RelationsLaws {
  ZonesLatticeTest() {
    super(Relations.zones());
  }
}
