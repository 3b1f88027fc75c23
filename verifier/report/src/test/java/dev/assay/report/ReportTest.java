package dev.assay.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.assay.object.SourceLine;
import dev.assay.verifier.verdict.Decision;
import dev.assay.verifier.verdict.Finding;
import dev.assay.verifier.verdict.Verdict;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReportTest {
  private static final Finding FINDING = new Finding(
      12,
      Optional.of(new SourceLine("./firewall.c", 42, 3, "\treturn *(u32 *)(data + 14);")),
      "packet-bounds",
      "the packet may end before byte 18",
      "r3 = *(u32 *)(r1 + 14)",
      List.of("r1 is the packet at offset 0, of which 14 bytes are known to be there"),
      "r1 + 18 <= data_end");
  private static final Verdict REJECTED = new Verdict(
      "a.o",
      "xdp",
      "bad",
      "xdp",
      Decision.REJECTED,
      List.of(FINDING),
      List.of(),
      "privileged",
      Set.of("base64", "base32"),
      List.of(),
      "v3",
      20,
      OptionalLong.empty(),
      OptionalInt.empty(),
      0,
      1.23456);
  private static final Verdict ACCEPTED = new Verdict(
      "a.o",
      "tc",
      "good",
      "sched_cls",
      Decision.ACCEPTED,
      List.of(),
      List.of("limit is 5"),
      "privileged",
      Set.of("base64"),
      List.of("conformance group base64 is deprecated by RFC 99999; slot 0 uses it"),
      "v1",
      1,
      OptionalLong.of(12345),
      OptionalInt.empty(),
      0,
      2000);
  private static final Verdict UNREADABLE = new Verdict(
      "\u001b[31m.o",
      "",
      "",
      "",
      Decision.ERROR,
      List.of(Finding.ofWhole("object", "not an ELF file", "")),
      List.of(),
      "",
      Set.of(),
      List.of(),
      "",
      0,
      OptionalLong.empty(),
      OptionalInt.empty(),
      0,
      0);

  @Test
  void jsonHasEveryFieldAndNullForWhatIsNotKnown() {
    StringWriter out = new StringWriter();
    JsonReport report = new JsonReport(out, "1.2.3");
    report.add(REJECTED);
    report.add(UNREADABLE);
    report.finish();
    String expected = """
        {"assay":"1.2.3","programs":[{"object":"a.o","section":"xdp","function":"bad","type":"xdp",\
        "verdict":"rejected","findings":[{"slot":12,"source":{"file":"./firewall.c","line":42,\
        "text":"\\treturn *(u32 *)(data + 14);"},"check":"packet-bounds",\
        "message":"the packet may end before byte 18","instruction":"r3 = *(u32 *)(r1 + 14)",\
        "known":["r1 is the packet at offset 0, of which 14 bytes are known to be there"],\
        "required":"r1 + 18 <= data_end"}],"assumptions":[],"policy":"privileged",\
        "groups":["base32","base64"],"deprecated":[],"cpu":"v3","instructions":20,"worstCase":null,"rung":null,"refusals":0,"milliseconds":1.235},\
        {"object":"\\u001B[31m.o","section":null,"function":null,"type":null,"verdict":"error",\
        "findings":[{"slot":null,"source":null,"check":"object","message":"not an ELF file",\
        "instruction":null,"known":[],"required":null}],"assumptions":[],\
        "policy":null,"groups":[],"deprecated":[],"cpu":null,"instructions":0,"worstCase":null,"rung":null,"refusals":0,"milliseconds":0.0}],\
        "summary":{"programs":2,"accepted":0,"rejected":1,"undecided":0,"error":1,"refusals":0,"milliseconds":1.235}}\
        """;
    assertEquals(
        expected,
        out.toString().replaceAll("\\n *", "").replace("\": ", "\":").replace(", \"", ",\""));
  }

  @Test
  void jsonOfNoProgramsIsADocumentToo() {
    StringWriter out = new StringWriter();
    new JsonReport(out, "1").finish();
    assertEquals(
        "{\"assay\":\"1\",\"programs\":[],\"summary\":{\"programs\":0,\"accepted\":0,\"rejected\":0,"
            + "\"undecided\":0,\"error\":0,\"refusals\":0,\"milliseconds\":0.0}}",
        out.toString().replaceAll("[ \n]", ""));
  }

  @Test
  void textShowsLineInstructionKnowledgeAndDemand() {
    assertEquals("""
        a.o
          rejected   bad in xdp (xdp, 20 instructions of base64 for -mcpu=v3, 1.2 ms)
            packet-bounds: the packet may end before byte 18
              at ./firewall.c:42  return *(u32 *)(data + 14);
              slot 12   r3 = *(u32 *)(r1 + 14)
              known     r1 is the packet at offset 0, of which 14 bytes are known to be there
              required  r1 + 18 <= data_end
          accepted   good in tc (sched_cls, 1 instruction of base64 for -mcpu=v1, executes at most 12,345, 2.0 s)
            assuming that limit is 5
            note that conformance group base64 is deprecated by RFC 99999; slot 0 uses it
        2 programs: 1 accepted, 1 rejected (2.0 s of proving)
        """, text(Palette.PLAIN, 3, REJECTED, ACCEPTED));
  }

  @Test
  void textHoldsNoControlCharactersOfTheObject() {
    assertEquals("""
        \\x1b[31m.o
          error
            object: not an ELF file
        1 program: 1 error (0.0 ms of proving)
        """, text(Palette.PLAIN, 3, UNREADABLE));
  }

  @Test
  void textCountsTheFindingsThatItDoesNotShow() {
    Verdict verdict = new Verdict(
        "a.o",
        "xdp",
        "bad",
        "xdp",
        Decision.UNDECIDED,
        List.of(
            Finding.ofWhole("a", "first", ""),
            Finding.ofWhole("b", "second", ""),
            Finding.ofWhole("c", "third", "")),
        List.of(),
        "strict",
        Set.of(),
        List.of(),
        "",
        0,
        OptionalLong.empty(),
        OptionalInt.empty(),
        0,
        0);
    assertEquals("""
        a.o
          undecided  bad in xdp (xdp)
            a: first
            and 2 more; -v shows all
        1 program: 1 undecided (0.0 ms of proving)
        """, text(Palette.PLAIN, 1, verdict));
  }

  @Test
  void coloursOnlySurroundWords() {
    String coloured = text(Palette.COLOURED, 3, REJECTED, ACCEPTED);
    assertEquals(
        text(Palette.PLAIN, 3, REJECTED, ACCEPTED), coloured.replaceAll("\u001b\\[[0-9]+m", ""));
  }

  private static String text(Palette palette, int findingsShown, Verdict... verdicts) {
    StringWriter out = new StringWriter();
    TextReport report = new TextReport(new PrintWriter(out), palette, findingsShown);
    for (Verdict verdict : verdicts) {
      report.add(verdict);
    }
    report.finish();
    return out.toString();
  }
}
