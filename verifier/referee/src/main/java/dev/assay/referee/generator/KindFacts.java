package dev.assay.referee.generator;

import dev.assay.platform.Field;
import dev.assay.platform.FieldKind;
import dev.assay.platform.LinuxPlatform;
import dev.assay.platform.PacketAccess;
import dev.assay.platform.Platform;
import dev.assay.platform.ProgramKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What programs of a kind may do.
 *
 * @param numbers the context's fields that hold numbers
 * @param data the offset of the context's field that points to the packet
 * @param end the offset of the one that points to the packet's end
 * @param meta the offset of the one that points to the packet's metadata
 * @param helpers the numbers of the helpers that may be called
 */
record KindFacts(
    ProgramKind kind,
    List<Field> numbers,
    OptionalInt data,
    OptionalInt end,
    OptionalInt meta,
    Set<Integer> helpers) {
  private static final Platform PLATFORM = LinuxPlatform.load();

  /** The kinds that programs are generated for, each as often as programs are to be of it. */
  private static final String[] NAMES = {
    "xdp",
    "xdp",
    "xdp",
    "xdp",
    "sched_cls",
    "sched_cls",
    "sched_cls",
    "cgroup_skb/ingress",
    "cgroup_skb/egress",
    "socket_filter",
    "kprobe",
    "tracepoint",
    "perf_event",
    "lwt_xmit",
    "cgroup_sock_addr/connect4"
  };

  static final List<KindFacts> ALL = all();

  private static List<KindFacts> all() {
    List<KindFacts> facts = new ArrayList<>();
    for (String name : NAMES) {
      facts.add(of(PLATFORM.programKind(name).orElseThrow()));
    }
    return List.copyOf(facts);
  }

  private static KindFacts of(ProgramKind kind) {
    OptionalInt data = OptionalInt.empty();
    OptionalInt end = OptionalInt.empty();
    OptionalInt meta = OptionalInt.empty();
    List<Field> numbers = new ArrayList<>();
    for (Field field : kind.context().fields()) {
      switch (field.kind()) {
        case FieldKind.PacketData() -> data = OptionalInt.of(field.offset());
        case FieldKind.PacketEnd() -> end = OptionalInt.of(field.offset());
        case FieldKind.PacketMeta() -> meta = OptionalInt.of(field.offset());
        case FieldKind.Scalar() -> numbers.add(field);
        case FieldKind.Socket _,
            FieldKind.FlowKeys _,
            FieldKind.KernelObject _,
            FieldKind.Buffer _,
            FieldKind.BtfArgument _ -> {}
      }
    }
    Set<Integer> helpers = new HashSet<>();
    PLATFORM.helpers().stream()
        .filter(helper -> helper.callable(kind))
        .forEach(helper -> helpers.add(helper.id()));
    return new KindFacts(kind, List.copyOf(numbers), data, end, meta, Set.copyOf(helpers));
  }

  /** Whether there is a packet that pointers lead to. */
  boolean hasPacket() {
    return kind.packet() != PacketAccess.NONE && data.isPresent() && end.isPresent();
  }

  /** Whether the packet may be written through pointers. */
  boolean writesPacket() {
    return hasPacket() && kind.packet() == PacketAccess.READ_WRITE;
  }

  boolean mayCall(Helper helper) {
    return helpers.contains(helper.number());
  }
}
