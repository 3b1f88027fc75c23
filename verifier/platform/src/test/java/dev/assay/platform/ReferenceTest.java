package dev.assay.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.assay.platform.FunctionContract.Effect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The tables held against reference data: what a running 6.18 kernel let probe programs do, and lists that others made. */
class ReferenceTest {
  private static final Platform LINUX = LinuxPlatform.load();

  /** Helpers that the probed kernel withheld from everyone: it was locked down, and built without fault injection. */
  private static final Set<Long> WITHHELD = Set.of(36L, 58L);

  @Test
  void contextsAllowWhatTheKernelAllowed() throws IOException {
    for (Map<String, Object> probed : kinds()) {
      Layout layout = kind(probed).context();
      Map<Integer, Map<String, Object>> rows = new HashMap<>();
      int last = -1;
      for (Map<String, Object> row : objects(probed, "context")) {
        int offset = Math.toIntExact(number(row, "offset"));
        rows.put(offset, row);
        last = Math.max(last, offset);
      }
      // The probe stopped at offset 320, so what it did not ask about tells nothing.
      int end = last == 320 ? 320 : last + 16;
      for (int offset = 0; offset < end; offset++) {
        for (int log = 0; log <= 3; log++) {
          String place = layout + " of " + probed.get("kind") + ", offset " + offset + ", "
              + (1 << log) + " bytes";
          assertEquals(
              allowed(rows, offset, "read_sizes", log),
              layout.access(offset, 1 << log, false).isPresent(),
              place + ", load");
          assertEquals(
              allowed(rows, offset, "write_sizes", log),
              layout.access(offset, 1 << log, true).isPresent(),
              place + ", store");
        }
      }
    }
  }

  private static boolean allowed(
      Map<Integer, Map<String, Object>> rows, int offset, String column, int log) {
    Map<String, Object> row = rows.get(offset);
    return row != null && (number(row, column) >> log & 1) != 0;
  }

  @Test
  void helpersAreCallableWhereTheKernelLetThemBeCalled() throws IOException {
    for (Map<String, Object> probed : kinds()) {
      ProgramKind kind = kind(probed);
      Set<Long> theirs = new TreeSet<>();
      objects(probed, "helpers").forEach(helper -> theirs.add(number(helper, "id")));
      Set<Long> ours = new TreeSet<>();
      for (int id = 1; id <= 211; id++) {
        if (LINUX.helper(id, kind).isPresent() && !WITHHELD.contains((long) id)) {
          ours.add((long) id);
        }
      }
      assertEquals(theirs, ours, kind.name());
    }
  }

  @Test
  void programsMayReturnWhatTheKernelLetThemReturn() throws IOException {
    for (Map<String, Object> probed : kinds()) {
      ProgramKind kind = kind(probed);
      assertEquals(probed.get("any_return_accepted"), kind.result().isEmpty(), kind.name());
      Set<Long> ours = new TreeSet<>();
      IntegerRange range = kind.result().orElse(IntegerRange.ANY);
      for (long constant = -1; constant <= 8; constant++) {
        if (range.min() <= constant && constant <= range.max()) {
          ours.add(constant);
        }
      }
      assertEquals(new TreeSet<>(list(probed, "return_constants_accepted")), ours, kind.name());
    }
  }

  @Test
  void kindsHaveTheKernelsNumbers() throws IOException {
    for (Map<String, Object> probed : kinds()) {
      ProgramKind kind = kind(probed);
      assertEquals(number(probed, "prog_type"), kind.type(), kind.name());
      if (!kind.name()
          .equals("xdp")) { // which libbpf loads with an attach type, and the probe did not
        assertEquals(number(probed, "expected_attach_type"), kind.attachType(), kind.name());
      }
    }
  }

  @Test
  void helpersAreTheListedOnes() throws IOException {
    List<Map<String, Object>> listed = objects(read("helpers.json"), "helpers");
    assertEquals(211, listed.size());
    for (Map<String, Object> row : listed) {
      FunctionContract helper = LINUX.helper(Math.toIntExact(number(row, "id"))).orElseThrow();
      assertEquals(row.get("c_prototype"), helper.prototype());
      assertEquals(row.get("gpl_only"), helper.has(Effect.GPL_ONLY), helper.name());
      assertTrue(
          row.get("since").equals(helper.since()) || row.get("since").equals("null"),
          helper.name() + helper.since());
      if (helper.id()
          != 12) { // the programs that a tail call runs may move the packet, but it does not itself
        assertEquals(
            row.containsKey("reallocates_packet"), helper.has(Effect.MOVES_PACKET), helper.name());
      }
    }
  }

  @Test
  void sectionsAreTheListedOnes() throws IOException {
    List<Map<String, Object>> listed = objects(read("sections.json"), "sections");
    assertEquals(116, listed.size());
    for (Map<String, Object> row : listed) {
      String section = (String) row.get("prefix");
      ProgramKind kind = LINUX.programKindOfSection(section).orElseThrow();
      String type = ((String) row.get("prog_type"))
          .substring("BPF_PROG_TYPE_".length())
          .toLowerCase(Locale.ROOT);
      assertEquals(type, kind.name().replaceFirst("/.*", ""), section);
      assertEquals(
          (boolean) row.get("sleepable") || type.equals("syscall"), kind.sleepable(), section);
      boolean suffix = LINUX.programKindOfSection(section + "/anything").isPresent();
      assertEquals(row.get("takes_suffix"), suffix, section);
    }
  }

  @Test
  void mapTypesAreTheListedOnes() throws IOException {
    for (Map<String, Object> row : objects(read("since.json"), "map_types")) {
      String name =
          ((String) row.get("name")).substring("BPF_MAP_TYPE_".length()).toLowerCase(Locale.ROOT);
      assertEquals(Optional.of(row.get("since")), LINUX.mapType(name).map(MapType::since), name);
    }
  }

  private static List<Map<String, Object>> kinds() throws IOException {
    List<Map<String, Object>> kinds = objects(read("kernel-6.18-facts.json"), "kinds");
    assertEquals(44, kinds.size());
    return kinds;
  }

  private static ProgramKind kind(Map<String, Object> probed) {
    return LINUX.programKind((String) probed.get("kind")).orElseThrow();
  }

  private static long number(Map<String, Object> object, String member) {
    return (Long) object.getOrDefault(member, 0L);
  }

  @SuppressWarnings("unchecked")
  private static List<Long> list(Map<String, Object> object, String member) {
    return (List<Long>) object.getOrDefault(member, List.of());
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> objects(Map<String, Object> object, String member) {
    return (List<Map<String, Object>>) object.getOrDefault(member, List.of());
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> read(String file) throws IOException {
    Optional<Path> found = reference(file);
    assumeTrue(found.isPresent(), "there is no reference data beside the repository");
    return (Map<String, Object>) Json.parse(Files.readString(found.orElseThrow()));
  }

  private static Optional<Path> reference(String file) {
    for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
      Path candidate = folder.resolve("shared/reference/linux").resolve(file);
      if (Files.exists(candidate)) {
        return Optional.of(candidate);
      }
    }
    return Optional.empty();
  }
}
