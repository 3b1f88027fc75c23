package dev.assay.apron;

class OctagonLawsTest extends ApronLaws {
  OctagonLawsTest() {
    super("octagon");
  }
}
