package io.gds.database.testkit.faults;

import io.gds.database.CloneRequest;
import io.gds.database.Cloning;
import io.gds.database.DatabaseEngine;
import io.gds.database.core.Engines;
import io.gds.database.core.Journal;
import io.gds.database.core.RollingPatcher;
import io.gds.database.core.RunHistory;
import io.gds.database.core.RunView;
import io.gds.database.gate.Approval;
import io.gds.database.plan.Plan;
import io.gds.database.plan.PrimaryTurn;
import io.gds.database.run.RunEvent;
import io.gds.database.run.RunId;
import io.gds.database.run.RunListener;
import io.gds.database.run.RunOutcome;
import io.gds.database.run.RunStatus;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A host program in a process of its own, made to be killed. It waits for an order on its standard input, says each event
 * on its standard output, and after events of the named types goes no further before it reads another line.
 *
 * <p>Arguments: cluster spec, journal, class of the {@link FaultPatch}, target version, types of events to stop after (comma, may be empty). Orders:
 * {@code run} executes the patch or resumes one that is under way, {@code run TURN} with that way of the primary's turn,
 * {@code resume RUN}, {@code rollback RUN}, {@code rehearse}, and {@code clone ID}
 * makes a clone and waits.
 */
final class FaultHost {
    private static final PrintStream OUT = System.out;

    private final Path spec;
    private final Path journal;
    private final FaultPatch patch;
    private final String target;
    private final Set<String> stops;
    private final BufferedReader orders;

    private FaultHost(
            Path spec, Path journal, FaultPatch patch, String target, Set<String> stops, BufferedReader orders) {
        this.patch = patch;
        this.spec = spec;
        this.journal = journal;
        this.target = target;
        this.stops = stops;
        this.orders = orders;
    }

    /** Runs until it has obeyed its order, or is killed. */
    public static void main(String[] a) throws IOException, ReflectiveOperationException {
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        FaultPatch patch = Class.forName(a[2])
                .asSubclass(FaultPatch.class)
                .getConstructor()
                .newInstance();
        Set<String> stops = Set.copyOf(List.of(a[4].split(",", -1)));
        FaultHost host = new FaultHost(Path.of(a[0]), Path.of(a[1]), patch, a[3], stops, orders);
        Engines.load(); // the slow part of a start, done while nobody waits
        say("READY");
        String order = orders.readLine();
        if (order == null) {
            return;
        }
        try {
            host.obey(List.of(order.split(" ", -1)));
        } catch (RuntimeException e) {
            e.printStackTrace();
            say("ERROR " + e.getClass().getSimpleName() + " " + oneLine(e));
            System.exit(3);
        }
        System.exit(0);
    }

    private static String oneLine(Throwable e) {
        return String.valueOf(e.getMessage()).replace('\n', ' ');
    }

    private static void say(String line) {
        OUT.println(line);
        OUT.flush();
    }

    private void obey(List<String> order) {
        if (order.get(0).equals("clone")) {
            keepClone(order.get(1));
            return;
        }
        try (Journal j = Journal.sqlite(journal);
                RollingPatcher patcher = patch.patcher(j)) {
            RunOutcome end =
                    switch (order.get(0)) {
                        case "run" ->
                            run(patcher, order.size() > 1 ? PrimaryTurn.valueOf(order.get(1)) : PrimaryTurn.AUTO);
                        case "resume" -> patcher.resume(RunId.of(order.get(1)), listener());
                        case "rollback" ->
                            patcher.rollback(
                                    RunId.of(order.get(1)), Approval.by("kim").because("fault suite"), listener());
                        case "rehearse" -> rehearse(patcher);
                        default -> throw new IllegalArgumentException(order.toString());
                    };
            say("OUTCOME " + end.run() + " " + end.status() + " "
                    + end.summary().replace('\n', ' '));
        }
    }

    private RunOutcome run(RollingPatcher patcher, PrimaryTurn turn) {
        Optional<RunView> begun = unfinished(patcher.runs());
        return begun.map(r -> patcher.resume(r.id(), listener())).orElseGet(() -> {
            try (DatabaseEngine engine = Engines.open(spec)) {
                Plan plan = patch.plan(patcher, engine, target, turn);
                return patcher.execute(plan, patch.options(), listener());
            }
        });
    }

    private RunOutcome rehearse(RollingPatcher patcher) {
        try (DatabaseEngine engine = Engines.open(spec)) {
            Plan plan = patcher.plan(engine, patch.to(target));
            return patcher.rehearse(plan, List.of(), listener()).outcome();
        }
    }

    private void keepClone(String id) {
        try (DatabaseEngine engine = Engines.open(spec)) {
            engine.facet(Cloning.class).orElseThrow().cloneCluster(CloneRequest.named(id));
            say("CLONED " + id);
            answer();
        }
    }

    private static Optional<RunView> unfinished(RunHistory runs) {
        return runs.list(RunStatus.RUNNING, RunStatus.WAITING).stream()
                .findFirst()
                .flatMap(line -> runs.find(line.run()));
    }

    private RunListener listener() {
        return e -> {
            boolean stop = stops.contains(e.type().name());
            if (e.seq() > 0 || e.type() == RunEvent.Type.WAITING) {
                say((stop ? "STOPPED " : "EVENT ") + e.type() + " " + e.step().orElse("-")
                        + (e.type() == RunEvent.Type.WAITING ? " " + e.data() : ""));
            }
            if (stop) {
                answer();
            }
        };
    }

    /** Without a parent there is nobody to go on for. */
    private void answer() {
        try {
            if (orders.readLine() == null) {
                Runtime.getRuntime().halt(9);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
