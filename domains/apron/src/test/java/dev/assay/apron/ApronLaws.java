package dev.assay.apron;

import dev.assay.numeric.DomainUnavailableException;
import dev.assay.numeric.Relations;
import dev.assay.numeric.RelationsLaws;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;

/** A domain of Apron, held to the laws of all domains. */
@RequiresApron
abstract class ApronLaws extends RelationsLaws {
  private final ApronDomain.Opened session;

  ApronLaws(String name) {
    this(open(name));
  }

  private ApronLaws(ApronDomain.Opened session) {
    super(session.none());
    this.session = session;
  }

  private static ApronDomain.Opened open(String name) {
    try {
      return (ApronDomain.Opened) new ApronDomains().domain(name).open();
    } catch (DomainUnavailableException unavailable) {
      throw new AssertionError(unavailable);
    }
  }

  @AfterEach
  void free() {
    session.close();
  }

  @Override
  protected boolean allows(Relations relations, List<Long> values) {
    return ((ApronRelations) relations).allows(symbol -> values.get(symbol - 1));
  }

  @Override
  protected int tries() {
    return 100;
  }

  /** Each 97th of the small elements: a pair costs a thousand times what one of zones does. */
  @Override
  public Optional<Small<Related, List<Long>>> small() {
    return super.small()
        .map(all -> new Small<>(
            IntStream.range(0, all.elements().size() / 97)
                .mapToObj(i -> all.elements().get(97 * i))
                .toList(),
            all.universe()));
  }
}
