package dev.assay.btf;

/**
 * What a CO-RE relocation asks for, by its number from 0 (Linux, {@code enum bpf_core_relo_kind}).
 */
public enum CoreKind {
  FIELD_BYTE_OFFSET,
  FIELD_BYTE_SIZE,
  FIELD_EXISTS,
  FIELD_SIGNED,
  FIELD_LEFT_SHIFT,
  FIELD_RIGHT_SHIFT,
  TYPE_ID_LOCAL,
  TYPE_ID_TARGET,
  TYPE_EXISTS,
  TYPE_SIZE,
  ENUMERATOR_EXISTS,
  ENUMERATOR_VALUE,
  TYPE_MATCHES;

  private static final CoreKind[] ALL = values();

  static boolean known(int number) {
    return number >= 0 && number < ALL.length;
  }

  static CoreKind of(int number) {
    return ALL[number];
  }
}
