package dev.assay.graph;

import dev.assay.isa.Register;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** What holds of every call of a platform function, for want of its contract. */
final class ConservativeCallEffects implements CallEffects {
  static final CallEffects INSTANCE = new ConservativeCallEffects();

  private final List<Access> accesses = IntStream.rangeClosed(1, 5)
      .mapToObj(number -> new Access(Register.of(number), OptionalInt.empty(), true, Writing.MAYBE))
      .toList();

  private ConservativeCallEffects() {}

  @Override
  public int argumentsRead(CallSite site) {
    return RegisterEffects.ARGUMENTS;
  }

  @Override
  public List<Access> accesses(CallSite site) {
    return accesses;
  }

  @Override
  public boolean mayReturnArgument(CallSite site) {
    return true;
  }
}
