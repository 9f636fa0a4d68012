package io.gds.samples.cli;

import io.gds.database.DatabaseEngine;
import io.gds.database.core.Engines;
import io.gds.database.core.Journal;
import io.gds.database.core.Reports;
import io.gds.database.core.RollingPatcher;
import io.gds.database.core.RunHistory;
import io.gds.database.core.RunOptions;
import io.gds.database.core.RunView;
import io.gds.database.error.GdsDatabaseException;
import io.gds.database.gate.Approval;
import io.gds.database.plan.ClusterRef;
import io.gds.database.plan.Finding;
import io.gds.database.plan.Params;
import io.gds.database.plan.Plan;
import io.gds.database.plan.PlanTarget;
import io.gds.database.run.RunId;
import io.gds.database.run.RunListener;
import io.gds.database.run.RunOutcome;
import io.gds.database.run.RunStatus;
import io.gds.engine.mssql.HotfixReport;
import io.gds.engine.mssql.HotfixRequest;
import io.gds.engine.mssql.HotfixStepRow;
import io.gds.engine.mssql.HotfixTargetRow;
import io.gds.engine.mssql.SqlTargets;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** What the verbs do. */
final class Deployment implements AutoCloseable {
    private final Settings settings;
    private final Terminal terminal;
    private final LogFile log;
    private final Journal journal;
    private final RollingPatcher patcher;
    private final Stop stop;

    private Deployment(Settings settings, Terminal terminal, LogFile log, Journal journal) {
        this.settings = settings;
        this.terminal = terminal;
        this.log = log;
        this.journal = journal;
        this.patcher = RollingPatcher.create(journal);
        this.stop = Stop.onCtrlC(patcher, terminal);
    }

    static Deployment open(Settings settings, Terminal terminal, LogFile log) {
        return new Deployment(settings, terminal, log, Journal.sqlite(settings.history()));
    }

    /** {@code --hotfix-plan}: what would happen on which server, and why. Nothing is touched. */
    ExitCode plan() {
        try (DatabaseEngine fleet = fleet()) {
            Plan plan = patcher.plan(fleet, request(settings.servers()));
            show(plan);
            terminal.print(plan.asRunbook());
            return ExitCode.of(plan);
        }
    }

    /** {@code --deploy-hotfixes}. */
    ExitCode deploy() throws IOException {
        return deploy(settings.servers());
    }

    /** {@code --retry-failed}: a new plan for the targets of the last run that did not succeed. */
    ExitCode retryFailed() throws IOException {
        return again(newest(), t -> List.of("failed", "partial").contains(t.string("status")));
    }

    /**
     * {@code --resume}: goes on with the last run where it stands; when it has ended, with a new plan for whatever it left undone. What
     * is installed already is not installed again.
     */
    ExitCode resume() throws IOException {
        RunView run = newest();
        if (List.of(RunStatus.RUNNING, RunStatus.WAITING).contains(run.status())) {
            tell(patcher.resume(run.id(), listener()));
            return ended(run.id(), run.plan());
        }
        return again(run, t -> !List.of("success", "skipped").contains(t.string("status")));
    }

    private ExitCode again(RunView run, Predicate<Params> which) throws IOException {
        // By instance: a server's name would take its other instances, which the last run may have had nothing to do
        // with.
        List<String> instances =
                targets(run).stream().filter(which).map(t -> t.string("target")).toList();
        if (instances.isEmpty()) {
            terminal.print("nothing is left to do of the last run");
            return ExitCode.SUCCEEDED;
        }
        return deploy(instances);
    }

    private ExitCode deploy(List<String> servers) throws IOException {
        try (DatabaseEngine fleet = fleet()) {
            Plan plan = patcher.plan(fleet, request(servers));
            show(plan);
            Optional<RunOptions> agreed = agreed(plan);
            if (agreed.isEmpty()) {
                terminal.print("nothing was touched");
                return ExitCode.CANCELLED;
            }
            RunOutcome outcome = patcher.execute(plan, agreed.get(), listener());
            tell(outcome);
            return ended(outcome.run(), plan);
        }
    }

    private DatabaseEngine fleet() {
        if (!settings.active()) {
            return Engines.open(settings.spec());
        }
        Engines engines = Engines.load();
        ClusterRef read = engines.read(settings.spec());
        SqlTargets known =
                SqlTargets.ofActive(patcher.runs().servers(), patcher.runs().clusters());
        return engines.open(
                new ClusterRef(read.engine(), read.name(), read.spec().with(known.spec())));
    }

    private HotfixRequest request(List<String> servers) {
        HotfixRequest all = HotfixRequest.of(settings.mapping());
        HotfixRequest request =
                settings.catalogue().map(Catalogue::policy).map(all::policy).orElse(all);
        return servers.isEmpty() ? request : request.servers(servers.toArray(String[]::new));
    }

    private void show(Plan plan) {
        for (PlanTarget t : plan.targets()) {
            terminal.print((t.isScheduled() ? "  patch  " : "  skip   ") + t.name() + "  " + t.note());
        }
        plan.findings().forEach(f -> terminal.print("  " + f));
    }

    /** Every finding that wants a person's word gets it from the person who called, or the run does not begin. */
    private Optional<RunOptions> agreed(Plan plan) throws IOException {
        RunOptions options = RunOptions.none();
        List<Finding> open = plan.findings().stream()
                .filter(f -> f.severity() == Finding.Severity.ACK)
                .toList();
        for (Finding f : open) {
            if (!settings.yes() && !terminal.agrees(f.subject() + ": " + f.observed() + ". Go on?")) {
                return Optional.empty();
            }
            options = options.acknowledge(f.id(), operator(settings.yes() ? "--yes" : "asked at the terminal"));
        }
        return Optional.of(options);
    }

    private static Approval operator(String why) {
        return Approval.by(System.getProperty("user.name", "operator")).because(why);
    }

    private RunListener listener() {
        RunListener shown = RunListener.printing(System.out);
        return e -> {
            stop.onEvent(e);
            log.onEvent(e);
            if (settings.verbose() || e.seq() > 0) {
                shown.onEvent(e);
            }
        };
    }

    private RunView newest() {
        RunHistory runs = patcher.runs();
        return runs.rows("hotfix_runs").stream()
                .reduce((a, b) -> b)
                .flatMap(r -> runs.find(r.string("run")))
                .orElseThrow(() -> GdsDatabaseException.user("CLI-NO-RUN")
                        .message(settings.history() + ": found no deployment, expected an earlier one.")
                        .remedy("call --deploy-hotfixes first.")
                        .build());
    }

    private List<Params> targets(RunView run) {
        return patcher.runs().rows("hotfix_targets", Map.of("run", run.id().value()));
    }

    private void tell(RunOutcome outcome) {
        terminal.print(outcome.status() + ": " + outcome.summary());
        log.say(outcome.toString());
    }

    private ExitCode ended(RunId run, Plan plan) {
        RunView view = patcher.runs().find(run).orElseThrow();
        List<Params> targets = targets(view);
        for (Params t : targets) {
            terminal.print("  " + t.string("status") + "  " + t.string("target")
                    + t.optionalString("post_build").map(b -> "  " + b).orElse("")
                    + t.optionalString("error").map(e -> "  " + e).orElse(""));
        }
        Reports.writeHtml(view.record(), settings.output().resolve(run + ".html"));
        workbook();
        return stop.isRequested() ? ExitCode.CANCELLED : ExitCode.of(plan, targets);
    }

    /** All that was ever deployed, a sheet for each year. */
    private void workbook() {
        List<HotfixTargetRow> targets = patcher.runs().rows("hotfix_targets").stream()
                .map(HotfixTargetRow::of)
                .toList();
        List<HotfixStepRow> steps = patcher.runs().rows("hotfix_steps").stream()
                .map(HotfixStepRow::of)
                .toList();
        HotfixReport.of(targets, steps).write(settings.output().resolve("hotfixes.xlsx"));
    }

    @Override
    public void close() {
        patcher.close();
        journal.close();
        stop.close();
    }
}
