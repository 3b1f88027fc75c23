package dev.assay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.assay.isa.ConformanceGroup;
import dev.assay.isa.ConformanceGroups;
import dev.assay.platform.LinuxPlatform;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GroupChoiceTest {
  private static List<String> words(String text) {
    return text.isEmpty() ? List.of() : List.of(text.split(",", -1));
  }

  private static Optional<Set<String>> groups(
      String chosen, String included, String excluded, String kind) throws UsageException {
    return GroupChoice.of(words(chosen), words(included), words(excluded))
        .groups(LinuxPlatform.load().programKind(kind).orElseThrow());
  }

  @Test
  void nothingSaidLeavesTheVerifierItsDefault() throws UsageException {
    assertEquals(Optional.empty(), groups("", "", "", "xdp"));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      default          | ''       | ''       | xdp           | D
      default          | ''       | ''       | socket_filter | D,packet
      default,-packet  | ''       | ''       | socket_filter | D
      -packet          | ''       | ''       | socket_filter | D
      default          | callx    | ''       | xdp           | D,callx
      ''               | callx    | ''       | xdp           | D,callx
      ''               | ''       | packet   | socket_filter | D
      base64,divmul32  | ''       | ''       | xdp           | base32,base64,divmul32
      base64           | atomic64 | atomic32 | xdp           | base32,base64
      all,-divmul32    | ''       | ''       | xdp           | A,-divmul32,-divmul64
      """)
  void wordsCountFromLeftToRight(
      String chosen, String included, String excluded, String kind, String expected)
      throws UsageException {
    assertEquals(
        expected(expected),
        new TreeSet<>(groups(chosen, included, excluded, kind).orElseThrow()));
  }

  /** Names of groups; D and A stand for the default ones of the table and for all, and a minus sign takes one away. */
  private static Set<String> expected(String text) {
    Set<String> names = new TreeSet<>();
    for (String word : words(text)) {
      for (ConformanceGroup group : ConformanceGroups.standard().all()) {
        if (word.equals("A") || (word.equals("D") && group.isDefault())) {
          names.add(group.name());
        }
      }
      if (word.startsWith("-")) {
        names.remove(word.substring(1));
      } else if (!word.equals("A") && !word.equals("D")) {
        names.add(word);
      }
    }
    return names;
  }

  @ParameterizedTest
  @ValueSource(strings = {"base64, callx", "base64,,callx", "base64,callx,", " base64 ,callx"})
  void blanksAndEmptyWordsDoNotMatter(String chosen) throws UsageException {
    assertEquals(
        Set.of("base32", "base64", "callx"), groups(chosen, "", "", "xdp").orElseThrow());
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      -all     | --groups: "-all" leaves nothing; name the groups that the host has, for example base64
      -default | --groups: "-default" leaves nothing; name the groups that the host has, for example base64
      defualt  | --groups: "defualt" is no conformance group; did you mean "default"?
      -calx    | --groups: "calx" is no conformance group; did you mean "callx"?
      ,        | --groups: names no group; for the default, write default
      """)
  void aWordThatIsNoneIsNamed(String chosen, String message) {
    UsageException error = assertThrows(UsageException.class, () -> groups(chosen, "", "", "xdp"));
    assertTrue(String.valueOf(error.getMessage()).startsWith(message), error.getMessage());
  }
}
