package dev.assay.verifier.semantics;

import dev.assay.platform.PacketAccess;
import dev.assay.verifier.check.Bounds;
import dev.assay.verifier.check.Check;
import dev.assay.verifier.check.Reporter;
import dev.assay.verifier.state.Kind;
import dev.assay.verifier.state.State;

/** Accesses to the packet and to other memory of known size, of whose contents nothing is known. */
final class RegionAccess {
  private final Setting setting;
  private final Reporter reporter;

  RegionAccess(Setting setting, Reporter reporter) {
    this.setting = setting;
    this.reporter = reporter;
  }

  void checkPacket(State state, Access access) {
    PacketAccess allowed = setting.kind().packet();
    if (allowed == PacketAccess.NONE || (access.write() && allowed == PacketAccess.READ)) {
      reporter.report(
          access.slot(),
          state,
          Check.WRITABLE,
          "programs of type " + setting.kind().name() + " may not "
              + (access.write() ? "write" : "read") + " the packet directly",
          access.write()
              ? "the packet is written through a helper"
              : "the packet is read through a helper",
          access.registers());
    } else if (!Bounds.startsInPacket(state, access.at())) {
      reporter.report(
          access.slot(),
          state,
          Check.PACKET_BOUNDS,
          access.what() + " may start before the packet",
          "the offset from data is not negative",
          access.registers());
    } else if (!Bounds.endsInPacket(state, access.at(), access.size())) {
      reporter.report(
          access.slot(),
          state,
          Check.PACKET_BOUNDS,
          access.what() + " at packet offset" + Describe.range(state.scalar(access.at()), " ")
              + " may go beyond data_end",
          "the end of the access is compared with data_end before, on every path",
          access.registers());
    }
  }

  void checkMemory(State state, Access access, Kind.Memory memory) {
    if (access.write() && !memory.writable()) {
      reporter.report(
          access.slot(),
          state,
          Check.WRITABLE,
          memory.type() + " may not be written",
          "the memory is writable",
          access.registers());
    } else if (!Bounds.within(state, access.at(), access.size(), 0, memory.size())) {
      reporter.report(
          access.slot(),
          state,
          Check.MEMORY_BOUNDS,
          access.what()
              + " at offset"
              + Describe.range(state.scalar(access.at()), " ")
              + " may lie outside the "
              + memory.size()
              + " bytes of "
              + memory.type(),
          "the offset is at least 0 and at most " + (memory.size() - access.size()),
          access.registers());
    }
  }
}
