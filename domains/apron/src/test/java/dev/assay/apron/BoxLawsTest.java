package dev.assay.apron;

class BoxLawsTest extends ApronLaws {
  BoxLawsTest() {
    super("box");
  }
}
