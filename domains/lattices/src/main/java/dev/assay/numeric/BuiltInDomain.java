package dev.assay.numeric;

/** A domain whose elements are plain objects: a session has nothing to free. */
record BuiltInDomain(String name, Relations none)
    implements RelationalDomain, RelationalDomain.Session {
  @Override
  public Session open() {
    return this;
  }

  @Override
  public void close() {}

  @Override
  public String toString() {
    return name;
  }
}
