package dev.assay.isa;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A table that is read when it is first asked for, by whichever thread that is. If reading fails, each who asks is told why, unlike with a static field, where only the
 * first is.
 */
final class ReadOnce<T> {
  private final Supplier<T> reader;
  private volatile @Nullable T table;

  ReadOnce(Supplier<T> reader) {
    this.reader = reader;
  }

  T get() {
    T known = table;
    return known != null ? known : first();
  }

  private synchronized T first() {
    T known = table;
    if (known == null) {
      known = reader.get();
      table = known;
    }
    return known;
  }
}
