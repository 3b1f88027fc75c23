package dev.assay.interpreter;

import dev.assay.interpreter.context.Context;
import dev.assay.interpreter.context.Packet;
import dev.assay.interpreter.helper.Environment;
import dev.assay.interpreter.helper.Host;
import dev.assay.interpreter.map.MapContents;
import dev.assay.interpreter.map.MapTable;
import dev.assay.interpreter.memory.AddressSpace;
import dev.assay.interpreter.memory.MemoryException;
import dev.assay.interpreter.memory.Placement;
import dev.assay.interpreter.memory.Region;
import dev.assay.object.BpfObject;
import dev.assay.object.BpfProgram;
import dev.assay.platform.PacketAccess;
import dev.assay.platform.Platform;
import dev.assay.platform.ProgramKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * A program made ready to run once on one input: its address space, maps and context.
 *
 * <p>Not safe for use by several threads; different machines share nothing.
 */
public final class Machine {
  private final Environment environment;
  private final Execution execution;
  private boolean used;

  private Machine(Builder builder) {
    Settings settings = builder.settings();
    AddressSpace memory = new AddressSpace(
        builder.object.byteOrder(), builder.placement, builder.seed, builder.memoryLimit);
    boolean writable =
        builder.kind.map(kind -> kind.packet() == PacketAccess.READ_WRITE).orElse(true);
    Packet packet = new Packet(memory, builder.packet, writable);
    Context context = builder.kind.isPresent()
        ? Context.of(memory, builder.platform, builder.kind.get(), builder.context, packet)
        : Context.of(memory, builder.context.orElse(new byte[0]));
    MapTable maps = new MapTable(builder.platform, builder.object, memory, builder.cpus);
    boolean xdp =
        builder.kind.filter(kind -> kind.context().name().equals("xdp_md")).isPresent();
    Host host = new Host(
        xdp,
        builder.cpus,
        builder.cpu,
        builder.clock.orElseGet(Builder::tickingClock),
        builder.seed);
    this.environment = new Environment(memory, maps, packet, context, host);
    this.execution = new Execution(settings, environment, builder.program);
  }

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
    return environment.maps().byName();
  }

  /**
   * Runs the program to its end.
   *
   * @throws IllegalStateException if it has run
   */
  public Outcome run() {
    if (used) {
      throw new IllegalStateException("a machine runs once");
    }
    used = true;
    return execution.run();
  }

  /** The packet as it is now, from {@code data} to {@code data_end}; empty if there is none. */
  public byte[] packet() {
    return environment.packet().data();
  }

  /** How many bytes the packet has at this moment, from {@code data} to {@code data_end}. For observers. */
  public int packetSize() {
    return environment.packet().size();
  }

  /** The address of the packet's first byte at this moment. For observers, as {@link #regionAt}. */
  public long packetAddress() {
    return environment.packet().dataAddress();
  }

  /** The address of the first byte of the packet's metadata at this moment; that of the packet if there is none. */
  public long metadataAddress() {
    return environment.packet().metaAddress();
  }

  /** The context's bytes as they are now; fields that hold packet pointers read as 0. */
  public byte[] context() {
    return environment.context().bytes();
  }

  /**
   * The region that an address lies in at this moment. For observers that ask where a pointer points.
   *
   * @param address unsigned
   */
  public Optional<Region> regionAt(long address) {
    return environment.memory().find(address);
  }

  /** What the program printed with {@code bpf_trace_printk}, formatted, an element a call. */
  public List<String> trace() {
    return environment.trace();
  }

  /** What a machine is to be like. Everything has a default. */
  public static final class Builder {
    private static final int MAX_CALL_DEPTH = 256;
    private static final int MAX_STACK_SIZE = 1 << 20;
    private static final int MAX_CPUS = 1024;
    private static final long SECOND = 1_000_000_000;
    private static final long MICROSECOND = 1_000;

    private final Platform platform;
    private final BpfObject object;
    private final BpfProgram program;
    private Optional<ProgramKind> kind = Optional.empty();
    private byte[] packet = new byte[0];
    private Optional<byte[]> context = Optional.empty();
    private long seed;
    private boolean garbage;
    private Placement placement = Placement.SPREAD;
    private long instructionLimit = 100_000_000;
    private long memoryLimit = 128L << 20;
    private int stackSize = 512;
    private int callDepth = 8;
    private int cpus = 1;
    private int cpu;
    private Optional<LongSupplier> clock = Optional.empty();
    private Optional<Observer> observer = Optional.empty();

    private Builder(Platform platform, BpfObject object, BpfProgram program) {
      this.platform = platform;
      this.object = object;
      this.program = program;
    }

    private static LongSupplier tickingClock() {
      long[] next = {SECOND};
      return () -> {
        next[0] += MICROSECOND;
        return next[0] - MICROSECOND;
      };
    }

    /**
     * What the program is loaded as, which says what the context looks like. Default: none; the context is then plain
     * bytes, with their address in r1 (0 if there are none) and their number in r2.
     */
    public Builder kind(ProgramKind kind) {
      this.kind = Optional.of(kind);
      return this;
    }

    /** The packet; default: none. */
    public Builder packet(byte[] packet) {
      this.packet = packet.clone();
      return this;
    }

    /** The initial bytes of the context; what is missing is zero. Default: what the kind and the packet tell. */
    public Builder context(byte[] context) {
      this.context = Optional.of(context.clone());
      return this;
    }

    /** Decides addresses and {@code bpf_get_prandom_u32}, and garbage; default: 0. */
    public Builder seed(long seed) {
      this.seed = seed;
      return this;
    }

    /** Whether registers and stack start with seeded garbage, as a kernel's do, rather than zero; default: false. */
    public Builder garbage(boolean garbage) {
      this.garbage = garbage;
      return this;
    }

    /** Where regions lie; default: {@link Placement#SPREAD}. */
    public Builder placement(Placement placement) {
      this.placement = placement;
      return this;
    }

    /** How many instructions a run may execute, not negative; default: 100 million. */
    public Builder instructionLimit(long instructions) {
      this.instructionLimit = required(instructions, 0, Long.MAX_VALUE, "an instruction limit");
      return this;
    }

    /** How many bytes the program's memory may have in all; default: 128 MiB. */
    public Builder memoryLimit(long bytes) {
      this.memoryLimit = required(bytes, 0, Long.MAX_VALUE / 2, "a memory limit");
      return this;
    }

    /** The size of a stack frame in bytes, a multiple of 8 up to 1 MiB; default: 512. */
    public Builder stackSize(int bytes) {
      this.stackSize = (int) required(bytes, 8, MAX_STACK_SIZE, "a stack size");
      if (bytes % 8 != 0) {
        throw new IllegalArgumentException("a stack size is a multiple of 8, not " + bytes);
      }
      return this;
    }

    /** How many frames may be active, the entry function's included, 1 to 256; default: 8. */
    public Builder callDepth(int frames) {
      this.callDepth = (int) required(frames, 1, MAX_CALL_DEPTH, "a call depth");
      return this;
    }

    /**
     * How many CPUs there are, and on which one the program runs; default: on the only one.
     *
     * @param count 1 to 1024
     * @param current from 0
     */
    public Builder cpus(int count, int current) {
      this.cpus = (int) required(count, 1, MAX_CPUS, "a number of CPUs");
      this.cpu = (int) required(current, 0, count - 1, "the current CPU");
      return this;
    }

    /**
     * What {@code bpf_ktime_get_ns} returns, in nanoseconds; default: a clock that starts at 1 s and gains 1 µs a
     * reading.
     */
    public Builder clock(LongSupplier clock) {
      this.clock = Optional.of(clock);
      return this;
    }

    /** Who watches each instruction; default: nobody. */
    public Builder observer(Observer observer) {
      this.observer = Optional.of(observer);
      return this;
    }

    /**
     * The machine.
     *
     * @throws IllegalArgumentException if its packet, context, maps and code do not fit into its memory
     */
    public Machine build() {
      try {
        return new Machine(this);
      } catch (MemoryException e) {
        throw new IllegalArgumentException(e.reason(), e);
      }
    }

    private Settings settings() {
      return new Settings(
          platform, kind, seed, garbage, instructionLimit, stackSize, callDepth, observer);
    }

    private static long required(long value, long min, long max, String what) {
      if (value < min || value > max) {
        throw new IllegalArgumentException(
            "%s lies between %d and %d: %d".formatted(what, min, max, value));
      }
      return value;
    }
  }
}
