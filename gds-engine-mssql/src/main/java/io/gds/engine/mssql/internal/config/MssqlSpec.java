package io.gds.engine.mssql.internal.config;

import io.gds.database.error.Problem;
import io.gds.database.plan.Params;
import io.gds.database.spi.SpecFields;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A spec of this engine: instances that stand by themselves, or the replicas of one availability group.
 *
 * @param name the cluster's name
 * @param groups the availability groups that the targets have replicas of, the one whose primary is the cluster's first; empty for
 *     instances that stand by themselves
 * @param targets the instances
 * @param encryption how connections are protected
 * @param shell how hosts are reached; empty when nothing is done on hosts
 * @param folder the folder of ours on every host
 * @param packages where packages lie
 * @param backup how old backups and checks of databases may be
 * @param linux what a group on Linux has instead; empty on Windows
 * @param nodes how nodes of failover cluster instances are reached
 * @param restart whether hosts that wait for a restart after an update are restarted by us
 * @param application where the application writes; empty when a spec does not say, and then availability is not measured
 * @param sandbox where copies of databases are tried out; empty when there is no such place
 * @param connectTimeout for how long a connection is waited for
 */
public record MssqlSpec(
        String name,
        List<String> groups,
        List<TargetSpec> targets,
        EncryptionSpec encryption,
        Optional<Params> shell,
        String folder,
        PackageSpec packages,
        BackupSpec backup,
        Optional<LinuxSpec> linux,
        FailoverNodes nodes,
        boolean restart,
        Optional<ApplicationSpec> application,
        Optional<SandboxSpec> sandbox,
        Duration connectTimeout) {
    /** The key that names a file with the targets; what stands in the file takes its place when a spec is read. */
    public static final String TARGETS_FILE = "targetsFile";

    private static final Duration CONNECT = Duration.ofSeconds(15);
    private static final String FOLDER = "C:\\ProgramData\\gds";

    /** Copies the lists. */
    public MssqlSpec {
        groups = List.copyOf(groups);
        targets = List.copyOf(targets);
    }

    /** Every mistake in a spec. */
    public static List<Problem> check(Params spec) {
        List<Problem> problems = new ArrayList<>();
        read(spec, problems);
        return problems;
    }

    /**
     * A spec that was checked.
     *
     * @throws IllegalArgumentException when it has mistakes
     */
    public static MssqlSpec of(Params spec) {
        List<Problem> problems = new ArrayList<>();
        MssqlSpec read = read(spec, problems);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("a spec with mistakes: " + problems);
        }
        return read;
    }

    private static MssqlSpec read(Params params, List<Problem> problems) {
        SpecFields spec = SpecFields.of(params, problems)
                .only(
                        "engine",
                        "name",
                        "environment",
                        "group",
                        "groups",
                        "targets",
                        TARGETS_FILE,
                        "encryption",
                        "shell",
                        "packages",
                        "pacemaker",
                        "failoverCluster",
                        "backup",
                        "sandbox",
                        "restart",
                        "application",
                        "connectTimeout");
        String engine = spec.optionalText("engine").orElse("mssql");
        if (!engine.equals("mssql")) {
            spec.wrong("engine", "\"" + engine + "\"", "mssql");
        }
        Optional<SpecFields> shell = spec.optionalObject("shell");
        shell.ifPresent(s -> s.text("type", "the name of a provider, for example winrm"));
        String name = spec.text("name", "the cluster's name");
        List<String> groups = groups(spec);
        List<TargetSpec> targets = targets(spec);
        return new MssqlSpec(
                name,
                groups,
                targets,
                EncryptionSpec.read(spec),
                shell.map(s -> Params.of(s.values())),
                folder(shell),
                PackageSpec.read(spec),
                BackupSpec.read(spec),
                LinuxSpec.read(spec, groups, targets),
                FailoverNodes.read(spec),
                restart(spec),
                ApplicationSpec.read(spec),
                SandboxSpec.read(spec),
                spec.duration("connectTimeout", CONNECT));
    }

    /** One by its name, or several of them. */
    private static List<String> groups(SpecFields spec) {
        Optional<String> one = spec.optionalText("group");
        if (!spec.has("groups")) {
            return one.map(List::of).orElse(List.of());
        }
        if (one.isPresent()) {
            spec.wrong("groups", "groups besides group", "one of the two");
        }
        List<String> names = spec.texts("groups", "names of availability groups");
        if (names.stream().map(n -> n.toLowerCase(Locale.ROOT)).distinct().count() < names.size()) {
            spec.wrong("groups", names.toString(), "each name once, whatever its case");
        }
        return names;
    }

    private static boolean restart(SpecFields spec) {
        String word = spec.optionalText("restart").orElse("report");
        if (!word.equals("report") && !word.equals("restart")) {
            spec.wrong("restart", "\"" + word + "\"", "\"report\" or \"restart\"");
        }
        return word.equals("restart");
    }

    /** A file that is still named was not read: it is no text, stands beside targets, or nobody knows where its path begins. */
    private static List<TargetSpec> targets(SpecFields spec) {
        if (!spec.has(TARGETS_FILE)) {
            return TargetFields.read(spec);
        }
        Optional<String> file = spec.optionalText(TARGETS_FILE);
        if (spec.has("targets")) {
            spec.wrong(TARGETS_FILE, "a file besides targets", "one of the two");
        } else {
            file.ifPresent(f -> spec.wrong(
                    TARGETS_FILE,
                    "\"" + f + "\"",
                    "targets: only a spec that is read as a file or a text may name a file"));
        }
        return List.of();
    }

    private static String folder(Optional<SpecFields> shell) {
        Optional<String> folder = shell.flatMap(s -> s.optionalText("folder"));
        if (folder.filter(f -> !f.matches("[A-Za-z]:\\\\[A-Za-z0-9_.-]+(\\\\[A-Za-z0-9_.-]+)*"))
                .isPresent()) {
            shell.orElseThrow()
                    .wrong("folder", "\"" + folder.get() + "\"", "a folder such as " + FOLDER + ", without blanks");
        }
        return folder.orElse(FOLDER);
    }

    /** The instances that plans take in. */
    public List<TargetSpec> enabled() {
        return targets.stream().filter(TargetSpec::enabled).toList();
    }

    /** Whether it is about availability groups. */
    public boolean isGrouped() {
        return !groups.isEmpty();
    }

    /** An instance by its name in plans: one of the targets, or the sandbox. */
    public Optional<TargetSpec> target(String target) {
        return Stream.concat(targets.stream(), sandbox.map(SandboxSpec::target).stream())
                .filter(t -> t.name().equalsIgnoreCase(target))
                .findFirst();
    }
}
