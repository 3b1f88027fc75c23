package dev.assay.interpreter.context;

import dev.assay.interpreter.memory.AddressSpace;
import dev.assay.interpreter.memory.Region;
import dev.assay.interpreter.memory.Region.Role;
import dev.assay.platform.Field;
import dev.assay.platform.FieldKind;
import dev.assay.platform.Layout;
import dev.assay.platform.Platform;
import dev.assay.platform.ProgramKind;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The context of a run: bytes, of which some fields are read as pointers.
 *
 * <p>In Linux a load of a packet pointer's 32-bit field gives the whole address, for the verifier rewrites the
 * load. So it is here: the field itself holds 0, and what is stored there stays unseen. The packet's length is
 * likewise read off the packet.
 */
public final class Context {
  /** How much of a kernel object that the context points to can be read: zeros. */
  private static final int OBJECT_SIZE = 4096;

  private static final int ETHERTYPE_OFFSET = 12;
  private static final int ETHERTYPE_IPV4 = 0x0800;
  private static final int ETHERTYPE_IPV6 = 0x86dd;

  /** Fields that hold the packet's length. */
  private static final Set<String> LENGTHS = Set.of("len", "size", "wire_len");

  private final Region region;

  private Context(Region region) {
    this.region = region;
  }

  /** A context of plain bytes, as user-space machines have it. */
  public static Context of(AddressSpace memory, byte[] bytes) {
    return new Context(memory.allocate(Role.CONTEXT, "context", bytes.clone(), true));
  }

  /**
   * The context of a kind of program.
   *
   * @param bytes its first bytes, or empty for what the packet tells
   */
  public static Context of(
      AddressSpace memory,
      Platform platform,
      ProgramKind kind,
      Optional<byte[]> bytes,
      Packet packet) {
    Layout layout = kind.context();
    int given = bytes.map(array -> array.length).orElse(0);
    byte[] contents = Arrays.copyOf(bytes.orElse(new byte[0]), Math.max(given, layout.size()));
    Pointers pointers = new Pointers(memory, platform, packet, layout, bytes.isEmpty());
    Region region = memory.allocateInterpreted(
        Role.CONTEXT, "context " + layout.name(), contents, pointers::load);
    if (bytes.isEmpty()) {
      describe(memory, region, kind, packet);
    }
    return new Context(region);
  }

  /** The address of its first byte. */
  public long address() {
    return region.base();
  }

  /** How many bytes it has. */
  public int size() {
    return region.size();
  }

  /** A copy of its bytes; pointers read as they are stored. */
  public byte[] bytes() {
    return region.bytes().clone();
  }

  /** Stores what a packet says of itself in the fields that Linux fills so. */
  private static void describe(
      AddressSpace memory, Region region, ProgramKind kind, Packet packet) {
    for (Field field : kind.context().fields()) {
      OptionalLong value =
          switch (field.name()) {
            case "protocol" -> OptionalLong.of(protocol(memory, kind, packet));
            case "ifindex", "ingress_ifindex" -> OptionalLong.of(1);
            default -> OptionalLong.empty();
          };
      if (value.isPresent() && field.kind() instanceof FieldKind.Scalar) {
        memory.store(region.base() + field.offset(), field.size(), value.getAsLong());
      }
    }
  }

  /** The packet's Ethernet type in network byte order; kinds that see no Ethernet header go by the IP version. */
  private static long protocol(AddressSpace memory, ProgramKind kind, Packet packet) {
    boolean network = kind.name().startsWith("cgroup_skb") || kind.name().startsWith("lwt_");
    byte[] data = packet.data();
    int type;
    if (network) {
      type = data.length > 0 && (data[0] & 0xf0) == 0x60 ? ETHERTYPE_IPV6 : ETHERTYPE_IPV4;
    } else if (data.length >= ETHERTYPE_OFFSET + 2) {
      type = (data[ETHERTYPE_OFFSET] & 0xff) << 8 | (data[ETHERTYPE_OFFSET + 1] & 0xff);
    } else {
      type = 0;
    }
    return memory.order() == ByteOrder.BIG_ENDIAN
        ? type
        : Short.reverseBytes((short) type) & 0xffff;
  }

  /** The fields that are not read as they are stored. */
  private static final class Pointers {
    private final AddressSpace memory;
    private final Platform platform;
    private final Packet packet;
    private final Layout layout;
    private final boolean describesPacket;
    private final Map<Integer, Region> objects = new HashMap<>();

    /** A reader; {@code describesPacket} if lengths are those of the packet, else they are as stored. */
    Pointers(
        AddressSpace memory,
        Platform platform,
        Packet packet,
        Layout layout,
        boolean describesPacket) {
      this.memory = memory;
      this.platform = platform;
      this.packet = packet;
      this.layout = layout;
      this.describesPacket = describesPacket;
    }

    long load(int offset, int width, long stored) {
      Optional<Field> field = layout.access(offset, width, false);
      boolean whole =
          field.filter(any -> any.offset() == offset && any.size() == width).isPresent();
      return whole ? load(field.get(), stored) : stored;
    }

    private long load(Field field, long stored) {
      return switch (field.kind()) {
        case FieldKind.PacketData() -> packet.dataAddress();
        case FieldKind.PacketEnd() -> packet.endAddress();
        case FieldKind.PacketMeta() -> packet.metaAddress();
        case FieldKind.Socket(var socket, boolean nullable) ->
          nullable || stored != 0
              ? stored
              : object(field, platform.socketLayout(socket).size());
        case FieldKind.FlowKeys() ->
          stored != 0 ? stored : object(field, platform.flowKeysLayout().size());
        case FieldKind.KernelObject(String _, boolean nullable) ->
          nullable || stored != 0 ? stored : object(field, OBJECT_SIZE);
        case FieldKind.Buffer() -> stored != 0 ? stored : object(field, OBJECT_SIZE);
        case FieldKind.Scalar() ->
          describesPacket && LENGTHS.contains(field.name()) ? packet.size() : stored;
        case FieldKind.BtfArgument() -> stored;
      };
    }

    private long object(Field field, int size) {
      return objects
          .computeIfAbsent(
              field.offset(),
              any -> memory.allocate(
                  Role.KERNEL_OBJECT, "object of " + field.name(), new byte[size], true))
          .base();
    }
  }
}
