package dev.assay.interpreter.helper;

import dev.assay.interpreter.context.Context;
import dev.assay.interpreter.context.Packet;
import dev.assay.interpreter.map.MapTable;
import dev.assay.interpreter.memory.AddressSpace;
import dev.assay.interpreter.memory.Region;
import dev.assay.interpreter.memory.Region.Role;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** What surrounds a run, and all that the functions may change besides where control goes. */
public final class Environment {
  /** How much can be read of the current task. */
  private static final int TASK_SIZE = 16 * 1024;

  private final AddressSpace memory;
  private final MapTable maps;
  private final Packet packet;
  private final Context context;
  private final Host host;
  private final SplittableRandom random;
  private final List<String> trace = new ArrayList<>();
  private Optional<Region> task = Optional.empty();

  /** An environment at the start of a run. */
  public Environment(
      AddressSpace memory, MapTable maps, Packet packet, Context context, Host host) {
    this.memory = memory;
    this.maps = maps;
    this.packet = packet;
    this.context = context;
    this.host = host;
    this.random = new SplittableRandom(host.seed());
  }

  /** The program's memory. */
  public AddressSpace memory() {
    return memory;
  }

  /** Its maps. */
  public MapTable maps() {
    return maps;
  }

  /** Its packet, of no bytes if it was given none. */
  public Packet packet() {
    return packet;
  }

  /** Its context. */
  public Context context() {
    return context;
  }

  /** The host. */
  Host host() {
    return host;
  }

  /** The time since boot in nanoseconds. */
  long nanoseconds() {
    return host.clock().getAsLong();
  }

  /** The next pseudo-random number, all 64 bits. */
  long random() {
    return random.nextLong();
  }

  /** The address of the current task: some readable bytes of zero. */
  long currentTask() {
    if (task.isEmpty()) {
      task = Optional.of(
          memory.allocate(Role.KERNEL_OBJECT, "current task", new byte[TASK_SIZE], false));
    }
    return task.get().base();
  }

  /** Appends to the trace that user space reads. */
  void print(String line) {
    memory.charge("the trace", line.length());
    trace.add(line);
  }

  /** What was printed so far. */
  public List<String> trace() {
    return Collections.unmodifiableList(trace);
  }
}
