package io.gds.engine.mssql.internal.steps;

import io.gds.database.plan.ActionId;
import io.gds.database.plan.Params;
import io.gds.database.run.Blocked;
import io.gds.database.spi.Prepared;
import io.gds.database.spi.Probed;
import io.gds.database.spi.StepContext;
import io.gds.database.spi.StepHandler;
import io.gds.database.spi.Verdict;
import io.gds.database.version.EngineVersion;
import io.gds.engine.mssql.internal.MssqlEngine;
import io.gds.engine.mssql.internal.group.GroupView;
import io.gds.engine.mssql.internal.group.GroupViews;
import io.gds.engine.mssql.internal.kernel.GroupKernel;
import io.gds.engine.mssql.internal.kernel.Leaders;
import io.gds.engine.mssql.internal.kernel.Standing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A secondary of the main group that leads others: they go elsewhere for its turn and come back to it, each by a failover that the server
 * refuses when anything would be lost.
 */
final class DrainHandlers {
    static final String DRAIN = "mssql.drain@1";
    static final String RETURN = "mssql.return@1";

    private static final String LED = "led";
    private static final Duration SOON = Duration.ofMillis(500);

    private DrainHandlers() {}

    static List<StepHandler<MssqlEngine>> all() {
        return List.of(new Drain(), new Return());
    }

    private static String member(StepContext<MssqlEngine> c) {
        return c.params().string("member");
    }

    private static Optional<GroupView> group(GroupViews views, String name) {
        return views.groups().stream().filter(g -> g.name().equals(name)).findFirst();
    }

    /** Ready, and of those the newest version: it is patched already, and need not go through this again. */
    private static Optional<String> taker(GroupViews views, GroupView g) {
        return g.synchronous().stream()
                .filter(g::isReady)
                .max(Comparator.<String, EngineVersion>comparing(t -> EngineVersion.parse(
                                views.of(t).orElseThrow().facts().version()))
                        .thenComparing(Comparator.reverseOrder()));
    }

    private static Verdict settled(GroupViews views, List<GroupView> wrong, String what) {
        Optional<String> doubt = Leaders.doubt(views);
        if (doubt.isPresent()) {
            return notYet(doubt.get());
        }
        if (!wrong.isEmpty()) {
            return Verdict.again(what + wrong.stream().map(GroupView::name).toList());
        }
        return views.groups().stream()
                .flatMap(g -> new Standing(g).primary().stream())
                .findFirst()
                .map(DrainHandlers::notYet)
                .orElseGet(Verdict::holds);
    }

    private static Verdict notYet(String observed) {
        return Verdict.notYet(
                new Blocked(observed, "one primary of each group, with every database online", "the failover", SOON));
    }

    private static Probed probed(Verdict v) {
        return v instanceof Verdict.Holds ? Probed.done() : Probed.partial("not every group is where it should be");
    }

    private static final class Drain implements StepHandler<MssqlEngine> {
        @Override
        public ActionId action() {
            return ActionId.of(DRAIN);
        }

        @Override
        public String describe(Params p) {
            return "fail over every group that " + p.optionalString("member").orElse("the member") + " leads";
        }

        @Override
        public Prepared prepare(StepContext<MssqlEngine> c) {
            GroupViews views = GroupViews.of(c.engine());
            Optional<String> doubt = Leaders.doubt(views);
            if (doubt.isPresent()) {
                return Prepared.hold(new Blocked(doubt.get(), "one primary of each group", "a failover", SOON));
            }
            List<String> led =
                    views.ledBy(member(c)).stream().map(GroupView::name).toList();
            for (GroupView g : views.ledBy(member(c))) {
                if (taker(views, g).isEmpty()) {
                    return Prepared.hold(new Blocked(
                            "nobody could take over " + g.name() + " from " + member(c),
                            "a synchronous secondary that is ready for a failover",
                            "replication",
                            SOON));
                }
            }
            return Prepared.proceed(Params.of(LED, led));
        }

        @Override
        public Params apply(StepContext<MssqlEngine> c) {
            GroupViews views = GroupViews.of(c.engine());
            for (GroupView g : views.ledBy(member(c))) {
                String taker = taker(views, g)
                        .orElseThrow(() -> GroupKernel.notNow(
                                g.name() + " is not failed over",
                                "nobody is ready",
                                "one that is",
                                "replication",
                                SOON));
                c.fence();
                Patience.with(g.name() + " is not failed over", () -> new GroupStatements(c.engine())
                        .failOver(taker, g.name()));
            }
            return Params.empty();
        }

        @Override
        public Verdict verify(StepContext<MssqlEngine> c) {
            GroupViews views = GroupViews.of(c.engine());
            return settled(views, views.ledBy(member(c)), member(c) + " leads still ");
        }

        @Override
        public Probed probe(StepContext<MssqlEngine> c) {
            return probed(verify(c));
        }
    }

    private static final class Return implements StepHandler<MssqlEngine> {
        @Override
        public ActionId action() {
            return ActionId.of(RETURN);
        }

        @Override
        public String describe(Params p) {
            return "let " + p.optionalString("member").orElse("the member") + " lead again what it led before";
        }

        @Override
        public Prepared prepare(StepContext<MssqlEngine> c) {
            List<String> led = new ArrayList<>(led(c.firstFacts()));
            led(c.openingFacts()).stream().filter(g -> !led.contains(g)).forEach(led::add);
            return Prepared.proceed(Params.of(LED, led));
        }

        private static List<String> led(Params facts) {
            return facts.has(LED) ? facts.strings(LED) : List.of();
        }

        private static List<GroupView> elsewhere(StepContext<MssqlEngine> c, GroupViews views) {
            return led(c.facts()).stream()
                    .flatMap(n -> group(views, n).stream())
                    .filter(g -> !g.primaryName().equals(member(c)))
                    .toList();
        }

        @Override
        public Params apply(StepContext<MssqlEngine> c) {
            GroupViews views = GroupViews.of(c.engine());
            for (GroupView g : elsewhere(c, views)) {
                if (!g.isReady(member(c))) {
                    throw GroupKernel.notNow(
                            g.name() + " does not go back to " + member(c),
                            new Standing(g).missing(member(c)).orElse("it is not ready for a failover"),
                            "is_failover_ready for every database",
                            "replication",
                            SOON);
                }
                c.fence();
                Patience.with(g.name() + " does not go back to " + member(c), () -> new GroupStatements(c.engine())
                        .failOver(member(c), g.name()));
            }
            return Params.empty();
        }

        @Override
        public Verdict verify(StepContext<MssqlEngine> c) {
            GroupViews views = GroupViews.of(c.engine());
            return settled(views, elsewhere(c, views), member(c) + " does not lead yet ");
        }

        @Override
        public Probed probe(StepContext<MssqlEngine> c) {
            return probed(verify(c));
        }
    }
}
