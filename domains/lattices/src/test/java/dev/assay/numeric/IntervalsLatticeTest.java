package dev.assay.numeric;

class IntervalsLatticeTest extends RelationsLaws {
  IntervalsLatticeTest() {
    super(Relations.intervalsOnly());
  }
}
