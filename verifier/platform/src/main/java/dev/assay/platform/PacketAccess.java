package dev.assay.platform;

/** What programs of a kind may do with packet bytes directly, through pointers from the context. */
public enum PacketAccess {
  NONE,
  READ,
  READ_WRITE
}
