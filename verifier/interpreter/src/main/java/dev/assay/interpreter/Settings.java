package dev.assay.interpreter;

import dev.assay.platform.Platform;
import dev.assay.platform.ProgramKind;
import java.util.Optional;

/** How a program is to be run; the components as in {@link Machine.Builder}. */
record Settings(
    Platform platform,
    Optional<ProgramKind> kind,
    long seed,
    boolean garbage,
    long instructionLimit,
    int stackSize,
    int callDepth,
    Optional<Observer> observer) {}
