package dev.assay.platform;

import java.util.List;
import java.util.Optional;

/**
 * What a program may assume of its host. Immutable and safe for use by several threads.
 *
 * <p>Names are those of the host's own sources; lookups of things that the host does not have give an empty result, never an
 * exception.
 */
public interface Platform {

  /** The host and its release, for people: {@code Linux 6.18}. */
  String name();

  /** What holds whatever the program is. */
  Limits limits();

  /** Every program kind, in the order of the platform's numbers. None of them is sleepable unless it always is. */
  List<ProgramKind> programKinds();

  /**
   * The kind that an ELF section's name stands for, if a loader would know it.
   *
   * @param section the section's whole name, for example {@code xdp} or {@code lsm.s/file_open}
   */
  Optional<ProgramKind> programKindOfSection(String section);

  /**
   * What the programs of a section are attached to, if the section's name says so: {@code file_open} for {@code lsm.s/file_open}.
   * Empty also where the platform does not know the section.
   */
  Optional<String> attachTarget(String section);

  /** What the kernel does not say of its pointers in its BTF. */
  TargetFacts targetFacts();

  /**
   * A kind by its name, as users write it: {@code xdp}, {@code cgroup_sock_addr/connect4}, {@code BPF_PROG_TYPE_XDP}; letter case
   * does not matter. A name that several attach types share means the first of them.
   */
  Optional<ProgramKind> programKind(String name);

  /** The form in which programs of a kind see the helper that {@code call id} calls; empty if they may not call it. */
  Optional<FunctionContract> helper(int id, ProgramKind kind);

  /**
   * As {@link #helper(int, ProgramKind)}, the form that works on maps of a type: a queue's {@code map_peek_elem} writes its second argument,
   * a Bloom filter's reads it. Empty also if the helper does not work on such maps, or takes no map.
   */
  Optional<FunctionContract> helper(int id, ProgramKind kind, MapType map);

  /** The helper's most common form, whoever may call it; empty if the host has no such helper. */
  Optional<FunctionContract> helper(int id);

  /** As {@link #helper(int)}, by name, with or without the prefix {@code bpf_}. */
  Optional<FunctionContract> helper(String name);

  /** The contract of a kernel function that programs call by BTF id, for example {@code bpf_iter_num_new}. */
  Optional<FunctionContract> kernelFunction(String name);

  /** The contract of a C library function that a compiler may leave undefined, for example {@code memset}. */
  Optional<FunctionContract> libraryFunction(String name);

  /** Every form of every helper, by id. */
  List<FunctionContract> helpers();

  /** Every map type, by number. */
  List<MapType> mapTypes();

  /** A map type by its number. */
  Optional<MapType> mapType(int number);

  /** A map type by its name, for example {@code percpu_hash}. */
  Optional<MapType> mapType(String name);

  /** The bytes that programs may access through a pointer to a socket. */
  Layout socketLayout(SocketClass socket);

  /** The bytes that programs may access through {@link FieldKind.FlowKeys}. */
  Layout flowKeysLayout();
}
