package dev.assay.cli.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {
  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      *                  | anything/at all   | true
      *                  | ''                | true
      xdp*               | xdp/firewall      | true
      xdp*               | my_xdp            | false
      linux/*.o          | linux/a/b.o       | true
      linux/*.o          | linux/a.obj       | false
      {filter,tc_mark}   | tc_mark           | true
      {filter,tc_mark}   | tc_mar            | false
      {a,l2_to_*}        | l2_to_iptun       | true
      {a,{b,c}d}e        | cde               | true
      a?c                | abc               | true
      a?c                | ac                | false
      a,b                | a,b               | true
      .text              | xtext             | false
      a\\*               | a*                | true
      a\\*               | ab                | false
      [x](y)^$+          | [x](y)^$+         | true
      """)
  void theWholeNameHasToMatch(String pattern, String name, boolean matches) {
    assertEquals(matches, Glob.of(pattern).matches(name));
  }

  @Test
  void everyCharacterButFourStandsForItself() {
    for (char character = ' '; character <= '~'; character++) {
      if ("*?{}\\".indexOf(character) < 0) {
        String name = String.valueOf(character);
        assertTrue(Glob.of(name).matches(name), name);
        assertEquals(name.equals("x"), Glob.of(name).matches("x"), name);
      }
    }
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      {a   | a '{' has no '}'
      a}   | a '}' has no '{'
      a\\  | ends with a
      """)
  void brokenPatternsSayWhatIsMissing(String pattern, String reason) {
    IllegalArgumentException error =
        assertThrows(IllegalArgumentException.class, () -> Glob.of(pattern));
    assertTrue(String.valueOf(error.getMessage()).contains(reason), error.getMessage());
  }
}
