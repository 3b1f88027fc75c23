package dev.assay.cli;

import dev.assay.btf.BtfTypes;
import dev.assay.btf.KernelTypes;
import dev.assay.btf.MalformedBtfException;
import dev.assay.cli.config.ConfigurationException;
import dev.assay.cli.config.ConfigurationFinder;
import dev.assay.object.OpenMaps;
import dev.assay.object.ReadOptions;
import dev.assay.platform.Platform;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/** The options that say which programs are meant, and what objects do not say themselves. */
final class InputOptions {
  private static final int MAXIMUM_BTF_BYTES = 64 << 20;

  @Option(names = "--section", paramLabel = "NAME", description = "Only programs in this section.")
  private Optional<String> section = Optional.empty();

  @Option(
      names = "--function",
      paramLabel = "NAME",
      description = "Only the program with this entry function.")
  private Optional<String> function = Optional.empty();

  @Option(
      names = "--type",
      paramLabel = "TYPE",
      description =
          "What the programs are loaded as, for example xdp or cgroup_sock_addr/connect4, whatever"
              + " section names and assay.toml say.")
  private Optional<String> type = Optional.empty();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "The configuration, instead of the nearest assay.toml beside each object or above it.")
  private Optional<Path> config = Optional.empty();

  @Option(
      names = "--btf",
      paramLabel = "FILE",
      description =
          "The types of the target kernel, such as /sys/kernel/btf/vmlinux: for CO-RE relocations"
              + " (default: the object's own), for arguments of fentry, tp_btf, lsm and iter"
              + " programs, and for what programs load from the kernel's objects.")
  private Optional<Path> btf = Optional.empty();

  private Optional<KernelTypes> target = Optional.empty();

  @Option(
      names = "--map-fd",
      paramLabel = "FD=NAME",
      description =
          "The loader has opened this map at this file descriptor, for code that names maps by"
              + " descriptors.")
  private Map<Integer, String> openMaps = new LinkedHashMap<>();

  /** Which programs are meant. */
  ProgramSelection selection() {
    return new ProgramSelection(section, function);
  }

  /** The configuration that the user named. */
  Optional<Path> configuration() {
    return config;
  }

  /** The objects of these paths, not read yet. */
  List<ObjectFile> objects(List<String> names) throws UsageException {
    ReadOptions options = readOptions();
    return names.stream().map(name -> new ObjectFile(name, options)).toList();
  }

  /** What tells the kind of each program of these objects. */
  ProgramTypes types(
      Platform platform, List<ObjectFile> objects, Supplier<Set<String>> configurableOptions)
      throws UsageException, ConfigurationException {
    return ProgramTypes.of(
        platform, type, new ConfigurationFinder(config, configurableOptions), objects);
  }

  /**
   * The types of the target kernel, if the user gave them; read once.
   *
   * @throws UsageException if they cannot be read
   */
  Optional<KernelTypes> target() throws UsageException {
    if (target.isEmpty() && btf.isPresent()) {
      target = Optional.of(KernelTypes.of(read(btf.get())));
    }
    return target;
  }

  private ReadOptions readOptions() throws UsageException {
    ReadOptions options = ReadOptions.DEFAULT.withOpenMaps(new OpenMaps(openMaps));
    return target().map(kernel -> options.against(kernel.types())).orElse(options);
  }

  private static BtfTypes read(Path file) throws UsageException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAXIMUM_BTF_BYTES + 1);
      if (bytes.length > MAXIMUM_BTF_BYTES) {
        throw UsageException.of(
            "--btf", "%s is larger than 64 MiB, which no kernel's BTF is".formatted(file));
      }
      return BtfTypes.read(bytes);
    } catch (IOException e) {
      throw UsageException.of(
          "--btf",
          "%s cannot be read; name a BTF file such as /sys/kernel/btf/vmlinux".formatted(file));
    } catch (MalformedBtfException e) {
      throw UsageException.of("--btf", "%s is not BTF: %s".formatted(file, e.getMessage()));
    }
  }
}
