package dev.assay.referee.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.util.Locale;
import java.util.OptionalInt;

/** The system calls that loading takes, through the C library's {@code syscall} and {@code close}. */
@SuppressWarnings("restricted")
final class SystemCall {
  private static final String ERRNO = "errno";
  private static final Linker LINKER = Linker.nativeLinker();
  private static final StructLayout CAPTURED = Linker.Option.captureStateLayout();
  private static final VarHandle ERROR =
      CAPTURED.varHandle(MemoryLayout.PathElement.groupElement(ERRNO));

  /** {@code long syscall(long number, int command, union bpf_attr *attr, unsigned int size)}: the number is the only fixed argument. */
  private static final MethodHandle SYSCALL = LINKER.downcallHandle(
      LINKER.defaultLookup().findOrThrow("syscall"),
      FunctionDescriptor.of(
          ValueLayout.JAVA_LONG,
          ValueLayout.JAVA_LONG,
          ValueLayout.JAVA_INT,
          ValueLayout.ADDRESS,
          ValueLayout.JAVA_INT),
      Linker.Option.firstVariadicArg(1),
      Linker.Option.captureCallState(ERRNO));

  private static final MethodHandle CLOSE = LINKER.downcallHandle(
      LINKER.defaultLookup().findOrThrow("close"),
      FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));

  private SystemCall() {}

  /**
   * What a call gives.
   *
   * @param value a file descriptor, or 0; negative if the call failed
   * @param error the C library's error number if it did
   */
  record Result(int value, int error) {
    boolean failed() {
      return value < 0;
    }
  }

  /** The number of {@code bpf} on this machine; empty if it is none that is known. */
  static OptionalInt number() {
    if (!System.getProperty("os.name").equals("Linux")) {
      return OptionalInt.empty();
    }
    return switch (System.getProperty("os.arch").toLowerCase(Locale.ROOT)) {
      case "amd64" -> OptionalInt.of(321);
      case "aarch64" -> OptionalInt.of(280);
      default -> OptionalInt.empty();
    };
  }

  /** {@code bpf(command, attribute)}. */
  static Result bpf(int command, MemorySegment attribute) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment captured = arena.allocate(CAPTURED);
      long value = (long) SYSCALL.invokeExact(
          captured,
          (long) number().orElseThrow(),
          command,
          attribute,
          Math.toIntExact(attribute.byteSize()));
      return new Result((int) value, value < 0 ? (int) ERROR.get(captured, 0L) : 0);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  static void close(int descriptor) {
    try {
      int _ = (int) CLOSE.invokeExact(descriptor);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }
}
