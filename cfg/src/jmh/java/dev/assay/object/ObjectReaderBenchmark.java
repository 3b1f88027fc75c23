package dev.assay.object;

import dev.assay.graph.ControlFlowGraph;
import dev.assay.graph.MalformedGraphException;
import dev.assay.isa.Assembler;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** From the bytes of a file to its linked programs, and on to a graph, in microseconds. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ObjectReaderBenchmark {
  /** Several programs with functions to link; maps by BTF; relocations against types. */
  @Param({"links.o", "maps.o", "core.o"})
  public String file = "links.o";

  private byte[] bytes = {};
  private BpfProgram program = BpfProgram.of(".text", "none", Assembler.assemble("exit"));

  /** Reads the file. */
  @Setup
  public void readBytes() throws MalformedObjectException {
    bytes = TestObjects.bytes(file);
    program = ObjectReader.read(bytes, ReadOptions.DEFAULT).programs().getFirst();
  }

  /** Sections, symbols, types, relocations, maps and programs. */
  @Benchmark
  public BpfObject read() throws MalformedObjectException {
    return ObjectReader.read(bytes, ReadOptions.DEFAULT);
  }

  /** Blocks, edges and functions of the first program. */
  @Benchmark
  public ControlFlowGraph graph() throws MalformedGraphException {
    return ControlFlowGraph.of(program);
  }
}
