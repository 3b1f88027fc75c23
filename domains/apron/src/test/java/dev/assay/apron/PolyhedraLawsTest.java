package dev.assay.apron;

class PolyhedraLawsTest extends ApronLaws {
  PolyhedraLawsTest() {
    super("polyhedra");
  }
}
