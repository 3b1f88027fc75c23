package dev.assay.verifier.state;

/** The join of kinds. */
final class KindMerge {
  private KindMerge() {}

  /**
   * The kind that describes both values. Equal kinds stay; a pointer and the number 0 make a nullable pointer; anything and
   * nothing make nothing; all else becomes unusable.
   *
   * <p>A pointer with a reference never becomes nullable here: "it is null" would then no longer mean "the reference was not given".
   */
  static Kind merge(Value a, Value b) {
    Kind x = a.kind();
    Kind y = b.kind();
    if (x == y || x.equals(y)) {
      return x;
    }
    if (x == Kind.Basic.UNINITIALISED || y == Kind.Basic.UNINITIALISED) {
      return Kind.Basic.UNINITIALISED;
    }
    if (isNull(a)) {
      return orNull(b);
    }
    if (isNull(b)) {
      return orNull(a);
    }
    if (x.reference() == 0 && x.nonNull().equals(y.nonNull())) {
      return x.nullable() ? x : y;
    }
    return Kind.Basic.UNUSABLE;
  }

  static boolean isNull(Value value) {
    return value.isNumber() && value.isLiteral() && value.shift() == 0;
  }

  private static Kind orNull(Value pointer) {
    if (pointer.kind().reference() != 0 || !pointer.isLiteral() || pointer.shift() != 0) {
      return Kind.Basic.UNUSABLE;
    }
    return nullable(pointer.kind());
  }

  static Kind nullable(Kind kind) {
    return switch (kind) {
      case Kind.MapValue v -> new Kind.MapValue(v.map(), v.inner(), true, v.lookup());
      case Kind.InnerMap m -> new Kind.InnerMap(m.outer(), true);
      case Kind.Memory m ->
        new Kind.Memory(m.type(), m.size(), m.writable(), m.atomics(), true, m.reference());
      case Kind.KernelObject k ->
        new Kind.KernelObject(k.type(), k.btfType(), k.trust(), true, k.reference(), k.view());
      case Kind.Socket s -> new Kind.Socket(s.socketClass(), true, s.reference(), s.view());
      case Kind.Basic basic -> Kind.Basic.UNUSABLE;
      case Kind.FramePointer pointer -> Kind.Basic.UNUSABLE;
      case Kind.MapReference map -> Kind.Basic.UNUSABLE;
      case Kind.PerCpuVariable variable -> Kind.Basic.UNUSABLE;
      case Kind.CodeReference code -> Kind.Basic.UNUSABLE;
    };
  }
}
