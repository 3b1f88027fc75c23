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

  /** An argument of the attach target, whose type the target's BTF says; its number is the offset divided by 8. */
  record BtfArgument() implements FieldKind {}
}
