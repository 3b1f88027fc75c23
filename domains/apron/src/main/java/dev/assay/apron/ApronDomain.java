package dev.assay.apron;

import dev.assay.numeric.DomainUnavailableException;
import dev.assay.numeric.RelationalDomain;
import dev.assay.numeric.Relations;

/**
 * One of Apron's domains as a domain of relations.
 *
 * @param library which is known to be there
 * @param mostSymbols the most symbols that one element knows something of: of more, the oldest are forgotten where a new one comes up, and the last of a join's
 */
record ApronDomain(String name, ApronLibrary library, int mostSymbols) implements RelationalDomain {
  @Override
  public Session open() {
    try {
      return new Opened(Workspace.open(library), mostSymbols);
    } catch (DomainUnavailableException gone) {
      throw new IllegalStateException("it could be loaded before", gone);
    }
  }

  /** A session: a working space of its own. */
  record Opened(Workspace space, int mostSymbols) implements Session {
    @Override
    public Relations none() {
      return new ApronRelations(this);
    }

    /** The element that nothing satisfies. */
    ApronRelations bottom() {
      return new ApronRelations(this, new int[0], space.bottom(0));
    }

    @Override
    public void close() {
      space.close();
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
