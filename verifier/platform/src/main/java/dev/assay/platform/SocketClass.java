package dev.assay.platform;

/** The classes of sockets that programs hold without BTF. */
public enum SocketClass {
  /** What all sockets have in common, also time-wait and request sockets: {@code struct bpf_sock}'s first fields. */
  COMMON,
  /** A full socket: {@code struct bpf_sock}. */
  FULL,
  /** A TCP socket: {@code struct bpf_tcp_sock}. */
  TCP,
  /** An AF_XDP socket: {@code struct bpf_xdp_sock}. */
  XDP
}
