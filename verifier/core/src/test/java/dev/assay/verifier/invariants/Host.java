package dev.assay.verifier.invariants;

import dev.assay.isa.Code;
import dev.assay.object.BpfObject;
import dev.assay.object.BpfProgram;
import dev.assay.object.MapDefinition;
import dev.assay.platform.Field;
import dev.assay.platform.FieldKind;
import dev.assay.platform.IntegerRange;
import dev.assay.platform.Layout;
import dev.assay.platform.LinuxPlatform;
import dev.assay.platform.PacketAccess;
import dev.assay.platform.Platform;
import dev.assay.platform.Policy;
import dev.assay.platform.ProgramKind;
import dev.assay.verifier.VerifierOptions;
import dev.assay.verifier.semantics.Setting;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What PREVAIL's tests run on: a context of 64 bytes with {@code data} at 0 and {@code data_end} at 4 (4 bytes each; what else is loaded from there is
 * neither packet pointer nor number), numbers otherwise; maps with
 * keys and values of 4 bytes and 4 entries; Linux's helpers.
 */
final class Host {
  private static final Platform LINUX = new WithoutReferences(LinuxPlatform.load());
  private static final int PLAIN_MAPS = 32;
  private static final int HASH = 1;
  private static final int ARRAY = 2;
  private static final int RING_BUFFER = 27;

  /** PREVAIL gives up on loops of 100 000 rounds; its longest test that it proves has far fewer. */
  private static final long MOST_INSTRUCTIONS = 1_000_000;

  /** The index of the map of programs. */
  static final int PROGRAMS = PLAIN_MAPS;

  private static final Layout CONTEXT = new Layout("context", fields());
  private final List<MapDefinition> maps = new ArrayList<>();
  private final ProgramKind linux;

  /** The host of a case. PREVAIL's maps have no type, and all helpers are for all programs; ours have the one that the case uses. */
  Host(InvariantCase test) {
    Set<Integer> helpers = helpers(test);
    String code = test.blocks().toString();
    boolean direct = code.contains("map_val") || code.contains("mva");
    MapDefinition plain = helpers.contains(130) || helpers.contains(131)
        ? MapDefinition.of("ringbuf", RING_BUFFER, 0, 0, 4096)
        : direct ? MapDefinition.of("map", ARRAY, 4, 4, 1) : MapDefinition.of("map", HASH, 4, 4, 4);
    for (int i = 0; i < PLAIN_MAPS; i++) {
      maps.add(plain);
    }
    linux = LINUX.programKind(helpers.contains(67) ? "kprobe" : "sched_cls").orElseThrow();
    maps.add(
        MapDefinition.of("programs", LINUX.mapType("prog_array").orElseThrow().number(), 4, 4, 4));
  }

  /** The numbers of the helpers that a case calls. */
  private static Set<Integer> helpers(InvariantCase test) {
    Set<Integer> helpers = new TreeSet<>();
    test.blocks()
        .values()
        .forEach(lines -> lines.forEach(line -> {
          if (line.matches("call \\d+")) {
            helpers.add(Integer.valueOf(line.substring(5)));
          } else if (line.startsWith("callx r")) {
            InvariantRun.constant(test, Integer.parseInt(line.substring(7)))
                .ifPresent(helpers::add);
          }
        }));
    return helpers;
  }

  private static List<Field> fields() {
    Field.Rule whole = new Field.Rule(4, true);
    Field.Rule any = new Field.Rule(1 | 2 | 4 | 8, false);
    Field.Rule notWhole = new Field.Rule(1 | 2 | 8, false);
    return List.of(
        new Field("data", 0, 4, new FieldKind.PacketData(), whole, Field.Rule.NONE),
        new Field(
            "part of a pointer",
            0,
            8,
            new FieldKind.KernelObject("part of a pointer", false),
            notWhole,
            Field.Rule.NONE),
        new Field("data_end", 4, 4, new FieldKind.PacketEnd(), whole, Field.Rule.NONE),
        new Field("numbers", 8, 56, new FieldKind.Scalar(), any, any));
  }

  /** The index of the first map, with values of {@code size} bytes, that stands for shared memory of that size. */
  int sharedMap(int size) {
    for (int i = PROGRAMS + 1; i < maps.size(); i++) {
      if (maps.get(i).valueSize() == size) {
        return i;
      }
    }
    maps.add(MapDefinition.of("shared" + size, ARRAY, 4, size, 1));
    return maps.size() - 1;
  }

  /** The size of the values of a map. */
  int valueSize(int map) {
    return maps.get(map).valueSize();
  }

  /** The setting of a case. */
  Setting setting(Code code, InvariantCase test, int frameSize) {
    boolean bigEndian = test.options().contains("big_endian");
    BpfProgram program = BpfProgram.of("test", "main", code);
    BpfObject object = new BpfObject(
        bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN,
        List.of(program),
        List.of(),
        maps,
        "GPL",
        Optional.empty());
    VerifierOptions options = VerifierOptions.DEFAULT
        .withStackSize(frameSize)
        .withTermination(test.options().contains("termination"));
    if (options.termination()) {
      options = options.withMaxInstructions(MOST_INSTRUCTIONS);
    }
    return new Setting(object, program, LINUX, kind(), options, false);
  }

  private ProgramKind kind() {
    return new ProgramKind(
        linux.index(),
        "test",
        linux.type(),
        0,
        false,
        CONTEXT,
        Policy.STRICT,
        true,
        PacketAccess.READ_WRITE,
        Optional.of(IntegerRange.ANY),
        Optional.empty(),
        true,
        linux.since());
  }
}
