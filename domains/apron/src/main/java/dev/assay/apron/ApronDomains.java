package dev.assay.apron;

import dev.assay.numeric.DomainUnavailableException;
import dev.assay.numeric.RelationalDomain;
import dev.assay.numeric.RelationalDomainProvider;
import java.util.List;

/** Boxes, octagons and polyhedra, with exact arithmetic. */
public final class ApronDomains implements RelationalDomainProvider {
  /** With so many symbols at most: what polyhedra cost may double with each. */
  private static final List<ApronDomain> ALL = List.of(
      new ApronDomain("box", ApronLibrary.BOX, 32),
      new ApronDomain("octagon", ApronLibrary.OCTAGON, 24),
      new ApronDomain("polyhedra", ApronLibrary.POLYHEDRA, 12));

  @Override
  public List<String> names() {
    return ALL.stream().map(ApronDomain::name).toList();
  }

  @Override
  public RelationalDomain domain(String name) throws DomainUnavailableException {
    ApronDomain domain = ALL.stream()
        .filter(known -> known.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no domain " + name));
    // What is missing is noticed here, and not in the middle of a proof.
    Workspace.open(domain.library()).close();
    return domain;
  }
}
