package dev.assay.apron;

import com.sun.jna.Pointer;
import dev.assay.numeric.DomainUnavailableException;
import java.lang.ref.Cleaner;
import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.HashSet;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * The working space of one domain of Apron, an {@code ap_manager_t}, and owner of all elements that were made in it. It and they are for the thread that made
 * it.
 *
 * <p>Elements that nobody refers to any more are freed at the next call, by the owner's thread: freeing them elsewhere would race with calls.
 * {@link #close} frees the others; if it is forgotten, a {@link Cleaner} does when neither the space nor an element can be reached.
 */
public final class Workspace implements AutoCloseable {
  private static final Cleaner CLEANER = Cleaner.create();

  /** So many elements are worth a collection of garbage: behind what looks small to the collector is much that it does not see. */
  private static final int MANY = 20_000;

  private final ApronLibrary library;
  private final Thread owner = Thread.currentThread();
  private final ReferenceQueue<Element> unreachable = new ReferenceQueue<>();
  private final Owned owned;
  private final Cleaner.Cleanable cleanable;
  private int collectAt = MANY;

  /** What has to be freed. It must not know the space, or that would never become unreachable. */
  private static final class Owned implements Runnable {
    private final long space;
    private final Set<Handle> elements = new HashSet<>();
    private boolean closed;

    Owned(long space) {
      this.space = space;
    }

    @Override
    public void run() {
      closed = true;
      elements.forEach(handle -> NativeFunctions.ap_abstract0_free(space, handle.pointer));
      elements.clear();
      NativeFunctions.ap_manager_free(space);
    }
  }

  /** Outlives its element, to say what is to be freed. */
  private static final class Handle extends PhantomReference<Element> {
    private final long pointer;

    Handle(Element element, long pointer, ReferenceQueue<Element> queue) {
      super(element, queue);
      this.pointer = pointer;
    }
  }

  private Workspace(ApronLibrary library, long space) {
    this.library = library;
    this.owned = new Owned(space);
    this.cleanable = CLEANER.register(this, owned);
  }

  /**
   * A new working space.
   *
   * @throws DomainUnavailableException if the library is not there, or its structures are not as expected
   */
  public static Workspace open(ApronLibrary library) throws DomainUnavailableException {
    library.load();
    long space;
    try {
      space = library.allocate();
    } finally {
      Rounding.toNearest();
    }
    Workspace workspace = new Workspace(library, space);
    for (int kind = 0; kind < Layout.FAILURES.length; kind++) {
      // Otherwise a failure ends the whole process.
      NativeFunctions.ap_manager_set_abort_if_exception(space, kind, (byte) 0);
    }
    workspace.requireKnownLayout();
    return workspace;
  }

  /** Fails on purpose, to see whether failures are where they are looked for. */
  private void requireKnownLayout() throws DomainUnavailableException {
    String said = "";
    try {
      run(
          "probe",
          () -> NativeFunctions.ap_manager_raise_exception(
              owned.space, Layout.OVERFLOW, 0, "layout"));
    } catch (ApronException expected) {
      said = String.valueOf(expected.getMessage());
    }
    if (!said.equals("probe: overflow: layout")) {
      close();
      throw new DomainUnavailableException(
          "this version of libapron has other structures than 0.9.10 to 0.9.15");
    }
  }

  /** The domain. */
  public ApronLibrary library() {
    return library;
  }

  /** How many elements are not yet freed. */
  int living() {
    return owned.elements.size();
  }

  /** The element of so many integers of which nothing is known. */
  public Element top(int dimensions) {
    return element(
        "ap_abstract0_top",
        dimensions,
        () -> NativeFunctions.ap_abstract0_top(owned.space, dimensions, 0));
  }

  /** The element of so many integers that nothing satisfies. */
  public Element bottom(int dimensions) {
    return element(
        "ap_abstract0_bottom",
        dimensions,
        () -> NativeFunctions.ap_abstract0_bottom(owned.space, dimensions, 0));
  }

  /** The address of the {@code ap_manager_t}. */
  long address() {
    return owned.space;
  }

  /** Makes an element of so many dimensions by a call of that name. */
  Element element(String call, int dimensions, LongSupplier maker) {
    begin();
    long pointer = 0;
    try {
      pointer = maker.getAsLong();
    } finally {
      end();
    }
    Element made = new Element(this, pointer, dimensions);
    owned.elements.add(new Handle(made, pointer, unreachable));
    requireSuccess(call);
    return made;
  }

  /** Asks a question by a call of that name. */
  long ask(String call, LongSupplier question) {
    begin();
    long answer;
    try {
      answer = question.getAsLong();
    } finally {
      end();
    }
    requireSuccess(call);
    return answer;
  }

  private void run(String call, Runnable action) {
    ask(call, () -> {
      action.run();
      return 0;
    });
  }

  private void begin() {
    if (owned.closed) {
      throw new IllegalStateException("the working space is closed");
    }
    if (Thread.currentThread() != owner) {
      throw new IllegalStateException("the working space belongs to " + owner.getName());
    }
    freeUnreachable();
    if (owned.elements.size() >= collectAt) {
      System.gc();
      freeUnreachable();
      collectAt = Math.max(MANY, 2 * owned.elements.size());
    }
    if (library.isRounded()) {
      Rounding.upward();
    }
  }

  private void freeUnreachable() {
    for (Reference<?> dead = unreachable.poll(); dead != null; dead = unreachable.poll()) {
      Handle handle = (Handle) dead;
      owned.elements.remove(handle);
      NativeFunctions.ap_abstract0_free(owned.space, handle.pointer);
    }
  }

  private void end() {
    if (library.isRounded()) {
      Rounding.toNearest();
    }
    Reference.reachabilityFence(this);
  }

  private void requireSuccess(String call) {
    Pointer space = new Pointer(owned.space);
    int kind = space.getInt(Layout.FAILURE);
    if (kind == 0) {
      return;
    }
    Pointer log = space.getPointer(Layout.FAILURE_LOG);
    Pointer text = log == null ? null : log.getPointer(Layout.FAILURE_TEXT);
    String detail = text == null ? "" : text.getString(0);
    NativeFunctions.ap_manager_clear_exclog(owned.space);
    space.setInt(Layout.FAILURE, 0);
    throw new ApronException(
        call,
        kind > 0 && kind < Layout.FAILURES.length ? Layout.FAILURES[kind] : "failure " + kind,
        detail);
  }

  /** Frees all elements, and the space. Closing again does nothing. */
  @Override
  public void close() {
    if (Thread.currentThread() != owner) {
      throw new IllegalStateException("the working space belongs to " + owner.getName());
    }
    cleanable.clean();
  }
}
