package dev.assay.numeric;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/** All domains of relations: those of this package, and those of providers. */
public final class RelationalDomains {
  private static final List<RelationalDomain> BUILT_IN =
      List.of(RelationalDomain.INTERVAL, RelationalDomain.ZONE);

  private RelationalDomains() {}

  /** The names of all that are known, whether or not what they need is there. */
  public static List<String> names() {
    List<String> names = new ArrayList<>();
    BUILT_IN.forEach(domain -> names.add(domain.name()));
    providers().forEach(provider -> names.addAll(provider.names()));
    return List.copyOf(names);
  }

  /**
   * The domain of that name; empty if none is known.
   *
   * @throws DomainUnavailableException if what it needs is not there
   */
  public static Optional<RelationalDomain> named(String name) throws DomainUnavailableException {
    for (RelationalDomain domain : BUILT_IN) {
      if (domain.name().equals(name)) {
        return Optional.of(domain);
      }
    }
    for (RelationalDomainProvider provider : providers()) {
      if (provider.names().contains(name)) {
        return Optional.of(provider.domain(name));
      }
    }
    return Optional.empty();
  }

  private static ServiceLoader<RelationalDomainProvider> providers() {
    return ServiceLoader.load(
        RelationalDomainProvider.class, RelationalDomains.class.getClassLoader());
  }
}
