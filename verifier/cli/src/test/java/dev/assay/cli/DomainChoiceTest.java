package dev.assay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.assay.numeric.DomainUnavailableException;
import dev.assay.numeric.RelationalDomain;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DomainChoiceTest {
  private final List<String> notes = new ArrayList<>();
  private final DomainChoice choice =
      new DomainChoice(List.of("zone", "octagon"), DomainChoiceTest::named);

  private static Optional<RelationalDomain> named(String name) throws DomainUnavailableException {
    if (name.equals("octagon")) {
      throw new DomainUnavailableException("install its library");
    }
    return name.equals("zone") ? Optional.of(RelationalDomain.ZONE) : Optional.empty();
  }

  @Test
  void whatCannotBeHadIsLeftOutWithANote() throws UsageException {
    assertEquals(List.of(RelationalDomain.ZONE), choice.of(List.of(), notes::add));
    assertEquals(List.of("octagon is left out: install its library"), notes);
  }

  @Test
  void namesDecide() throws UsageException {
    assertEquals(List.of(RelationalDomain.ZONE), choice.of(List.of("zone"), notes::add));
    assertEquals(List.of(), notes);
    assertEquals(RelationalDomain.ZONE, choice.of("zone"));
  }

  @Test
  void whatIsNamedTwiceIsMeantOnce() throws UsageException {
    assertEquals(List.of(RelationalDomain.ZONE), choice.of(List.of("zone", "zone"), notes::add));
  }

  @Test
  void whatIsNamedAndCannotBeHadIsBadUsage() {
    UsageException among =
        assertThrows(UsageException.class, () -> choice.of(List.of("zone", "octagon"), notes::add));
    assertEquals("--domain: install its library", among.getMessage());
    assertEquals(List.of(), notes);
    UsageException alone = assertThrows(UsageException.class, () -> choice.of("octagon"));
    assertEquals("--domain: install its library", alone.getMessage());
  }

  @Test
  void anUnknownNameIsBadUsageWithASuggestion() {
    UsageException unknown =
        assertThrows(UsageException.class, () -> choice.of(List.of("zones"), notes::add));
    assertTrue(unknown.getMessage().contains("did you mean \"zone\"?"), unknown.getMessage());
  }
}
