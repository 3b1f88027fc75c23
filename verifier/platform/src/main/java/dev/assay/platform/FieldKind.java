package dev.assay.platform;

/** What a load of a context's field gives. */
public sealed interface FieldKind {
  /** A number, of which only its width is known. */
  record Scalar() implements FieldKind {}

  /** The start of the packet, or of what stands for one: a message, a socket option's value. */
  record PacketData() implements FieldKind {}

  /** The end of the packet, exclusive. */
  record PacketEnd() implements FieldKind {}

  /** The start of the metadata before the packet, which ends where the packet starts. */
  record PacketMeta() implements FieldKind {}

  /** A socket. */
  record Socket(SocketClass socket, boolean nullable) implements FieldKind {}

  /** A pointer to the {@code struct bpf_flow_keys} that a flow dissector fills. */
  record FlowKeys() implements FieldKind {}

  /** A kernel object of the C type {@code type}, trusted. */
  record KernelObject(String type, boolean nullable) implements FieldKind {}

  /** A buffer that a writable tracepoint lends: the tracepoint says how much of it may be written. */
  record Buffer() implements FieldKind {}

  /**
   * An argument of the attach target; its number is the field's offset divided by 8. Its type stands in the target's BTF; where that
   * says a pointer, only 8-byte loads are legal.
   */
  record BtfArgument() implements FieldKind {}
}
