package dev.assay.referee.kernel;

import dev.assay.referee.generator.ProgramGenerator;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;

/** Draft. */
final class SecondOpinionRun {
  public static void main(String[] args) throws Exception {
    long first = Long.parseLong(args[0]);
    long count = Long.parseLong(args[1]);
    Path dir = Path.of(args[2]);
    Files.createDirectories(dir);
    TreeMap<String, Integer> table = new TreeMap<>();
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    try (KernelVerifier kernel = KernelVerifier.of(ProgramGenerator.MAPS)) {
      for (long seed = first; seed < first + count; seed++) {
        var g = ProgramGenerator.generate(seed);
        Opinion o = Opinion.of(g.withCode(Reachable.of(g.code())), kernel);
        String key;
        String dump = "";
        if (o.onlyLinuxRejects()) {
          key = "L " + o.linux().reason();
          dump = "x";
        } else if (o.onlyAssayRejects()) {
          key = "A " + o.finding();
          dump = "x";
        } else {
          key = o.linux().accepted() ? "both accept" : "both reject";
        }
        int n = table.merge(key, 1, Integer::sum);
        if (!dump.isEmpty() && n <= (key.startsWith("L") ? 12 : 6)) {
          Opinion m = o.minimised(kernel);
          String name = key.replaceAll("[^A-Za-z0-9#]+", "-");
          name = name.substring(0, Math.min(60, name.length())) + "." + seed;
          StringBuilder text = new StringBuilder(key + "\nseed " + seed + " kind " + m.subject().kind().name() + "\n" + m.subject().code() + "\n");
          m.assay().findings().forEach(f -> text.append(f.slot() + " " + f.check() + " " + f.message() + " " + f.known() + "\n"));
          text.append("---- log\n" + kernel.explain(m.subject()));
          Files.writeString(dir.resolve(name), text.toString());
        }
        if ((seed - first + 1) % 500 == 0) {
          StringBuilder text = new StringBuilder("after " + (seed - first + 1) + "\n");
          table.entrySet().stream().sorted((a, b) -> b.getValue() - a.getValue()).forEach(e -> text.append(e.getValue() + "\t" + e.getKey() + "\n"));
          Files.writeString(dir.resolve("TABLE"), text.toString());
        }
      }
    }
    table.forEach((k, v) -> out.println(v + "\t" + k));
  }
}
