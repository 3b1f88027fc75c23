package dev.assay.verifier.semantics;

import dev.assay.numeric.Scalar;
import dev.assay.object.DataSection;
import dev.assay.object.MapDefinition;
import dev.assay.verifier.check.Bounds;
import dev.assay.verifier.check.Check;
import dev.assay.verifier.check.Reporter;
import dev.assay.verifier.state.Kind;
import dev.assay.verifier.state.State;
import dev.assay.verifier.state.Value;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;

/** Accesses to values of maps: what programs may read and write, within the value and outside the fields that only helpers touch, and what read-only data holds. */
final class MapValueAccess {
  private final Setting setting;
  private final Reporter reporter;

  MapValueAccess(Setting setting, Reporter reporter) {
    this.setting = setting;
    this.reporter = reporter;
  }

  Value load(State state, Access access, Kind.MapValue kind) {
    if (!check(state, access, kind)) {
      return Access.unknown(state, access.size());
    }
    MapDefinition map = setting.map(kind.map());
    Scalar offset = state.scalar(access.at());
    if (!kind.inner()
        && map.data().isPresent()
        && map.data().get().readOnly()
        && offset.isConstant()) {
      return contents(state, access, map.data().get(), (int) offset.constantValue());
    }
    return Access.unknown(state, access.size());
  }

  /** Read-only data holds what the object says, but for variables that a loader may set. */
  private Value contents(State state, Access access, DataSection data, int offset) {
    List<DataSection.Variable> setByLoader = data.variables().stream()
        .filter(v -> v.volatileConstant()
            && v.offset() < offset + access.size()
            && offset < v.offset() + v.size())
        .toList();
    // A load may cover several: what is assumed of one says nothing of the next.
    for (DataSection.Variable variable : setByLoader) {
      Long fixed = setting.options().values().get(variable.name());
      if (fixed != null && offset == variable.offset() && access.size() == variable.size()) {
        reporter.assume(variable.name() + " is " + fixed + " (given)");
        return state.numbers().freshNumber(Scalar.constant(fixed).zeroExtend(8 * access.size()));
      }
      if (fixed != null || !setting.initialValues()) {
        return Access.unknown(state, access.size());
      }
      reporter.assume("the read-only variable " + variable.name() + " has its initial value");
    }
    long value = 0;
    for (int i = 0; i < access.size(); i++) {
      long octet = data.contents().at(offset + i) & 0xffL;
      value |= octet
          << (8
              * (setting.object().byteOrder() == ByteOrder.LITTLE_ENDIAN
                  ? i
                  : access.size() - 1 - i));
    }
    return Value.constant(value);
  }

  boolean check(State state, Access access, Kind.MapValue kind) {
    Optional<MapDefinition> shape = setting.shape(kind);
    String name = setting.mapName(kind.map());
    if (shape.isEmpty()) {
      reporter.report(
          access.slot(),
          state,
          Check.MAP_VALUE_BOUNDS,
          "the size of values of maps in " + name + " is not known",
          "the object has an inner map for " + name,
          access.registers());
      return false;
    }
    MapDefinition map = shape.get();
    if (access.write() ? !setting.valueWritable(map) : !setting.valueReadable(map)) {
      reporter.report(
          access.slot(),
          state,
          Check.WRITABLE,
          "values of " + name + " may not be " + (access.write() ? "written" : "read")
              + " by programs",
          "the map permits it",
          access.registers());
      return false;
    }
    long size = map.valueSize() & 0xffffffffL;
    if (!Bounds.within(state, access.at(), access.size(), 0, size)) {
      reporter.report(
          access.slot(),
          state,
          Check.MAP_VALUE_BOUNDS,
          access.what()
              + " at offset"
              + Describe.range(state.scalar(access.at()), " ")
              + " may lie outside the value of "
              + name
              + " ("
              + size
              + " bytes)",
          "the offset is at least 0 and at most " + (size - access.size()),
          access.registers());
      return false;
    }
    return checkSpecialFields(state, access, map);
  }

  private boolean checkSpecialFields(State state, Access access, MapDefinition map) {
    Scalar offset = state.scalar(access.at());
    for (MapDefinition.SpecialField field : map.specialFields()) {
      if (offset.signedMin() < (long) field.offset() + field.size()
          && field.offset() < offset.signedMax() + access.size()) {
        reporter.report(
            access.slot(),
            state,
            Check.SPECIAL_FIELD,
            access.what() + " touches the field " + field.typeName() + " at offset "
                + field.offset() + " of values of " + map.name(),
            "only the helpers for " + field.typeName() + " touch it",
            access.registers());
        return false;
      }
    }
    return true;
  }
}
