package dev.assay.numeric;

import java.util.List;

/** Domains that are found by {@link java.util.ServiceLoader}, for they need more than Java. */
public interface RelationalDomainProvider {
  /** The names of the domains that this provider has where what they need is installed. */
  List<String> names();

  /**
   * The domain of that name, which is one of {@link #names}.
   *
   * @throws DomainUnavailableException if what it needs is not there
   */
  RelationalDomain domain(String name) throws DomainUnavailableException;
}
