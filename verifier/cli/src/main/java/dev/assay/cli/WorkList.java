package dev.assay.cli;

import dev.assay.object.BpfObject;
import dev.assay.object.BpfProgram;
import dev.assay.object.DataSection;
import dev.assay.platform.ProgramKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What there is to verify in objects. Safe for use by several threads. */
final class WorkList {
  private static final String OBJECT_CHECK = "object";
  private static final String TYPE_CHECK = "program-type";

  private final ProgramTypes types;
  private final ProgramSelection selection;
  private final Set<String> settable = ConcurrentHashMap.newKeySet();

  WorkList(ProgramTypes types, ProgramSelection selection) {
    this.types = types;
    this.selection = selection;
  }

  /** The names of the variables in the objects so far that a loader may set. */
  Set<String> settable() {
    return settable;
  }

  /** The jobs of an object in the order of its programs; one failed job if it cannot be read. */
  List<Job> jobs(ObjectFile file) {
    BpfObject object;
    try {
      object = file.read();
    } catch (UnreadableObjectException e) {
      return List.of(Job.failed(file, "", "", "", OBJECT_CHECK, e.reason()));
    }
    object.maps().stream()
        .flatMap(map -> map.data().stream())
        .flatMap(data -> data.variables().stream())
        .filter(DataSection.Variable::volatileConstant)
        .forEach(variable -> settable.add(variable.name()));
    List<Job> jobs = new ArrayList<>();
    for (int i = 0; i < object.programs().size(); i++) {
      BpfProgram program = object.programs().get(i);
      if (selection.contains(program.section(), program.function())) {
        jobs.add(job(file, i, program));
      }
    }
    for (BpfObject.ProgramFailure failure : object.failures()) {
      if (selection.contains(failure.section(), failure.function())) {
        jobs.add(Job.failed(
            file, failure.section(), failure.function(), "", OBJECT_CHECK, failure.message()));
      }
    }
    if (jobs.isEmpty() && selection.isEverything()) {
      jobs.add(Job.failed(file, "", "", "", OBJECT_CHECK, "there is no program in this object"));
    }
    return jobs;
  }

  private Job job(ObjectFile file, int index, BpfProgram program) {
    Optional<ProgramKind> kind = types.kind(file, program.section());
    if (kind.isEmpty()) {
      return Job.failed(
          file,
          program.section(),
          program.function(),
          "",
          TYPE_CHECK,
          ProgramTypes.unknown(program.section()));
    }
    return new Job.Pending(
        file,
        index,
        program.section(),
        program.function(),
        kind.get(),
        program.code().size());
  }
}
