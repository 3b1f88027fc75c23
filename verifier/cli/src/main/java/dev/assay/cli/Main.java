package dev.assay.cli;

import dev.assay.cli.config.Configuration;
import dev.assay.cli.config.ConfigurationException;
import dev.assay.platform.Policy;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command {@code assay}. */
public final class Main {
  private static final int HELP_WIDTH = 100;
  private static final Set<String> VERSION_OPTIONS = Set.of("--version", "-V");

  /** The commands by their names, in the order in which help lists them. */
  private static final Map<String, Function<Streams, Object>> COMMANDS = commands();

  private Main() {}

  /** Runs the command and ends the process with its exit status. */
  public static void main(String[] arguments) {
    TablePreload.begin(arguments);
    StandardOutput standardOutput = new StandardOutput();
    Streams streams =
        ofProcess(System.in, standardOutput, new FileOutputStream(FileDescriptor.err));
    int status = run(arguments, streams);
    streams.out().flush();
    if (standardOutput.hasFailed()) {
      streams.err().println("assay: the output could not be written");
      status = ExitStatus.BAD_INPUT;
    }
    streams.err().flush();
    end(status);
  }

  /** The streams of a process whose user may watch the outputs. */
  static Streams ofProcess(InputStream in, OutputStream out, OutputStream err) {
    return new Streams(in, writer(out), writer(err), Terminal.ofProcess());
  }

  /**
   * Ends the process. The launcher says where nothing else has to be done at the end, as it has for a recording: there, looking for a logger in all jars, as
   * {@link System#exit} does, is saved.
   */
  private static void end(int status) {
    if (Boolean.getBoolean("dev.assay.halt")) {
      Runtime.getRuntime().halt(status);
    }
    System.exit(status);
  }

  /**
   * Runs the command without any input, as if neither output were a terminal.
   *
   * @return the exit status: 0 if all is accepted or done, 1 if something is not accepted, 2 for bad usage and unreadable input
   */
  public static int run(String[] arguments, PrintWriter out, PrintWriter err) {
    return run(arguments, InputStream.nullInputStream(), out, err);
  }

  /** Runs the command on an input, as if neither output were a terminal. */
  static int run(String[] arguments, InputStream in, PrintWriter out, PrintWriter err) {
    int status = run(arguments, new Streams(in, out, err, Terminal.NONE));
    out.flush();
    err.flush();
    return status;
  }

  static int run(String[] arguments, Streams streams) {
    if (arguments.length == 1 && VERSION_OPTIONS.contains(arguments[0])) {
      // Loading the parser for this would take most of the time.
      streams.out().println(Version.line());
      return ExitStatus.DONE;
    }
    try {
      OptionalInt status = runWithoutParser(arguments, streams);
      if (status.isPresent()) {
        return status.getAsInt();
      }
      CommandLine command = commandLine(streams, arguments);
      command.setExecutionStrategy(parsed -> execute(parsed, arguments, streams));
      return command.execute(arguments);
    } catch (RuntimeException | Error e) {
      streams.err().println("assay: " + InternalFailure.message(e));
      return ExitStatus.BAD_INPUT;
    }
  }

  /**
   * Verifies files if neither arguments nor a configuration say more: for a small object, the parser would take as long as all else.
   *
   * @return the exit status, or nothing if this call needs the parser
   */
  private static OptionalInt runWithoutParser(String[] arguments, Streams streams) {
    if (arguments.length < 2 || !arguments[0].equals(VerifyCommand.NAME)) {
      return OptionalInt.empty();
    }
    List<String> files = List.of(arguments).subList(1, arguments.length);
    if (!files.stream().allMatch(Main::isOnlyAName)) {
      return OptionalInt.empty();
    }
    VerifyCommand command = new VerifyCommand(streams, files);
    try {
      return command.configuredDefaults().isEmpty()
          ? OptionalInt.of(command.call())
          : OptionalInt.empty();
    } catch (Exception e) {
      return OptionalInt.of(report(e, streams));
    }
  }

  /** Whether the parser would see nothing else in it: no option, and no file that holds arguments. */
  private static boolean isOnlyAName(String argument) {
    return !argument.isEmpty() && argument.charAt(0) != '-' && argument.charAt(0) != '@';
  }

  private static Map<String, Function<Streams, Object>> commands() {
    Map<String, Function<Streams, Object>> commands = new LinkedHashMap<>();
    commands.put("verify", VerifyCommand::new);
    commands.put("list", ListCommand::new);
    commands.put("disasm", DisassembleCommand::new);
    commands.put("cfg", GraphCommand::new);
    commands.put("run", RunCommand::new);
    commands.put("conformance", ConformanceCommand::new);
    commands.put("isa", InstructionSetCommand::new);
    commands.put("fuzz", FuzzCommand::new);
    commands.put("bench", BenchCommand::new);
    commands.put("completion", CompletionCommand::new);
    return commands;
  }

  /** The command with all that it leads to, ready to parse. */
  static CommandLine commandLine(Streams streams) {
    return commandLine(streams, COMMANDS.values());
  }

  /** The command, ready to parse these arguments: if they begin with a command's name, only that one is made, for each takes its time. */
  private static CommandLine commandLine(Streams streams, String[] arguments) {
    return commandLine(
        streams,
        arguments.length > 0 && COMMANDS.containsKey(arguments[0])
            ? List.of(COMMANDS.get(arguments[0]))
            : COMMANDS.values());
  }

  private static CommandLine commandLine(
      Streams streams, Collection<Function<Streams, Object>> commands) {
    CommandLine command = new CommandLine(new AssayCommand());
    commands.forEach(make -> command.addSubcommand(make.apply(streams)));
    command.setUsageHelpWidth(HELP_WIDTH);
    command.setOut(streams.out());
    command.setErr(streams.err());
    command.registerConverter(Policy.class, Choice.of(Policy.class));
    command.registerConverter(Terminal.ColourChoice.class, Choice.of(Terminal.ColourChoice.class));
    command.registerConverter(VerifyCommand.Format.class, Choice.of(VerifyCommand.Format.class));
    command.registerConverter(GraphCommand.Format.class, Choice.of(GraphCommand.Format.class));
    command.registerConverter(
        CompletionCommand.Shell.class, Choice.of(CompletionCommand.Shell.class));
    command.setColorScheme(CommandLine.Help.defaultColorScheme(
        streams.terminal().out() && streams.terminal().colours() ? Ansi.ON : Ansi.OFF));
    command.setParameterExceptionHandler(
        (exception, arguments) -> reportBadUsage(exception, streams));
    command.setExecutionExceptionHandler((exception, line, parsed) -> report(exception, streams));
    return command;
  }

  /** Parses once more if a configuration sets options: the command line goes before what it says. */
  private static int execute(ParseResult parsed, String[] arguments, Streams streams) {
    Map<String, Configuration.Default> defaults = configuredDefaults(parsed);
    if (defaults.isEmpty()) {
      return new CommandLine.RunLast().execute(parsed);
    }
    CommandLine command = commandLine(streams, arguments);
    Objects.requireNonNull(
            command.getSubcommands().get(parsed.subcommand().commandSpec().name()))
        .setDefaultValueProvider(new ConfiguredDefaults(defaults));
    try {
      ParseResult again = command.parseArgs(arguments);
      try {
        return new CommandLine.RunLast().execute(again);
      } catch (CommandLine.ExecutionException e) {
        if (e.getCause() instanceof UsageException usage) {
          Exception located = ConfiguredDefaults.located(usage, again.subcommand(), defaults);
          throw new CommandLine.ExecutionException(command, e.getMessage(), located);
        }
        throw e;
      }
    } catch (ParameterException e) {
      String place = ConfiguredDefaults.of(e.getArgSpec(), defaults)
          .map(set -> set.place() + ": ")
          .orElse("");
      throw new CommandLine.ExecutionException(
          command, e.getMessage(), new ConfigurationException(place + e.getMessage()));
    }
  }

  private static Map<String, Configuration.Default> configuredDefaults(ParseResult parsed) {
    ParseResult chosen = parsed.hasSubcommand() ? parsed.subcommand() : parsed;
    if (!(chosen.commandSpec().userObject() instanceof ConfiguredDefaults.Reader reader)
        || chosen.isUsageHelpRequested()) {
      return Map.of();
    }
    try {
      return reader.configuredDefaults();
    } catch (ConfigurationException | InvalidPathException e) {
      throw new CommandLine.ExecutionException(
          chosen.commandSpec().commandLine(), e.getMessage(), e);
    }
  }

  private static int reportBadUsage(ParameterException exception, Streams streams) {
    CommandLine command = exception.getCommandLine();
    streams.err().println("assay: " + message(exception));
    UnmatchedArgumentException.printSuggestions(exception, streams.err());
    streams.err().println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
    return ExitStatus.BAD_INPUT;
  }

  /** The parser's message; of words that mean nothing, only the first, without its index. */
  private static String message(ParameterException exception) {
    if (exception instanceof UnmatchedArgumentException unmatched && !unmatched.isUnknownOption()) {
      String word = unmatched.getUnmatched().getFirst();
      return exception.getCommandLine().getSubcommands().isEmpty()
          ? "\"" + word + "\" is one argument too many"
          : "there is no command \"" + word + "\"";
    }
    return Objects.requireNonNullElse(exception.getMessage(), "");
  }

  private static int report(Exception exception, Streams streams) {
    String message =
        switch (exception) {
          case UsageException usage -> usage.getMessage();
          case ConfigurationException configuration -> configuration.getMessage();
          case InvalidPathException path ->
            "no file can be named \"%s\" in this locale; set LC_ALL to one with UTF-8"
                .formatted(path.getInput());
          default -> InternalFailure.message(exception);
        };
    streams.err().println("assay: " + message);
    return ExitStatus.BAD_INPUT;
  }

  private static PrintWriter writer(OutputStream stream) {
    return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8));
  }
}
