package dev.assay.referee.campaign;

import dev.assay.interpreter.memory.Placement;
import dev.assay.isa.Assembler;
import dev.assay.isa.AssemblyException;
import dev.assay.isa.Disassembler;
import dev.assay.numeric.DomainUnavailableException;
import dev.assay.numeric.RelationalDomain;
import dev.assay.numeric.RelationalDomains;
import dev.assay.object.MapDefinition;
import dev.assay.platform.LinuxPlatform;
import dev.assay.platform.ProgramKind;
import dev.assay.referee.Input;
import dev.assay.referee.Referee;
import dev.assay.referee.Subject;
import dev.assay.referee.Violation;
import dev.assay.referee.generator.ProgramGenerator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A violation as text, to be kept as a test: assembly, with all that a run needs in comments before it.
 *
 * <pre>
 * ; found FAULT: write of 8 bytes at …
 * ; kind xdp
 * ; maps generated                           the maps of all generated programs; or
 * ; map array 2 4 48 1                       one of its own: name, type, bytes of a key and of a value, entries
 * ; domain octagon                           unless it is proved with zones
 * ; input seed=7 size=20 placement=SPREAD
 * 0: r0 = 0
 * …
 * </pre>
 *
 * @param subject the program
 * @param input what it was run on
 */
public record Exhibit(Subject subject, Input input) {
  private static final String FOUND = "; found ";
  private static final String KIND = "; kind ";
  private static final String MAP = "; map ";
  private static final String GENERATED_MAPS = "; maps generated";
  private static final String INPUT = "; input ";
  private static final String DOMAIN = "; domain ";

  /** The text of a violation. */
  public static String text(Violation violation) {
    StringBuilder text = new StringBuilder();
    String message = violation.sort() + ": " + violation.message();
    message.lines().forEach(line -> text.append(FOUND).append(line.strip()).append('\n'));
    text.append(KIND).append(violation.subject().kind().name()).append('\n');
    List<MapDefinition> maps = violation.subject().maps();
    if (maps.equals(ProgramGenerator.MAPS)) {
      text.append(GENERATED_MAPS).append('\n');
    } else {
      maps.forEach(map -> text.append(MAP)
          .append("%s %d %d %d %d\n"
              .formatted(
                  map.name(), map.type(), map.keySize(), map.valueSize(), map.maxEntries())));
    }
    RelationalDomain domain = violation.subject().domain();
    if (!domain.equals(RelationalDomain.ZONE)) {
      text.append(DOMAIN).append(domain.name()).append('\n');
    }
    Input input = violation.input();
    text.append(INPUT)
        .append("seed=%d size=%d placement=%s\n"
            .formatted(input.seed(), input.packetSize(), input.placement()));
    return text.append(Disassembler.listing(violation.subject().code())).toString();
  }

  /**
   * Reads what {@link #text} wrote, or a person in the same form.
   *
   * @throws MalformedExhibitException if it says less than a run needs, or something else
   */
  public static Exhibit read(String text) {
    Optional<ProgramKind> kind = Optional.empty();
    Optional<Input> input = Optional.empty();
    RelationalDomain domain = RelationalDomain.ZONE;
    List<MapDefinition> maps = new ArrayList<>();
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      try {
        if (line.startsWith(KIND)) {
          kind = LinuxPlatform.load().programKind(line.substring(KIND.length()).strip());
        } else if (line.startsWith(MAP)) {
          maps.add(map(line.substring(MAP.length()).strip().split(" ")));
        } else if (line.strip().equals(GENERATED_MAPS)) {
          maps.addAll(ProgramGenerator.MAPS);
        } else if (line.startsWith(DOMAIN)) {
          domain = domain(line.substring(DOMAIN.length()).strip());
        } else if (line.startsWith(INPUT)) {
          input = Optional.of(input(line.substring(INPUT.length()).strip().split(" ")));
        }
      } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
        throw new MalformedExhibitException("line " + number + " cannot be read: " + line);
      }
    }
    if (kind.isEmpty()) {
      throw new MalformedExhibitException(
          "there is no line \"" + KIND + "xdp\", or of another program type that is known");
    }
    if (input.isEmpty()) {
      throw new MalformedExhibitException(
          "there is no line \"" + INPUT + "seed=1 size=64 placement=SPREAD\"");
    }
    try {
      return new Exhibit(
          new Subject(Assembler.assemble(text), maps, kind.get(), domain), input.get());
    } catch (AssemblyException e) {
      throw new MalformedExhibitException(String.valueOf(e.getMessage()));
    }
  }

  private static RelationalDomain domain(String name) {
    try {
      return RelationalDomains.named(name).orElseThrow(() -> new IllegalArgumentException(name));
    } catch (DomainUnavailableException unavailable) {
      throw new MalformedExhibitException(
          "domain %s: %s".formatted(name, unavailable.getMessage()));
    }
  }

  private static MapDefinition map(String[] words) {
    int type = notNegative(words[1]);
    if (LinuxPlatform.load().mapType(type).isEmpty()) {
      throw new IllegalArgumentException(words[1]);
    }
    return MapDefinition.of(
        words[0], type, notNegative(words[2]), notNegative(words[3]), notNegative(words[4]));
  }

  private static Input input(String[] words) {
    int packetSize = notNegative(after("size=", words[1]));
    if (packetSize > LinuxPlatform.load().limits().packetBytes()) {
      throw new IllegalArgumentException(words[1]);
    }
    return new Input(
        Long.parseLong(after("seed=", words[0])),
        packetSize,
        Placement.valueOf(after("placement=", words[2]).toUpperCase(Locale.ROOT)));
  }

  private static int notNegative(String word) {
    int number = Integer.parseInt(word);
    if (number < 0) {
      throw new IllegalArgumentException(word);
    }
    return number;
  }

  private static String after(String prefix, String word) {
    if (!word.startsWith(prefix)) {
      throw new IllegalArgumentException(word);
    }
    return word.substring(prefix.length());
  }

  /** The violation, if it is still one. */
  public Optional<Violation> violation() {
    return Referee.rule(subject, List.of(input)).violation();
  }
}
