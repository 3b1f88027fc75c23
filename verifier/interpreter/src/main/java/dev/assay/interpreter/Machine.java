package dev.assay.interpreter;

import dev.assay.object.BpfObject;
import dev.assay.object.BpfProgram;
import dev.assay.platform.Platform;
import dev.assay.platform.ProgramKind;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * A program made ready to run once on one input: its address space, maps and context.
 *
 * <p>Not safe for use by several threads; different machines share nothing.
 */
public final class Machine {
  private Machine() {}

  /**
   * Starts to describe a machine for {@code program}, one of the programs of {@code object}.
   *
   * @param platform names helpers and map types by their numbers
   */
  public static Builder builder(Platform platform, BpfObject object, BpfProgram program) {
    return new Builder(platform, object, program);
  }

  /** The maps by name, data sections among them. */
  public Map<String, MapContents> maps() {
    throw new UnsupportedOperationException();
  }

  /**
   * Runs the program to its end.
   *
   * @throws IllegalStateException if it has run
   */
  public Outcome run() {
    throw new UnsupportedOperationException();
  }

  /** The packet as it is now, from {@code data} to {@code data_end}; empty if there is none. */
  public byte[] packet() {
    throw new UnsupportedOperationException();
  }

  /** The context's bytes as they are now; fields that hold packet pointers read as 0. */
  public byte[] context() {
    throw new UnsupportedOperationException();
  }

  /** What the program printed with {@code bpf_trace_printk}, formatted, an element a call. */
  public List<String> trace() {
    throw new UnsupportedOperationException();
  }

  /** What a machine is to be like. Everything has a default. */
  public static final class Builder {
    private Builder(Platform platform, BpfObject object, BpfProgram program) {}

    /** What the program is loaded as, which says what the context looks like; default: the context is plain bytes. */
    public Builder kind(ProgramKind kind) {
      throw new UnsupportedOperationException();
    }

    /** The packet; default: none. */
    public Builder packet(byte[] packet) {
      throw new UnsupportedOperationException();
    }

    /** The initial bytes of the context; what is missing is zero. Default: what the kind and the packet tell. */
    public Builder context(byte[] context) {
      throw new UnsupportedOperationException();
    }

    /** Decides addresses and {@code bpf_get_prandom_u32}, and garbage; default: 0. */
    public Builder seed(long seed) {
      throw new UnsupportedOperationException();
    }

    /** Whether registers and stack start with seeded garbage, as a kernel's do, rather than zero; default: false. */
    public Builder garbage(boolean garbage) {
      throw new UnsupportedOperationException();
    }

    /** Where regions lie; default: {@link Placement#SPREAD}. */
    public Builder placement(Placement placement) {
      throw new UnsupportedOperationException();
    }

    /** How many instructions a run may execute; default: 100 million. */
    public Builder instructionLimit(long instructions) {
      throw new UnsupportedOperationException();
    }

    /** The size of a stack frame in bytes, a positive multiple of 8; default: 512. */
    public Builder stackSize(int bytes) {
      throw new UnsupportedOperationException();
    }

    /** How many frames may be active, the entry function's included; default: 8. */
    public Builder callDepth(int frames) {
      throw new UnsupportedOperationException();
    }

    /** What {@code bpf_ktime_get_ns} returns, in nanoseconds; default: a clock that starts at 1 s and gains 1 µs a reading. */
    public Builder clock(LongSupplier clock) {
      throw new UnsupportedOperationException();
    }

    /** Who watches each instruction; default: nobody. */
    public Builder observer(Observer observer) {
      throw new UnsupportedOperationException();
    }

    /** The machine. */
    public Machine build() {
      throw new UnsupportedOperationException();
    }
  }
}
