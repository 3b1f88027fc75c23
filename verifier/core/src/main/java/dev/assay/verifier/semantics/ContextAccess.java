package dev.assay.verifier.semantics;

import dev.assay.numeric.Condition;
import dev.assay.numeric.Scalar;
import dev.assay.platform.Field;
import dev.assay.platform.FieldKind;
import dev.assay.platform.IntegerRange;
import dev.assay.platform.Layout;
import dev.assay.verifier.check.Check;
import dev.assay.verifier.check.Reporter;
import dev.assay.verifier.state.Kind;
import dev.assay.verifier.state.State;
import dev.assay.verifier.state.Value;
import java.util.Optional;

/** Accesses to the fields of the context and of sockets: which ones programs may touch in which sizes, and what a load of each gives. */
final class ContextAccess {
  private static final long FLOW_KEYS_BYTES = 56;

  private final Setting setting;
  private final Reporter reporter;

  ContextAccess(Setting setting, Reporter reporter) {
    this.setting = setting;
    this.reporter = reporter;
  }

  Value load(State state, Access access) {
    Optional<Field> field = contextField(state, access);
    if (field.isEmpty()) {
      return Access.unknown(state, access.size());
    }
    return switch (field.get().kind()) {
      case FieldKind.Scalar s -> Access.unknown(state, access.size());
      case FieldKind.PacketData d -> Value.pointer(Kind.Basic.PACKET, 0);
      case FieldKind.PacketEnd e -> state.packetSize().withKind(Kind.Basic.PACKET);
      case FieldKind.PacketMeta m -> state.packetMeta().withKind(Kind.Basic.PACKET);
      case FieldKind.Socket s ->
        Value.pointer(new Kind.Socket(s.socket(), s.nullable(), 0, false), 0);
      case FieldKind.FlowKeys k ->
        Value.pointer(new Kind.Memory("flow keys", FLOW_KEYS_BYTES, true, false, false, 0), 0);
      case FieldKind.KernelObject k ->
        Value.pointer(setting.kernelObject(k.type(), Kind.Trust.CERTAIN, k.nullable()), 0);
      case FieldKind.Buffer b -> Value.pointer(Kind.KernelObject.ANY, 0);
      case FieldKind.BtfArgument a -> argument(state, access);
    };
  }

  private Value argument(State state, Access access) {
    int slot = (int) (state.scalar(access.at()).constantValue() / 8);
    return switch (setting.attachTarget()) {
      case AttachTarget.Known known -> argument(state, access, known, slot);
      case AttachTarget.Refused refused -> Access.unknown(state, access.size());
      case AttachTarget.Untold untold -> untypedArgument(state, access, slot);
    };
  }

  private Value argument(State state, Access access, AttachTarget.Known target, int slot) {
    if (slot >= target.slots().size()) {
      reporter.report(
          access.slot(),
          state,
          Check.CONTEXT_ACCESS,
          access.what() + " at offset " + 8 * slot + ": the arguments of " + target.name()
              + (target.hasResult() ? " and its result" : "") + " take "
              + 8 * target.slots().size() + " bytes",
          "the offset is that of an argument",
          access.registers());
      return Access.unknown(state, access.size());
    }
    return switch (target.slots().get(slot)) {
      case AttachTarget.Slot.Number n -> Access.unknown(state, access.size());
      case AttachTarget.Slot.Returned r ->
        state.scalar(access.at()).constantValue() % 8 == 0
            ? state.numbers().freshNumber(returned(r.range(), access.size()))
            : Access.unknown(state, access.size());
      case AttachTarget.Slot.Buffer b -> {
        reporter.assume("the memory that " + b.name() + " of " + target.name()
            + " points to has as many bytes as the program loads from it (Linux checks it when the"
            + " program is attached)");
        yield access.size() == 8
            ? state.numbers().freshValue(Kind.KernelObject.ANY, Scalar.constant(0))
            : Access.unknown(state, access.size());
      }
      case AttachTarget.Slot.Object o -> {
        if (access.size() != 8) {
          reporter.report(
              access.slot(),
              state,
              Check.CONTEXT_ACCESS,
              access.what() + " of " + o.name() + " of " + target.name() + ", which is a pointer",
              "all 8 bytes of the pointer are loaded",
              access.registers());
          yield Access.unknown(state, access.size());
        }
        yield Value.pointer(o.kind(), 0);
      }
    };
  }

  /** The first bytes of what a program returned: the host looked at the low half alone, and the other half is as that program left it. */
  private static Scalar returned(IntegerRange range, int size) {
    Scalar least = Scalar.constant(range.min());
    Scalar most = Scalar.constant(range.max());
    Scalar word = Scalar.assume(Condition.SGE, true, Scalar.top(), least).left();
    return Scalar.assume(Condition.SLE, true, word, most).left().zeroExtend(8 * size);
  }

  private Value untypedArgument(State state, Access access, int slot) {
    if (access.size() != 8) {
      return Access.unknown(state, access.size());
    }
    reporter.assume("argument "
        + (slot + 1)
        + " of the attach target is a number or a pointer that the kernel lets programs follow"
        + " (no target BTF tells its type)");
    return state.numbers().freshValue(Kind.KernelObject.ANY, Scalar.constant(0));
  }

  Optional<Field> contextField(State state, Access access) {
    return field(
        state,
        access,
        setting.kind().context(),
        "the context of " + setting.kind().name());
  }

  Value loadSocket(State state, Access access, Kind.Socket socket) {
    Optional<Field> field = socketField(state, access, socket);
    return field.isPresent() && field.get().kind() instanceof FieldKind.Socket s
        ? Value.pointer(
            new Kind.Socket(s.socket(), s.nullable(), socket.reference(), socket.reference() != 0),
            0)
        : Access.unknown(state, access.size());
  }

  Optional<Field> socketField(State state, Access access, Kind.Socket socket) {
    return field(state, access, setting.platform().socketLayout(socket.socketClass()), "a socket");
  }

  private Optional<Field> field(State state, Access access, Layout layout, String what) {
    // The host rewrites the instruction's own offset, and knows nothing of the register's (Linux
    // 6.18, check_ptr_off_reg). Of pointers to sockets it permits no arithmetic at all.
    Scalar moved = state.scalar(state.register(access.base().number()));
    if (!moved.equals(Scalar.constant(0))) {
      reporter.report(
          access.slot(),
          state,
          Check.CONTEXT_ACCESS,
          access.what() + " in " + what + " through a pointer that was moved",
          access.base() + " points to its start, and the instruction has the field's offset",
          access.registers());
      return Optional.empty();
    }
    // The instruction's own offset, of 16 bits.
    long at = state.scalar(access.at()).constantValue();
    Optional<Field> field =
        at >= 0 ? layout.access((int) at, access.size(), access.write()) : Optional.empty();
    if (field.isEmpty()) {
      reporter.report(
          access.slot(),
          state,
          Check.CONTEXT_ACCESS,
          access.what() + " at offset " + at + " of " + what + " is not permitted",
          "offset and size are those of a field that programs may "
              + (access.write() ? "write" : "read"),
          access.registers());
    }
    return field;
  }
}
