package dev.assay.verifier.search;

import dev.assay.graph.FunctionGraph;
import dev.assay.graph.Liveness;
import dev.assay.graph.LoopFacts;
import dev.assay.verifier.semantics.ProgramShape;
import dev.assay.verifier.semantics.Setting;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a search asks of a program's code before it runs any state through it; the same on every rung. */
public final class ProgramFacts {
  private final Setting setting;
  private final ProgramShape shape;
  private final int frameSize;
  private final Liveness liveness;
  private final List<LoopFacts> loops = new ArrayList<>();
  private @Nullable List<TestedLocations> tested;

  private ProgramFacts(Setting setting, ProgramShape shape) {
    this.setting = setting;
    this.shape = shape;
    this.frameSize = (setting.options().stackSize() + 63) / 64 * 64;
    this.liveness = Liveness.of(shape.graph(), new ContractEffects(setting), frameSize);
    for (FunctionGraph function : shape.graph().functions()) {
      loops.add(LoopFacts.of(function, shape.order(function), liveness));
    }
  }

  /** The facts of the program that {@code setting} is about. */
  public static ProgramFacts of(Setting setting, ProgramShape shape) {
    return new ProgramFacts(setting, shape);
  }

  Setting setting() {
    return setting;
  }

  ProgramShape shape() {
    return shape;
  }

  /** Bytes of a frame, up to a multiple of 64. */
  int frameSize() {
    return frameSize;
  }

  Liveness liveness() {
    return liveness;
  }

  LoopFacts loops(FunctionGraph function) {
    return loops.get(function.index());
  }

  /** Which locations are tested after a point; found when it is first asked for, since the coarsest rung never asks. */
  TestedLocations tested(FunctionGraph function) {
    List<TestedLocations> known = tested;
    if (known == null) {
      known = new ArrayList<>();
      for (FunctionGraph each : shape.graph().functions()) {
        known.add(new TestedLocations(each, frameSize));
      }
      tested = known;
    }
    return known.get(function.index());
  }
}
