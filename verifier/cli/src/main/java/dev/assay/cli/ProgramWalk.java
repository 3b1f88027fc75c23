package dev.assay.cli;

import dev.assay.object.BpfObject;
import dev.assay.object.BpfProgram;
import dev.assay.report.Printable;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;

/** Goes through the programs that are meant, one object at a time; what cannot be read is said and left out. */
final class ProgramWalk {
  private final List<ObjectFile> objects;
  private final ProgramSelection selection;
  private final PrintWriter err;

  ProgramWalk(List<ObjectFile> objects, ProgramSelection selection, PrintWriter err) {
    this.objects = objects;
    this.selection = selection;
    this.err = err;
  }

  /** What is done with each program. */
  @FunctionalInterface
  interface Visitor {
    /**
     * Called for each program in order.
     *
     * @throws IOException if the output cannot be written
     */
    void visit(ObjectFile file, BpfObject object, BpfProgram program) throws IOException;
  }

  /**
   * Visits the programs.
   *
   * @return the exit status
   * @throws UsageException if all objects can be read and no program is meant
   * @throws IOException if a visit fails to write
   */
  int visit(Visitor visitor) throws IOException, UsageException {
    int visited = 0;
    int unreadable = 0;
    for (ObjectFile file : objects) {
      BpfObject object;
      try {
        object = file.read();
      } catch (UnreadableObjectException e) {
        say(file.name() + ": " + e.reason());
        unreadable++;
        continue;
      }
      for (BpfProgram program : object.programs()) {
        if (selection.contains(program.section(), program.function())) {
          visitor.visit(file, object, program);
          visited++;
        }
      }
      for (BpfObject.ProgramFailure failure : object.failures()) {
        if (selection.contains(failure.section(), failure.function())) {
          say("%s: %s in %s: %s"
              .formatted(file.name(), failure.function(), failure.section(), failure.message()));
          unreadable++;
        }
      }
    }
    if (visited == 0 && unreadable == 0) {
      throw new UsageException(
          "there is no program" + selection + "; 'assay list' shows what there is");
    }
    return unreadable == 0 ? ExitStatus.DONE : ExitStatus.BAD_INPUT;
  }

  private void say(String message) {
    err.println("assay: " + Printable.of(message));
  }
}
