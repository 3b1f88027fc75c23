package dev.assay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.assay.platform.LinuxPlatform;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GroupChoiceTest {
  private static final String DEFAULT =
      "addr_space_cast,atomic32,atomic64,base32,base64,divmul32,divmul64,may_goto";

  private static List<String> words(String text) {
    return text.isEmpty() ? List.of() : List.of(text.split(","));
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
      all,-divmul32    | ''       | ''       | xdp           | addr_space_cast,atomic32,atomic64,base32,base64,callx,may_goto,packet
      """)
  void wordsCountFromLeftToRight(
      String chosen, String included, String excluded, String kind, String expected)
      throws UsageException {
    assertEquals(
        new TreeSet<>(words(expected.replace("D", DEFAULT))),
        new TreeSet<>(groups(chosen, included, excluded, kind).orElseThrow()));
  }
}
