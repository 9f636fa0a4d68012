package io.gds.samples.cli;

import static java.util.Objects.requireNonNull;

import io.gds.database.error.GdsDatabaseException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The program's arguments. */
@Command(
        name = "hotfixes",
        mixinStandardHelpOptions = true,
        version = "gds-database hotfixes 0.1.0",
        sortOptions = false,
        description = "Plans and deploys hotfixes of SQL Server on many servers.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all targets succeeded",
            "1:one or more failed",
            "2:arguments or files have to be changed first",
            "3:somebody could not be reached, and nothing failed otherwise",
            "130:cancelled, after a clean stop at a safe point"
        })
public final class Hotfixes implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @ArgGroup(multiplicity = "1")
    private Verb verb = new Verb();

    /** Exactly one of them. */
    private static final class Verb {
        @Option(names = "--hotfix-plan", description = "Says what would happen on each server, and why.")
        private boolean plan;

        @Option(names = "--deploy-hotfixes", description = "Plans, asks where it must, and deploys.")
        private boolean deploy;

        @Option(
                names = "--resume",
                description = "Goes on with the last deployment, and tries again what failed in it.")
        private boolean resume;

        @Option(names = "--retry-failed", description = "Plans anew for what failed in the last deployment.")
        private boolean retryFailed;
    }

    @Option(
            names = "--config",
            defaultValue = "config",
            paramLabel = "PATH",
            description = "A directory with fleet.yaml and hotfix_mapping.json, or a spec with the mapping beside it;"
                    + " ${DEFAULT-VALUE} when not said.")
    private Path config = Path.of("config");

    @ArgGroup(exclusive = false)
    private Builds builds = new Builds();

    /** A rule means nothing without a catalogue. */
    private static final class Builds {
        @Option(
                names = "--catalogue",
                required = true,
                paramLabel = "FILE",
                description = "The build index of dbatools: target builds are judged by it, and the plan says how.")
        private @Nullable Path catalogue;

        @Option(
                names = "--policy",
                paramLabel = "RULE",
                description = "Which builds are wanted: ${COMPLETION-CANDIDATES}; with --catalogue.")
        private Catalogue.@Nullable Rule rule;

        private Optional<Catalogue> said() {
            return Optional.ofNullable(catalogue).map(file -> new Catalogue(file, Optional.ofNullable(rule)));
        }
    }

    @Option(
            names = "--server",
            paramLabel = "NAME",
            description = "Only this server, or host\\instance; may be repeated.")
    private List<String> servers = new ArrayList<>();

    @Option(
            names = "--active-servers",
            description = "The active servers of earlier runs, instead of the targets of the spec.")
    private boolean active;

    @Option(
            names = "--output",
            defaultValue = "output",
            paramLabel = "DIR",
            description = "History, logs and reports; ${DEFAULT-VALUE} when not said.")
    private Path output = Path.of("output");

    @Option(names = "--yes", description = "Takes every question for answered with yes.")
    private boolean yes;

    @Option(names = "--verbose", description = "Shows waits as well, and where failures come from.")
    private boolean verbose;

    @Option(
            names = "--log-level",
            defaultValue = "INFO",
            paramLabel = "LEVEL",
            description = "ERROR, WARN, INFO or DEBUG; ${DEFAULT-VALUE} when not said.")
    private LogLevel logLevel = LogLevel.INFO;

    private enum LogLevel {
        ERROR,
        WARN,
        INFO,
        DEBUG;

        private Level level() {
            return switch (this) {
                case ERROR -> Level.SEVERE;
                case WARN -> Level.WARNING;
                case INFO -> Level.INFO;
                case DEBUG -> Level.FINE;
            };
        }
    }

    private final BufferedReader in;
    private final Clock clock;

    private Hotfixes(BufferedReader in, Clock clock) {
        this.in = in;
        this.clock = clock;
    }

    /** Runs the program; the process ends with its exit code. */
    public static void main(String[] args) {
        System.exit(run(
                new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset())),
                new PrintWriter(System.out, true, Charset.defaultCharset()),
                new PrintWriter(System.err, true, Charset.defaultCharset()),
                args));
    }

    static int run(BufferedReader in, PrintWriter out, PrintWriter err, String... args) {
        return new CommandLine(new Hotfixes(in, Clock.system(ZoneId.systemDefault())))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setOut(out)
                .setErr(err)
                .execute(args);
    }

    @Override
    public Integer call() throws IOException {
        CommandLine command = requireNonNull(spec).commandLine();
        Terminal terminal = new Terminal(in, command.getOut(), command.getErr());
        Settings settings = Settings.of(config, builds.said(), output, servers, active, yes, verbose);
        Files.createDirectories(output);
        try (LogFile log = LogFile.open(output, logLevel.level(), clock)) {
            terminal.print("log: " + log.file());
            return run(settings, terminal, log).code();
        }
    }

    private ExitCode run(Settings settings, Terminal terminal, LogFile log) throws IOException {
        log.say("called with " + settings);
        try (Deployment deployment = Deployment.open(settings, terminal, log)) {
            ExitCode code;
            if (verb.plan) {
                code = deployment.plan();
            } else if (verb.deploy) {
                code = deployment.deploy();
            } else if (verb.resume) {
                code = deployment.resume();
            } else if (verb.retryFailed) {
                code = deployment.retryFailed();
            } else {
                throw new IllegalStateException("called without a verb");
            }
            log.say("exit code " + code.code() + " (" + code.name().toLowerCase(Locale.ROOT) + ")");
            return code;
        } catch (GdsDatabaseException e) {
            log.failed("failed", e);
            terminal.error(String.valueOf(e.getMessage()));
            if (verbose) {
                terminal.error(Arrays.toString(e.getStackTrace()));
            }
            return ExitCode.of(e);
        } catch (IOException | RuntimeException e) {
            log.failed("failed", e);
            throw e;
        }
    }
}
