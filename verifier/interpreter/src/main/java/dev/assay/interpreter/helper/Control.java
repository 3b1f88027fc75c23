package dev.assay.interpreter.helper;

import dev.assay.object.BpfProgram;

/** What functions may ask of the machine that runs the program: to go elsewhere in its code. */
public interface Control {

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
