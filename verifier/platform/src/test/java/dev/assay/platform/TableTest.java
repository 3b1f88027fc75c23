package dev.assay.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class TableTest {
  private static final LayoutTable LAYOUTS = new LayoutTable(Table.read("linux/layouts.tsv"));
  private static final KindTable KINDS =
      new KindTable(Table.read("linux/program-kinds.tsv"), LAYOUTS);
  private static final MapTypeTable MAPS = new MapTypeTable(Table.read("linux/map-types.tsv"));
  private static final CallbackTable CALLBACKS =
      new CallbackTable(Table.read("linux/callbacks.tsv"));

  @Test
  void commentsAndBlankLinesAreNoRows() {
    Table table = Table.parse("t", "# a comment\n\na\tb\n# another\n1\tx\n");

    assertEquals(1, table.rows().size());
    assertEquals(1, table.rows().getFirst().number("a"));
    assertEquals("x", table.rows().getFirst().text("b"));
  }

  @Test
  void dashIsAnEmptyList() {
    Table.Row row = Table.parse("t", "a\tb\n-\tx,y\n").rows().getFirst();

    assertEquals(List.of(), row.list("a"));
    assertEquals(List.of("x", "y"), row.list("b"));
  }

  @Test
  void errorsNameTheLineAndTheColumn() {
    fails("t, line 3: 1 cells instead of 2 (a, b)", () -> Table.parse("t", "a\tb\n1\t2\n3\n"));
    fails("t, line 2: b is empty; write \"-\" for nothing", () -> Table.parse("t", "a\tb\n1\t\n"));
    fails("t: no line names the columns", () -> Table.parse("t", "# nothing\n"));
    fails("nowhere: there is no such table", () -> Table.read("nowhere"));
    Table.Row row = Table.parse("t", "a\tb\n#\nx\t3..1\n").rows().getFirst();
    fails("t, line 3, a: \"x\" is not a number", () -> row.number("a"));
    fails("t, line 3, a: \"x\" is neither yes nor no", () -> row.yes("a"));
    fails("t, line 3, b: \"3..1\" is not a range of integers", () -> row.range("b", row.text("b")));
    fails("t, line 3, a: \"x\" is not known", () -> row.constant("a", "x", Policy.class));
    fails("t: there is no column c", () -> row.text("c"));
  }

  @Test
  void helperRowsAreChecked() {
    helperFails("arguments: \"ctx\" is not known", "ctx\tinteger\t-\t-\t*");
    helperFails("arguments: r2 is no size", "memory:read any\tinteger\t-\t-\t*");
    helperFails("arguments: r2 is no size", "memory:read\tinteger\t-\t-\t*");
    helperFails(
        "arguments: \"memory\" needs 1 parts, as in memory:…", "memory size\tinteger\t-\t-\t*");
    helperFails(
        "arguments: calls have 5 arguments at most", "any any any any any any\tinteger\t-\t-\t*");
    helperFails("arguments: there is no callback soon", "callback:soon\tinteger\t-\t-\t*");
    helperFails("maps: the map's types are missing", "map key\tinteger\t-\t-\t*");
    helperFails("maps: there is no map among the arguments", "any\tinteger\thash\t-\t*");
    helperFails("maps: \"heap\" is not known", "map\tinteger\theap\t-\t*");
    helperFails("result: \"number\" is not known", "-\tnumber\t-\t-\t*");
    helperFails("result: arguments are r1 to r5, not r6", "any\terror-or-size:6\t-\t-\t*");
    helperFails("effects: \"explodes\" is not known", "-\tinteger\t-\texplodes\t*");
    helperFails("kinds: \"xpd\" is neither a kind nor a group of kinds", "-\tinteger\t-\t-\txpd");
  }

  @Test
  void layoutRowsAreChecked() {
    layoutFails("load: accesses have 1, 2, 4 or 8 bytes, not 3", "f\t0\t4\t3\t-\tscalar");
    layoutFails("gives: \"pointer\" is not known", "f\t0\t8\t8\t-\tpointer");
    layoutFails("gives: \"raw\" is not known", "f\t0\t8\t8\t-\tsocket:raw");
  }

  @Test
  void kindRowsAreChecked() {
    String columns =
        "name\ttype\tattach\tcontext\tpolicy\tlegacy\tpacket\tresult\ttarget\tsleepable\tlocks"
            + "\tgroups\tsince\n";
    String row = "x\t1\t0\tpt_regs\tstrict\tno\tnone\tany\t-\tno\tyes\t-\t4.1\n";
    fails("k, line 3, name: \"x\" stands in the table twice", () -> kinds(columns + row + row));
    fails(
        "k, line 2, context: there is no layout regs",
        () -> kinds(columns + row.replace("pt_regs", "regs")));
    fails(
        "k, line 2, policy: \"lax\" is not known",
        () -> kinds(columns + row.replace("strict", "lax")));
  }

  private static KindTable kinds(String text) {
    return new KindTable(Table.parse("k", text), LAYOUTS);
  }

  private static void helperFails(String message, String cells) {
    String text =
        "id\tname\tprototype\targuments\tresult\tmaps\teffects\tkinds\tsince\n1\tf\tlong f()\t"
            + cells + "\t4.1\n";
    fails(
        "h, line 2, " + message,
        () -> new FunctionTable(Table.parse("h", text), KINDS, MAPS, CALLBACKS));
  }

  private static void layoutFails(String message, String cells) {
    String text = "struct\tforms\tfield\toffset\tsize\tload\tstore\tgives\ns\t*\t" + cells + "\n";
    fails("l, line 2, " + message, () -> new LayoutTable(Table.parse("l", text)));
  }

  private static void fails(String message, Executable what) {
    assertEquals(message, assertThrows(MalformedTableException.class, what).getMessage());
  }
}
