package io.gds.engine.mssql.internal.hotfix;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.plan.Finding;
import io.gds.database.plan.Params;
import io.gds.database.run.Blocked;
import io.gds.database.spi.NotNowException;
import io.gds.database.spi.Verdict;
import io.gds.database.version.EngineVersion;
import io.gds.engine.mssql.internal.MssqlEngine;
import io.gds.engine.mssql.internal.build.Build;
import io.gds.engine.mssql.internal.config.TargetSpec;
import io.gds.engine.mssql.internal.mapping.Hotfix;
import io.gds.engine.mssql.internal.mapping.HotfixMapping;
import io.gds.engine.mssql.internal.mapping.MappingReader;
import io.gds.engine.mssql.internal.sql.InstanceReader;
import io.gds.engine.mssql.internal.survey.HostReader;
import io.gds.engine.mssql.internal.survey.RegisteredInstance;
import io.gds.engine.mssql.internal.windows.HostJobs;
import io.gds.engine.mssql.internal.windows.JobState;
import io.gds.engine.mssql.internal.windows.PackageFacts;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Predicate;

/**
 * Updates of one instance that is a member of something larger, by the mapping of the spec. A setup is a job of the host's own: whoever
 * asks for it again joins it, and a caller that may not wait is told so.
 */
public final class MemberPackages {
    /** What the parameters of an installation hold about packages. */
    public static final String DETAILS = "details";

    private static final String CODE = "MSSQL-SETUP";
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration BUSY = Duration.ofSeconds(5);
    static final int MOST_TRIES = 100;

    private final MssqlEngine engine;
    private final HotfixMapping mapping;
    private final PackagePaths paths;
    private final PackageLooks looks;

    /**
     * The packages of a cluster.
     *
     * @throws IllegalStateException when its spec has no mapping
     */
    public MemberPackages(MssqlEngine engine) {
        this.engine = engine;
        this.mapping = MappingReader.read(
                "packages.mapping",
                engine.spec()
                        .packages()
                        .mapping()
                        .orElseThrow(() -> new IllegalStateException("no packages.mapping"))
                        .toJson());
        this.paths = new PackagePaths(engine.spec().packages().root());
        this.looks = new PackageLooks(engine);
    }

    HotfixMapping mapping() {
        return mapping;
    }

    PackageLooks looks() {
        return looks;
    }

    PackagePaths paths() {
        return paths;
    }

    /** The build that a start of the instance would run, by its host's registry; empty when the instance is not there. */
    public Optional<EngineVersion> installed(String member) {
        return registered(member).stream()
                .filter(i -> i.build().isPresent())
                .findFirst()
                .map(i -> EngineVersion.parse(i.patchLevel()));
    }

    /** The packages that lead an instance to a build, with what they are now; empty when none do. */
    public Params details(String member, EngineVersion version) {
        return leading(member, version)
                .map(h -> line(member, h, this::there).document())
                .orElse(Params.empty());
    }

    /** The entry that leads to a build from the one that an instance runs; one for its edition goes before one for all. */
    Optional<Hotfix> leading(String member, EngineVersion version) {
        var facts = InstanceReader.facts(engine.access(member));
        return Build.parse(version.toString()).flatMap(target -> mapping.hotfixes().stream()
                .filter(h -> h.target().equals(target) && h.isForEdition(facts.edition()))
                .filter(h -> !facts.build().isBelow(h.minimum()))
                .max(Comparator.comparing(h -> h.editionFilter().isPresent())));
    }

    private PackageLine line(String member, Hotfix hotfix, BiFunction<String, String, PackageFacts> look) {
        String server = target(member).server();
        return PackageLine.of(hotfix, paths, path -> look.apply(server, path));
    }

    private PackageFacts there(String server, String path) {
        PackageFacts facts = looks.at(server, path);
        if (!facts.there()) {
            throw PackageFindings.missing(List.of(PackageFindings.place(server, facts)));
        }
        return facts;
    }

    /** A package that no plan was shown: SYSTEM will run it, so it is looked at as a plan's are. */
    private PackageFacts trusted(String server, String path) {
        PackageFacts facts = there(server, path);
        List<Finding> against =
                PackageFindings.ofOne(server, facts, engine.spec().packages());
        if (!against.isEmpty()) {
            throw failed(against.get(0));
        }
        return facts;
    }

    /**
     * Brings an instance to a build: forwards by packages, backwards by taking off the package that brought it where it is.
     *
     * @throws NotNowException while a setup is under way
     * @throws GdsDatabaseException when a package that is required failed
     */
    public void install(String member, EngineVersion version, SetupWork work) {
        List<RegisteredInstance> now = registered(member);
        Build wanted = Build.of(version.toString());
        boolean back =
                now.stream().flatMap(i -> i.build().stream()).anyMatch(b -> !b.isBelow(wanted) && !b.equals(wanted));
        SetupGoal goal = back ? SetupGoal.REMOVED : SetupGoal.INSTALLED;
        Predicate<List<RegisteredInstance>> reached =
                is -> !is.isEmpty() && is.stream().allMatch(i -> !i.halfInstalled() && isAt(i, wanted, goal));
        PackageLine line = back ? lineOff(member, now, version, work) : lineTo(member, version, work);
        for (Params each : back ? line.backwards() : line.packages()) {
            if (reached.test(registered(member))) {
                return;
            }
            run(member, goal, line, each, reached, work);
        }
        if (!reached.test(registered(member))) {
            throw shortOf(member, version);
        }
    }

    /** What the setups of an installation that has reached its goal left to tell. */
    public Params told(String member, EngineVersion version, SetupWork work) {
        return new SetupReport(engine, target(member).server(), work).facts(version);
    }

    private static boolean isAt(RegisteredInstance instance, Build wanted, SetupGoal goal) {
        return instance.build()
                .filter(b -> goal == SetupGoal.REMOVED ? !wanted.isBelow(b) : !b.isBelow(wanted))
                .isPresent();
    }

    private PackageLine lineTo(String member, EngineVersion version, SetupWork work) {
        return work.details().map(PackageLine::fromDocument).orElseGet(() -> leading(member, version)
                .map(h -> line(member, h, this::trusted))
                .orElseThrow(() -> noWay(member, "to " + version)));
    }

    /** The package that a plan brought it there by, and only where there was no plan the one that the mapping has. */
    private PackageLine lineOff(String member, List<RegisteredInstance> now, EngineVersion version, SetupWork work) {
        Optional<Build> at = now.stream().flatMap(i -> i.build().stream()).findFirst();
        Optional<PackageLine> planned = work.details()
                .map(PackageLine::fromDocument)
                .filter(l -> at.filter(l.target()::equals).isPresent());
        return planned.orElseGet(() -> fromMapping(member, at, version));
    }

    private PackageLine fromMapping(String member, Optional<Build> at, EngineVersion version) {
        return mapping.hotfixes().stream()
                .filter(h -> at.filter(h.target()::equals).isPresent())
                .findFirst()
                .map(h -> line(member, h, this::trusted))
                .orElseThrow(() -> noWay(member, "back to " + version));
    }

    private static GdsDatabaseException noWay(String member, String where) {
        return GdsDatabaseException.user("MSSQL-NO-PACKAGE")
                .message(member + ": packages.mapping has no entry that leads it " + where + ".")
                .remedy("add the entry with that target_build, for its version and edition.")
                .build();
    }

    private static GdsDatabaseException shortOf(String member, EngineVersion version) {
        return GdsDatabaseException.environment("MSSQL-SHORT-OF-TARGET")
                .message(member + ": every package has run, and its registry is not at " + version + ".")
                .remedy("read Summary.txt there; a package for another line of updates does nothing.")
                .build();
    }

    /** Comes back when the package is over and well, or was optional. */
    private void run(
            String member,
            SetupGoal goal,
            PackageLine line,
            Params each,
            Predicate<List<RegisteredInstance>> reached,
            SetupWork work) {
        String server = target(member).server();
        HostJobs jobs = engine.jobs(server);
        for (int attempt = 1; attempt <= MOST_TRIES; attempt++) {
            String key = work.key(goal, each.integer("order"), attempt);
            JobState state = jobs.state(key);
            if (state.stage() == JobState.Stage.ABSENT) {
                begin(server, goal, each, key, work);
                throw waits(server, goal.verb() + " of " + each.string("path") + " has begun", SOON);
            }
            if (!state.isOver()) {
                throw waits(
                        server,
                        (state.phase().isEmpty() ? "the job" : state.phase()) + " goes on"
                                + state.startedAt().map(t -> " since " + t).orElse(""),
                        SOON);
            }
            Verdict verdict = new Outcome(engine.host(server), server, line.family(), reached, state)
                    .verdict(() -> registered(member));
            if (verdict instanceof Verdict.Holds || (!(verdict instanceof Verdict.Again) && !each.flag("required"))) {
                return;
            }
            if (verdict instanceof Verdict.Broken b) {
                throw failed(b.finding());
            }
        }
        throw new IllegalStateException(MOST_TRIES + " tries of " + work.step());
    }

    private void begin(String server, SetupGoal goal, Params each, String key, SetupWork work) {
        List<String> running = HostReader.running(engine.host(server));
        if (!running.isEmpty()) {
            throw waits(server, "an installation runs: " + String.join(", ", running), BUSY);
        }
        HostJobs jobs = engine.jobs(server);
        Params p = goal == SetupGoal.REMOVED ? each.with("arguments", each.strings("removal")) : each;
        work.fence().run();
        jobs.start(SetupJob.of(
                key, jobs.directory(key), p, goal.verb() + " " + each.string("path") + ", run " + work.run()));
    }

    /** What of this run, or of anybody else, is being installed on an instance's host; empty for nothing. */
    public Optional<String> underWay(String member, SetupWork work) {
        String server = target(member).server();
        List<String> ours = engine.jobs(server).alive(work.prefix());
        List<String> running = ours.isEmpty() ? HostReader.running(engine.host(server)) : ours;
        return running.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", running));
    }

    private static NotNowException waits(String server, String observed, Duration recheck) {
        return new NotNowException(
                CODE,
                "setup on " + server + " is not over",
                new Blocked(
                        server + ": " + observed,
                        "its end",
                        "setup itself; it is not ended when its time is over, since nobody could tell what it leaves",
                        recheck));
    }

    private static GdsDatabaseException failed(Finding f) {
        return GdsDatabaseException.environment(f.id())
                .message(f.subject() + ": " + f.observed() + ".")
                .remedy(f.remedy())
                .build();
    }

    private TargetSpec target(String member) {
        return engine.access(member).target();
    }

    private List<RegisteredInstance> registered(String member) {
        TargetSpec t = target(member);
        return HostReader.instances(engine.host(t.server())).stream()
                .filter(i -> i.name().equalsIgnoreCase(t.instanceName()))
                .toList();
    }
}
