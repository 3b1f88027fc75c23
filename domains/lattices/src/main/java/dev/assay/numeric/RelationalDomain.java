package dev.assay.numeric;

/**
 * A domain of {@link Relations} that can be asked for by its name. It may keep its elements outside of the Java heap, so that they belong to a
 * session and end with it.
 */
public interface RelationalDomain {
  /** Differences between numbers, the default. */
  RelationalDomain ZONE = new BuiltInDomain("zone", Relations.zones());

  /** The ranges of single numbers alone. */
  RelationalDomain INTERVAL = new BuiltInDomain("interval", Relations.intervalsOnly());

  /** The name, in lower case, as users say it. */
  String name();

  /** Begins a session; its elements are for the calling thread only. */
  Session open();

  /** Elements that are freed together. */
  interface Session extends AutoCloseable {
    /** The element that knows nothing. All others of the session come from it. */
    Relations none();

    /** Ends the session; no element of it may be used any more. */
    @Override
    void close();
  }
}
