package dev.assay.interpreter.helper;

import dev.assay.interpreter.context.Context;
import dev.assay.interpreter.context.Packet;
import dev.assay.interpreter.map.MapTable;
import dev.assay.interpreter.memory.AddressSpace;
import dev.assay.object.BpfProgram;

/** What the functions may use of the machine that runs the program. */
public interface Environment {
  /** The program's memory. */
  AddressSpace memory();

  /** Its maps. */
  MapTable maps();

  /** Its packet, empty if it was given none. */
  Packet packet();

  /** Its context. */
  Context context();

  /** Whether the program is an XDP program, for helpers that have two meanings. */
  boolean isXdp();

  /** The address of the current task: some readable bytes of zero. */
  long currentTask();

  /** The CPU that the program runs on, from 0. */
  int cpu();

  /** How many CPUs there are. */
  int cpus();

  /** The time since boot in nanoseconds. */
  long nanoseconds();

  /** The next pseudo-random number, all 64 bits. */
  long random();

  /** Appends to the trace that user space reads. */
  void trace(String line);

  /**
   * Runs a function of the program, as the callback of the helper that is being called.
   *
   * @param function its address
   * @param arguments what r1 and so on hold on entry, at most five
   * @return its r0
   */
  long callBack(long function, long... arguments);

  /**
   * Lets the program go on as another one once the helper that is being called has returned.
   *
   * @return whether it does; else too many tail calls were made
   */
  boolean tailCall(BpfProgram program);
}
