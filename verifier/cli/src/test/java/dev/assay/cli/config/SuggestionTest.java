package dev.assay.cli.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SuggestionTest {
  private static final List<String> TYPES =
      List.of("xdp", "sched_cls", "sched_act", "socket_filter", "kprobe");

  @Test
  void oneSlipIsForgiven() {
    assertEquals(Optional.of("xdp"), Suggestion.nearest("xpd", TYPES));
    assertEquals(Optional.of("sched_cls"), Suggestion.nearest("shed_cls", TYPES));
    assertEquals(Optional.of("socket_filter"), Suggestion.nearest("SOCKET_FILTERS", TYPES));
  }

  @Test
  void anotherWordIsNotTakenForASlip() {
    assertEquals(Optional.empty(), Suggestion.nearest("tracepoint", TYPES));
    assertEquals(Optional.empty(), Suggestion.nearest("", List.of()));
  }
}
