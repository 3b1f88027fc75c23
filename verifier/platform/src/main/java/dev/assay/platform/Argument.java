package dev.assay.platform;

/** What a function demands of one argument. Register numbers count from 1, as {@code r1} to {@code r5} do. */
public sealed interface Argument {

  /** Any initialised value; under the strict policy a number. */
  record Anything() implements Argument {}

  /** A number, under either policy. */
  record Scalar() implements Argument {}

  /** The number 0, known at verification time. */
  record Zero() implements Argument {}

  /** A map that is known at verification time, of a type that {@link FunctionContract#accepts} permits. */
  record MapPointer() implements Argument {}

  /** Memory of {@code key_size} bytes of the map among the arguments before this one, which is read. */
  record MapKey() implements Argument {}

  /**
   * Memory of {@code value_size} bytes of the map among the arguments before this one.
   *
   * @param nullable whether null is legal too
   */
  record MapValue(MemoryAccess access, boolean nullable) implements Argument {}

  /**
   * Memory whose size in bytes another argument says.
   *
   * @param nullable whether null is legal where the size is 0
   * @param size the number of the register that holds the size, a {@link Size} or {@link AllocationSize}
   */
  record SizedMemory(MemoryAccess access, boolean nullable, int size) implements Argument {}

  /** Memory of so many bytes. */
  record FixedMemory(MemoryAccess access, int bytes) implements Argument {}

  /** The size of the {@link SizedMemory} among the arguments: not negative, and bounded by that memory. */
  record Size(boolean zeroAllowed) implements Argument {}

  /** A number that is known at verification time, and is the size of the memory that the function returns. */
  record AllocationSize() implements Argument {}

  /** The program's context, as it was given. */
  record Context(boolean nullable) implements Argument {}

  /**
   * A socket.
   *
   * @param full whether it has to be a full socket, {@link SocketClass#FULL}; else any class will do
   * @param kernelObjects whether a kernel object that starts with a {@code struct sock_common} is legal, too
   * @param nullable whether null is legal too
   */
  record Socket(boolean full, boolean kernelObjects, boolean nullable) implements Argument {}

  /**
   * A kernel object.
   *
   * @param type the C type, without {@code struct}; empty if any will do
   * @param nullable whether null is legal too
   */
  record KernelObject(String type, boolean nullable) implements Argument {}

  /** The address of a per-CPU kernel variable. */
  record PerCpuVariable() implements Argument {}

  /** A {@code struct bpf_spin_lock} in a map value or in an allocated object. */
  record SpinLock() implements Argument {}

  /**
   * A special field of a map value: a {@code struct bpf_timer}, a kernel pointer, …
   *
   * @param typeName as in {@code MapDefinition.SpecialField}
   */
  record SpecialField(String typeName) implements Argument {}

  /** What {@link Result.AllocatedMemory} gave, its start. */
  record AllocatedMemory() implements Argument {}

  /** A {@code struct bpf_dynptr} on the stack, 16 bytes, over memory of a class. */
  record Dynptr(ObjectUse use, DynptrClass memory) implements Argument {}

  /**
   * An iterator on the stack.
   *
   * @param type the C struct, for example {@code bpf_iter_num}
   * @param bytes its size
   */
  record Iterator(String type, int bytes, ObjectUse use) implements Argument {}

  /** A subprogram that the function calls back. */
  record Callback(CallbackContract contract) implements Argument {}

  /** What the callback is given as its context: a stack pointer, a map value, or null. */
  record CallbackContext() implements Argument {}

  /** A string that is known at verification time: in a read-only map, ended by 0. */
  record ConstantString() implements Argument {}

  /** What a function does with an object that lives in the program's stack. */
  enum ObjectUse {
    /** The bytes are uninitialised or free before, and hold a live object afterwards. */
    INITIALIZE,
    /** The object is live before and afterwards. */
    USE,
    /** The object is live before, and gone afterwards. */
    RELEASE
  }

  /** What a dynptr's memory is. */
  enum DynptrClass {
    /** Whatever it is. */
    ANY,
    /** Memory that the program holds anyway, so that the dynptr need not be released. */
    LOCAL,
    /** A record of a ring buffer, which has to be submitted or discarded, also if the call that made it failed. */
    RINGBUF,
    /** The bytes of an {@code __sk_buff}, fragments included. */
    SKB,
    /** The bytes of an {@code xdp_md}, fragments included. */
    XDP
  }
}
