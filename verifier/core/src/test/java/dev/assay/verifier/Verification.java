package dev.assay.verifier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.assay.btf.BtfBuilder;
import dev.assay.btf.BtfTypes;
import dev.assay.btf.KernelTypes;
import dev.assay.isa.Assembler;
import dev.assay.isa.Code;
import dev.assay.isa.Instruction;
import dev.assay.isa.WideImmediate;
import dev.assay.object.BpfObject;
import dev.assay.object.BpfProgram;
import dev.assay.object.ExternalSymbol;
import dev.assay.object.MapDefinition;
import dev.assay.object.Subprogram;
import dev.assay.platform.LinuxPlatform;
import dev.assay.platform.Platform;
import dev.assay.platform.Policy;
import dev.assay.platform.ProgramKind;
import dev.assay.verifier.check.Check;
import dev.assay.verifier.verdict.Decision;
import dev.assay.verifier.verdict.Finding;
import dev.assay.verifier.verdict.Verdict;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * A program in assembly together with what it is to be verified as, and what is expected of the verdict.
 *
 * <p>A line that must be found fault with says so in its comment: {@code ; ! packet-bounds}, or {@code ; ! lock, reference} for several
 * checks. {@link #isRejected} demands exactly these findings, {@link #isAccepted} none. Helpers are called by name; {@code call btf[n]} calls
 * the n-th (from 1) of the {@link #calling functions} named, and
 * {@code var_addr(n)} is the address of the n-th, as that of a variable, if there are so many: weak where a {@code ?} follows its name, and
 * without a type where a {@code -} does.
 */
public final class Verification {
  public static final Platform LINUX = LinuxPlatform.load();

  private static final BtfTypes OBJECT_TYPES = objectTypes();

  /** {@code r2 = data}, {@code r3 = data_end}, for {@code xdp}. */
  public static final String PACKET = """
      r2 = *(u32 *)(r1 + 0)
      r3 = *(u32 *)(r1 + 4)
      """;

  /** {@code r0 = } a lookup of key 0 in the map 0, whose key has 4 bytes. */
  public static final String LOOKUP = """
      *(u32 *)(r10 - 4) = 0
      r2 = r10
      r2 += -4
      r1 = map_by_idx(0) ll
      call map_lookup_elem
      """;

  private final String assembly;
  private String kind = "xdp";
  private String section = "test";
  private boolean sleepable;
  private List<MapDefinition> maps = List.of();
  private List<String> functions = List.of();
  private String license = "GPL";
  private VerifierOptions options = VerifierOptions.DEFAULT;
  private ByteOrder byteOrder = ByteOrder.LITTLE_ENDIAN;

  private Verification(String assembly) {
    this.assembly = assembly;
  }

  /** A program, to be verified as {@code xdp} without maps. */
  public static Verification verify(String assembly) {
    return new Verification(assembly);
  }

  public Verification as(String programKind) {
    kind = programKind;
    return this;
  }

  /** As programs in a section of this name, whose name also says what they attach to. */
  public Verification in(String name) {
    section = name;
    return as(LINUX.programKindOfSection(name).orElseThrow().name())
        .sleeping(LINUX.programKindOfSection(name).orElseThrow().sleepable());
  }

  private Verification sleeping(boolean value) {
    sleepable = value;
    return this;
  }

  /** For a kernel with these types. */
  public Verification on(KernelTypes types) {
    return given(o -> o.withTarget(types));
  }

  public Verification with(MapDefinition... definitions) {
    maps = List.of(definitions);
    return this;
  }

  public Verification calling(String... names) {
    functions = List.of(names);
    return this;
  }

  /** For a host whose highest byte comes first. */
  public Verification bigEndian() {
    byteOrder = ByteOrder.BIG_ENDIAN;
    return this;
  }

  public Verification licensed(String name) {
    license = name;
    return this;
  }

  public Verification strict() {
    return given(o -> o.withPolicy(Policy.STRICT));
  }

  public Verification privileged() {
    return given(o -> o.withPolicy(Policy.PRIVILEGED));
  }

  public Verification given(UnaryOperator<VerifierOptions> change) {
    options = change.apply(options);
    return this;
  }

  /** The program is proved; gives the verdict for more questions. */
  public Verdict isAccepted() {
    assertEquals("", marks(), "an accepted program has no marks");
    Verdict verdict = verdict();
    assertEquals("", text(verdict), "findings");
    assertEquals(Decision.ACCEPTED, verdict.decision());
    return verdict;
  }

  /** The program is rejected for exactly what its marks say. */
  public Verdict isRejected() {
    assertFalse(marks().isEmpty(), "a rejected program marks what is wrong");
    Verdict verdict = verdict();
    assertEquals(marks(), found(verdict), () -> text(verdict));
    assertEquals(Decision.REJECTED, verdict.decision());
    return verdict;
  }

  /** The program is accepted if it has no marks, else rejected for them. */
  public void verdictMatchesMarks() {
    if (marks().isEmpty()) {
      isAccepted();
    } else {
      isRejected();
    }
  }

  /** The program is not accepted, for whatever reason. */
  public Verdict isNotAccepted() {
    Verdict verdict = verdict();
    assertFalse(verdict.decision() == Decision.ACCEPTED, "accepted");
    return verdict;
  }

  /** The program is accepted, with this bound on the instructions of a run. */
  public void takesAtMost(long instructions) {
    assertEquals(OptionalLong.of(instructions), isAccepted().worstCase());
  }

  public Verdict verdict() {
    BpfProgram program = program();
    return Verifier.verify(object(program), "test.o", program, kind(), options);
  }

  public ProgramKind kind() {
    ProgramKind plain = LINUX.programKind(kind).orElseThrow();
    return sleepable ? plain.asSleepable() : plain;
  }

  public VerifierOptions options() {
    return options;
  }

  public BpfObject object(BpfProgram program) {
    BpfObject plain = BpfObject.of(program, maps);
    return new BpfObject(
        byteOrder,
        plain.programs(),
        plain.failures(),
        plain.maps(),
        license,
        Optional.of(OBJECT_TYPES));
  }

  public BpfProgram program() {
    Code code = Assembler.assemble(withoutMarks(), Verification::helper);
    Map<Integer, ExternalSymbol> externals = new HashMap<>();
    for (int slot = 0; slot < code.size(); slot++) {
      if (code.startsAt(slot) && code.at(slot) instanceof Instruction.CallBtf call) {
        externals.put(slot, new ExternalSymbol(functions.get(call.id() - 1), true, false, 0));
      } else if (code.startsAt(slot)
          && code.at(slot)
              instanceof
              Instruction.LoadImmediate(var _, WideImmediate.VariableAddress(int variable))
          && variable <= functions.size()) {
        externals.put(slot, symbol(functions.get(variable - 1)));
      }
    }
    return new BpfProgram(
        section,
        "main",
        code,
        List.of(new Subprogram("main", 0, code.size(), true, 0)),
        externals,
        Map.of(),
        new java.util.TreeMap<>());
  }

  /** In {@link #OBJECT_TYPES} 2 is a variable with a type, and 4 one without. */
  private static ExternalSymbol symbol(String text) {
    return new ExternalSymbol(
        text.replaceAll("[?-]", ""), false, text.contains("?"), text.contains("-") ? 4 : 2);
  }

  private static BtfTypes objectTypes() {
    BtfBuilder builder = new BtfBuilder();
    builder.variable("typed", builder.integer("int", 4));
    builder.variable("untyped", builder.constant(0));
    return builder.types();
  }

  private static OptionalInt helper(String name) {
    return LINUX
        .helper(name)
        .map(contract -> OptionalInt.of(contract.id()))
        .orElse(OptionalInt.empty());
  }

  private String withoutMarks() {
    return assembly.replace("; !", ";");
  }

  /** The marks as {@link #found} writes findings. */
  private String marks() {
    TreeSet<Place> places = new TreeSet<>();
    int slot = 0;
    for (String line : assembly.lines().toList()) {
      int mark = line.indexOf("; !");
      if (mark >= 0) {
        for (String check : line.substring(mark + 3).split(",")) {
          places.add(new Place(slot, check.strip()));
        }
      }
      String code =
          line.replaceFirst("^\\s*\\w+:", "").replaceFirst("(;|//|#).*", "").strip();
      slot += code.isEmpty() ? 0 : code.endsWith(" ll") ? 2 : 1;
    }
    return lines(places);
  }

  private static String found(Verdict verdict) {
    TreeSet<Place> places = new TreeSet<>();
    for (Finding finding : verdict.findings()) {
      places.add(new Place(finding.slot(), finding.check()));
    }
    return lines(places);
  }

  private record Place(int slot, String check) implements Comparable<Place> {
    Place {
      if (slot != Finding.NO_SLOT) {
        // A mark with a misspelt check would never be found.
        Check.valueOf(check.toUpperCase(Locale.ROOT).replace('-', '_'));
      }
    }

    @Override
    public int compareTo(Place other) {
      return slot != other.slot ? Integer.compare(slot, other.slot) : check.compareTo(other.check);
    }
  }

  private static String lines(TreeSet<Place> places) {
    List<String> lines = new ArrayList<>();
    places.forEach(place -> lines.add(place.slot() + ": " + place.check()));
    return String.join("\n", lines);
  }

  private static String text(Verdict verdict) {
    StringBuilder text = new StringBuilder();
    for (Finding finding : verdict.findings()) {
      text.append('\n')
          .append(finding.slot())
          .append(": ")
          .append(finding.instruction())
          .append("   [")
          .append(finding.check())
          .append("] ")
          .append(finding.message());
      finding.known().forEach(line -> text.append("\n      ").append(line));
    }
    return text.toString();
  }
}
