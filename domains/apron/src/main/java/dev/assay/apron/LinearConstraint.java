package dev.assay.apron;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.util.List;

/** An equation or a weak inequality. */
public record LinearConstraint(LinearExpression expression, Kind kind) {
  /** What an expression is compared with zero by; in the order of {@code ap_constyp_t}. */
  public enum Kind {
    /** It is 0. */
    ZERO,
    /** It is at least 0. */
    NOT_NEGATIVE
  }

  /** An {@code ap_lincons0_array_t} outside of the heap. */
  static final class Array implements AutoCloseable {
    private final Memory memory;
    private final int size;

    Array(List<LinearConstraint> constraints) {
      this.size = constraints.size();
      this.memory = new Memory(Layout.CONSTRAINT_ARRAY + (long) size * Layout.CONSTRAINT);
      memory.clear();
      memory.setPointer(0, memory.share(Layout.CONSTRAINT_ARRAY));
      memory.setLong(8, size);
      for (int i = 0; i < size; i++) {
        LinearConstraint constraint = constraints.get(i);
        long at = at(i);
        memory.setLong(at, constraint.expression().allocate());
        memory.setInt(at + 8, constraint.kind().ordinal());
      }
    }

    private static long at(int i) {
      return Layout.CONSTRAINT_ARRAY + (long) i * Layout.CONSTRAINT;
    }

    long address() {
      return Pointer.nativeValue(memory);
    }

    /** Where the first constraint is. */
    long first() {
      return address() + Layout.CONSTRAINT_ARRAY;
    }

    @Override
    public void close() {
      for (int i = 0; i < size; i++) {
        NativeFunctions.ap_linexpr0_free(memory.getLong(at(i)));
      }
      memory.close();
    }
  }
}
