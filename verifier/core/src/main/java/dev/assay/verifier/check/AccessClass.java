package dev.assay.verifier.check;

import dev.assay.platform.SocketClass;
import dev.assay.verifier.state.Kind;
import java.util.Optional;

/**
 * How the host carries out a load or a store. It decides so once for each instruction, when the program is loaded, and not each time by the
 * pointer (Linux 6.18, kernel/bpf/verifier.c, save_aux_ptr_type, "same insn cannot be used with different pointers").
 */
public sealed interface AccessClass {

  /** In words, for people. */
  String text();

  /** What does not depend on anything else. */
  enum Basic implements AccessClass {
    /** The offset is rewritten to where the host keeps the context's field. */
    CONTEXT("the context"),
    /** A fault is caught, and gives 0. */
    GUARDED("kernel objects"),
    /** The instruction is executed as it stands. */
    PLAIN("plain memory (stack, map values, packet, allocated memory)");

    private final String text;

    Basic(String text) {
      this.text = text;
    }

    @Override
    public String text() {
      return text;
    }
  }

  /** The offset is rewritten to where the host keeps the field of sockets of this class. */
  record Socket(SocketClass socketClass) implements AccessClass {
    @Override
    public String text() {
      return "sockets of class " + socketClass;
    }
  }

  /** How the host accesses what a pointer of this kind points to; nothing for what is no pointer to memory. */
  static Optional<AccessClass> of(Kind kind) {
    return switch (kind) {
      case Kind.Basic basic ->
        switch (basic) {
          case CONTEXT -> Optional.of(Basic.CONTEXT);
          case PACKET -> Optional.of(Basic.PLAIN);
          case NUMBER, UNINITIALISED, UNUSABLE -> Optional.empty();
        };
      case Kind.FramePointer p -> Optional.of(Basic.PLAIN);
      case Kind.MapValue v -> Optional.of(Basic.PLAIN);
      case Kind.Memory m -> Optional.of(Basic.PLAIN);
      case Kind.KernelObject k -> Optional.of(Basic.GUARDED);
      case Kind.Socket s -> Optional.of(new Socket(s.socketClass()));
      case Kind.MapReference m -> Optional.empty();
      case Kind.InnerMap m -> Optional.empty();
      case Kind.PerCpuVariable v -> Optional.empty();
      case Kind.CodeReference c -> Optional.empty();
    };
  }
}
