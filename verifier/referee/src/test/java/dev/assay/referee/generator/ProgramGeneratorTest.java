package dev.assay.referee.generator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.assay.isa.ArithmeticOperator;
import dev.assay.isa.AtomicOperator;
import dev.assay.isa.Instruction;
import dev.assay.isa.WideImmediate;
import dev.assay.referee.Referee;
import dev.assay.referee.Subject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What generated programs consist of: each construct occurs, and is accepted in a fair share. */
class ProgramGeneratorTest {
  private static final int PROGRAMS = 400;

  /** In how many accepted programs everything occurs at least. */
  private static final int LEAST = 1;

  /** Below how many programs a share says nothing. */
  private static final int ENOUGH = 30;

  /** The hash of the text of the first fifty programs. */
  private static final int FIFTY_PROGRAMS = 1730830541;

  private static final Map<String, Count> COUNTS = new TreeMap<>();
  private static int accepted;
  private static int acceptedAsWritten;

  private static final class Count {
    int programs;
    int accepted;
  }

  @BeforeAll
  static void count() {
    for (long seed = 0; seed < PROGRAMS; seed++) {
      Subject subject = ProgramGenerator.generate(seed);
      boolean good = Referee.rule(subject, List.of(), Set.of()).accepted();
      accepted += good ? 1 : 0;
      acceptedAsWritten += good && subject.equals(ProgramGenerator.written(seed)) ? 1 : 0;
      for (String feature : features(subject)) {
        Count count = COUNTS.computeIfAbsent(feature, any -> new Count());
        count.programs++;
        count.accepted += good ? 1 : 0;
      }
    }
  }

  private static Set<String> features(Subject subject) {
    Set<String> features = new HashSet<>();
    features.add("kind " + subject.kind());
    for (Instruction instruction : subject.code().instructions()) {
      features.add(instruction.getClass().getSimpleName());
      switch (instruction) {
        case Instruction.CallHelper(int helper) -> features.add("helper " + helper);
        case Instruction.Binary binary -> features.add(binary.operator() + " " + binary.width());
        case Instruction.Atomic atomic ->
          features.add(atomic.operator() + " " + atomic.width() + " " + atomic.fetch());
        case Instruction.Load load when load.signed() -> features.add("signed " + load.size());
        case Instruction.LoadImmediate(var _, WideImmediate.MapByIndex(int map)) ->
          features.add("map " + map);
        case Instruction.LoadImmediate(var _, WideImmediate.MapValueByIndex(int map, var _)) ->
          features.add("map " + map);
        case Instruction.LoadImmediate(var _, WideImmediate.CodeAddress _) ->
          features.add("callback");
        case Instruction _ -> {}
      }
    }
    return features;
  }

  private static List<String> expected() {
    List<String> expected = new ArrayList<>(List.of(
        "Binary",
        "Negate",
        "ByteSwap",
        "LoadImmediate",
        "Load",
        "Store",
        "Atomic",
        "LoadPacketAbsolute",
        "LoadPacketIndirect",
        "Jump",
        "ConditionalJump",
        "CallHelper",
        "CallLocal",
        "Exit",
        "MayGoto",
        "callback",
        "signed BYTE",
        "signed HALF",
        "signed WORD"));
    for (Helper helper : Helper.values()) {
      expected.add("helper " + helper.number());
    }
    for (int map = 0; map < SubjectMaps.ALL.size(); map++) {
      expected.add("map " + map);
    }
    for (KindFacts facts : KindFacts.ALL) {
      expected.add("kind " + facts.kind());
    }
    for (ArithmeticOperator operator : ArithmeticOperator.values()) {
      expected.add(operator + " W64");
      if (operator != ArithmeticOperator.MOVSX32) {
        expected.add(operator + " W32");
      }
    }
    for (AtomicOperator operator : AtomicOperator.values()) {
      expected.add(operator + " W32 true");
      expected.add(operator + " W64 true");
    }
    return expected;
  }

  @Test
  void everythingOccursInAcceptedPrograms() {
    Map<String, Integer> rare = new HashMap<>();
    for (String feature : expected()) {
      Count count = COUNTS.getOrDefault(feature, new Count());
      if (count.accepted < LEAST) {
        rare.put(feature, count.accepted);
      }
    }
    assertEquals(Map.of(), rare, "accepted programs that have it");
  }

  @Test
  void everythingIsAcceptedInAFairShare() {
    Map<String, String> poor = new HashMap<>();
    COUNTS.forEach((feature, count) -> {
      if (count.programs >= ENOUGH && 5 * count.accepted < count.programs) {
        poor.put(feature, count.accepted + " of " + count.programs);
      }
    });
    assertEquals(Map.of(), poor, "accepted among the programs that have it");
  }

  @Test
  void aGoodShareIsAccepted() {
    assertTrue(100 * accepted >= 35 * PROGRAMS, accepted + " of " + PROGRAMS);
    // Half of the programs stay as they were written.
    assertTrue(
        100 * acceptedAsWritten >= 40 * PROGRAMS / 2, acceptedAsWritten + " as they were written");
  }

  @Test
  void aSeedAlwaysGivesTheSameProgram() {
    for (long seed = 0; seed < 50; seed++) {
      assertEquals(ProgramGenerator.generate(seed), ProgramGenerator.generate(seed));
    }
  }

  /** What a seed gives does not depend on the machine or on earlier calls: this number is only to change with the generator. */
  @Test
  void seedsMeanTheSameEverywhere() {
    StringBuilder text = new StringBuilder();
    for (long seed = 0; seed < 50; seed++) {
      text.append(ProgramGenerator.generate(seed).code());
    }
    assertEquals(FIFTY_PROGRAMS, text.toString().hashCode());
  }
}
