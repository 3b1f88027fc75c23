package dev.assay.interpreter;

import dev.assay.platform.Platform;
import dev.assay.platform.ProgramKind;
import java.util.Optional;
import java.util.function.LongSupplier;

/** What a run is to be like; the components as in {@link Machine.Builder}. */
record Settings(
    Platform platform,
    Optional<ProgramKind> kind,
    long seed,
    boolean garbage,
    long instructionLimit,
    int stackSize,
    int callDepth,
    int cpus,
    int cpu,
    LongSupplier clock,
    Optional<Observer> observer) {}
