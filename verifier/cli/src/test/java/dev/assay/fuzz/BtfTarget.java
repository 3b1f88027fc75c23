package dev.assay.fuzz;

import dev.assay.btf.BtfExtension;
import dev.assay.btf.BtfType;
import dev.assay.btf.BtfTypes;
import dev.assay.btf.CoreRelocation;
import dev.assay.btf.CoreResolver;
import dev.assay.btf.KernelTypes;
import dev.assay.btf.MalformedBtfException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The readers of .BTF and .BTF.ext, and CO-RE: types are refused with a reason, or everything can be asked of them; so
 * can the target's.
 */
public final class BtfTarget {
  /** Of so many types questions are asked that take time in proportion to all types. */
  private static final int SLOW_QUESTIONS = 64;

  private BtfTarget() {}

  /** What a fuzzer calls first. */
  public static void fuzzerInitialize() {
    Target.BTF.warmUp();
  }

  /** Reads a {@link BtfInput}. */
  public static void fuzzerTestOneInput(byte[] bytes) {
    BtfInput input = BtfInput.of(bytes);
    Optional<BtfTypes> types = read(input.types());
    Optional<BtfTypes> target = read(input.target());
    if (types.isPresent()) {
      ask(types.get());
      extend(types.get(), target, input.extension());
    }
    target.ifPresent(BtfTarget::askOfKernel);
  }

  private static Optional<BtfTypes> read(byte[] bytes) {
    if (bytes.length == 0) {
      return Optional.empty();
    }
    try {
      return Optional.of(BtfTypes.read(bytes));
    } catch (MalformedBtfException e) {
      Expect.reason(e.getMessage());
      return Optional.empty();
    }
  }

  private static void ask(BtfTypes types) {
    for (int id = 0; id < types.count(); id++) {
      BtfType type = types.type(id);
      types.describe(id);
      types.size(id);
      types.resolved(id);
      types.tagged(id, "kptr");
      String name = types.name(id);
      if (id < SLOW_QUESTIONS) {
        types.inSection(name);
        types.member(id, name);
        Expect.that(
            name.isEmpty() || id == 0 || types.named(name).contains(id),
            "type " + id + " is not found by its name");
      }
      if (type instanceof BtfType.Composite composite) {
        composite.members().stream()
            .limit(SLOW_QUESTIONS)
            .forEach(member -> types.size(member.type()));
      }
    }
  }

  private static void askOfKernel(BtfTypes types) {
    KernelTypes kernel = KernelTypes.of(types);
    for (int id = 1; id < Math.min(types.count(), SLOW_QUESTIONS); id++) {
      String name = types.name(id);
      kernel.composite(name);
      kernel.variable(name);
      kernel.isPerCpu(name);
      for (long offset : new long[] {0, 4, 8, types.size(id).orElse(0) - 8L, Integer.MAX_VALUE}) {
        kernel.at(id, offset, 8, true);
        kernel.at(id, offset, 1, false);
        kernel.contains(id, offset, id);
      }
    }
  }

  private static void extend(BtfTypes types, Optional<BtfTypes> target, byte[] bytes) {
    BtfExtension extension;
    try {
      extension = BtfExtension.read(ByteBuffer.wrap(bytes), types);
    } catch (MalformedBtfException e) {
      Expect.reason(e.getMessage());
      return;
    }
    CoreResolver own = new CoreResolver(types, Optional.empty(), ByteOrder.LITTLE_ENDIAN);
    CoreResolver other = new CoreResolver(types, target, ByteOrder.BIG_ENDIAN);
    for (String section : sections(bytes, types)) {
      extension.functions(section).forEach(function -> types.describe(function.function()));
      extension.lines(section).forEach(line -> {
        types.string(line.file());
        types.string(line.text());
      });
      for (CoreRelocation relocation : extension.relocations(section)) {
        answer(own, relocation);
        answer(other, relocation);
      }
    }
  }

  private static void answer(CoreResolver resolver, CoreRelocation relocation) {
    try {
      resolver.answer(relocation);
    } catch (MalformedBtfException e) {
      Expect.reason(e.getMessage());
    }
  }

  /** Every name that a section in the extension may have: any word of it may be where one starts. */
  private static Set<String> sections(byte[] extension, BtfTypes types) {
    Set<String> names = new HashSet<>();
    ByteBuffer words = ByteBuffer.wrap(extension);
    for (int at = 0; at + 4 <= extension.length; at += 4) {
      names.add(types.string(words.order(ByteOrder.LITTLE_ENDIAN).getInt(at)));
      names.add(types.string(words.order(ByteOrder.BIG_ENDIAN).getInt(at)));
    }
    return names;
  }
}
