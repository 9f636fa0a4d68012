package io.gds.engine.mssql.internal.hotfix;

import io.gds.database.plan.Finding;
import io.gds.database.plan.Params;
import io.gds.database.spi.Verdict;
import io.gds.engine.mssql.internal.build.Family;
import io.gds.engine.mssql.internal.setup.SetupExit;
import io.gds.engine.mssql.internal.setup.SetupSummary;
import io.gds.engine.mssql.internal.survey.RegisteredInstance;
import io.gds.engine.mssql.internal.windows.HostScripts;
import io.gds.engine.mssql.internal.windows.JobState;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * What became of a job that is over: three witnesses are heard, the exit code, the registry, and the summary that setup wrote.
 *
 * @param host where it ran
 * @param server its name in the spec
 * @param family whose setup it was
 * @param reached whether instances, as the registry has them, are what setup was to make of them
 * @param state the job
 */
record Outcome(
        HostScripts host, String server, Family family, Predicate<List<RegisteredInstance>> reached, JobState state) {
    private static final int OUTPUT = 4000;

    /** What the exit code of a job that ended says. */
    static SetupExit of(JobState state) {
        return SetupExit.of(state.exitCode().orElseThrow());
    }

    /** Judges. */
    Verdict verdict(Supplier<List<RegisteredInstance>> registry) {
        return switch (state.stage()) {
            case ENDED -> ended(of(state), registry);
            case BROKEN_BEFORE ->
                Verdict.again("the job broke off before setup was started: the host restarted, or somebody ended it");
            case BROKEN_OFF -> brokenOff(registry.get());
            case FAILED_BEFORE ->
                broken(
                        "MSSQL-JOB",
                        "setup was not started: " + state.said(),
                        "a job that starts it",
                        "mend what it says, then" + " retry the step.");
            case ABSENT ->
                broken(
                        "MSSQL-JOB",
                        "the job is gone from the host",
                        "its state",
                        "find out who removed it; look at the build" + " before anything is tried again.");
            case WAITING, RUNNING -> throw new IllegalStateException("a job that is not over: " + state);
        };
    }

    private Verdict ended(SetupExit exit, Supplier<List<RegisteredInstance>> registry) {
        Optional<SetupSummary> summary = summary();
        Params facts = facts(exit, summary);
        return switch (exit.kind()) {
            case DONE, DONE_RESTART_NEEDED, DONE_RESTARTING ->
                summary.filter(s -> !s.passed() && !s.finalResult().isEmpty()).isPresent()
                        ? broken(
                                "MSSQL-SETUP-WITNESS",
                                "exit code " + exit.shown() + ", but Summary.txt says "
                                        + summary.orElseThrow().describe(),
                                "both to say the same",
                                "look at the build of every instance, and read the log of setup.")
                        : Verdict.holds(facts);
            case BUSY -> Verdict.again(exit.toString());
            case NOT_APPLICABLE -> {
                List<RegisteredInstance> now = registry.get();
                yield reached.test(now)
                        ? Verdict.holds(facts.with("note", "it was so already: " + levels(now)))
                        : failed("MSSQL-NOT-APPLICABLE", exit, summary, facts);
            }
            case RESTART_FIRST -> failed("MSSQL-RESTART-FIRST", exit, summary, facts);
            case REPLACED_NOT_RUNNING -> failed("MSSQL-SCRIPT-UPGRADE", exit, summary, facts);
            case FAILED -> failed("MSSQL-SETUP-FAILED", exit, summary, facts);
        };
    }

    /** The host restarted or somebody ended setup, and no exit code is left: the registry is asked, and nobody guesses. */
    private Verdict brokenOff(List<RegisteredInstance> now) {
        if (reached.test(now)) {
            return Verdict.holds(Params.of("requiresRestart", false, "after", levels(now))
                    .with("note", "setup left no exit code; the registry says that it reached its goal"));
        }
        return broken(
                "MSSQL-SETUP-BROKEN-OFF",
                "setup broke off while it ran and left no exit code; the registry says " + levels(now)
                        + (now.stream().anyMatch(RegisteredInstance::halfInstalled) ? ", half installed" : ""),
                "its end",
                "read the log of setup on the server; to run the same package once more is what its vendor advises: retry the"
                        + " step.");
    }

    private Verdict failed(String id, SetupExit exit, Optional<SetupSummary> summary, Params facts) {
        return Verdict.broken(
                Finding.block(
                        id,
                        server,
                        "setup ended with " + exit
                                + summary.map(s -> "; Summary.txt: " + s.describe())
                                        .orElse(""),
                        "0, 3010 or 1641",
                        exit.remedy()),
                facts);
    }

    private Verdict broken(String id, String observed, String expected, String remedy) {
        return Verdict.broken(Finding.block(id, server, observed, expected, remedy));
    }

    private Params facts(SetupExit exit, Optional<SetupSummary> summary) {
        return Params.of("exitCode", exit.code(), "meaning", exit.meaning(), "requiresRestart", exit.needsRestart())
                .with("started", state.startedAt().map(Object::toString).orElse(""))
                .with("completed", state.endedAt().map(Object::toString).orElse(""))
                .with("output", bounded(state.said()))
                .with(
                        "summary",
                        summary.map(SetupSummary::describe)
                                .map(Outcome::bounded)
                                .orElse(""));
    }

    private Optional<SetupSummary> summary() {
        Params answer = host.ask(
                "summary",
                Params.of(
                        "folder",
                        family.folder(),
                        "startedAt",
                        state.startedAt().orElseThrow().toString()));
        return answer.flag("there") ? Optional.of(SetupSummary.parse(answer.string("text"))) : Optional.empty();
    }

    private static String bounded(String text) {
        return text.length() > OUTPUT ? "..." + text.substring(text.length() - OUTPUT) : text;
    }

    private static String levels(List<RegisteredInstance> instances) {
        return instances.stream().map(i -> i.name() + " " + i.patchLevel()).collect(Collectors.joining(", "));
    }
}
