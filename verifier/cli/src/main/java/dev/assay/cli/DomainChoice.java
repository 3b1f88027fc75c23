package dev.assay.cli;

import dev.assay.cli.config.Suggestion;
import dev.assay.numeric.DomainUnavailableException;
import dev.assay.numeric.RelationalDomain;
import dev.assay.numeric.RelationalDomains;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Which domains a user means, of those that there are.
 *
 * @param known their names, whether or not what they need is there
 * @param lookup finds one by its name
 */
record DomainChoice(List<String> known, Lookup lookup) {
  /** Among all that this build has. */
  static final DomainChoice ALL =
      new DomainChoice(RelationalDomains.names(), RelationalDomains::named);

  private static final String OPTION = "--domain";

  /** Finds a domain by its name. */
  @FunctionalInterface
  interface Lookup {
    /**
     * The domain; empty if none is known by this name.
     *
     * @throws DomainUnavailableException if what it needs is not there
     */
    Optional<RelationalDomain> named(String name) throws DomainUnavailableException;
  }

  /**
   * The one domain of that name.
   *
   * @throws UsageException if there is none, or what it needs is not there
   */
  RelationalDomain of(String name) throws UsageException {
    try {
      return required(name);
    } catch (DomainUnavailableException unavailable) {
      throw UsageException.of(OPTION, String.valueOf(unavailable.getMessage()));
    }
  }

  /**
   * The domains of these names, each once, or if there are no names all whose needs are there.
   *
   * @param note is told which ones are left out, and why
   * @throws UsageException if one that is named is not known, or what it needs is not there
   */
  List<RelationalDomain> of(List<String> names, Consumer<String> note) throws UsageException {
    if (names.isEmpty()) {
      return available(note);
    }
    List<RelationalDomain> chosen = new ArrayList<>();
    for (String name : new LinkedHashSet<>(names)) {
      chosen.add(of(name));
    }
    return chosen;
  }

  private List<RelationalDomain> available(Consumer<String> note) throws UsageException {
    List<RelationalDomain> chosen = new ArrayList<>();
    for (String name : known) {
      try {
        chosen.add(required(name));
      } catch (DomainUnavailableException unavailable) {
        note.accept("%s is left out: %s".formatted(name, unavailable.getMessage()));
      }
    }
    return chosen;
  }

  private RelationalDomain required(String name) throws UsageException, DomainUnavailableException {
    return lookup
        .named(name)
        .orElseThrow(() -> UsageException.of(
            OPTION,
            "\"%s\" is not one of %s%s"
                .formatted(name, String.join(", ", known), Suggestion.question(name, known))));
  }
}
