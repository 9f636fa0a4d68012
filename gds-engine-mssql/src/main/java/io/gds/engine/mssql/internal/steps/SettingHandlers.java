package io.gds.engine.mssql.internal.steps;

import io.gds.database.plan.ActionId;
import io.gds.database.plan.Params;
import io.gds.database.run.Blocked;
import io.gds.database.spi.Prepared;
import io.gds.database.spi.Probed;
import io.gds.database.spi.StepContext;
import io.gds.database.spi.StepHandler;
import io.gds.database.spi.Verdict;
import io.gds.engine.mssql.internal.MssqlEngine;
import io.gds.engine.mssql.internal.group.GroupView;
import io.gds.engine.mssql.internal.group.GroupViews;
import io.gds.engine.mssql.internal.kernel.GroupKernel;
import io.gds.engine.mssql.internal.kernel.Leaders;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * What is set for the time of a patch, and restored. What was is journalled before it is changed; restored is what was before all of it,
 * also when a run was taken over in between.
 */
final class SettingHandlers {
    static final String SET = "mssql.set@1";
    static final String RESTORE = "mssql.restore@1";

    private static final String PURPOSE = "purpose";
    private static final String WAS = "was";
    private static final Duration SOON = Duration.ofMillis(500);

    private SettingHandlers() {}

    static List<StepHandler<MssqlEngine>> all() {
        return List.of(new SetHandler(), new RestoreHandler());
    }

    static Params purpose(Wanted wanted) {
        return Params.of(PURPOSE, wanted.name());
    }

    private static Wanted wanted(StepContext<MssqlEngine> c) {
        return Wanted.valueOf(c.params().string(PURPOSE));
    }

    private static List<Setting> was(Params facts) {
        return facts.has(WAS)
                ? facts.objects(WAS).stream().map(Setting::fromDocument).toList()
                : List.of();
    }

    private static String now(GroupViews views, Setting s) {
        return group(views, s).flatMap(s::now).orElse("");
    }

    private static Optional<GroupView> group(GroupViews views, Setting s) {
        return views.groups().stream()
                .filter(g -> g.name().equalsIgnoreCase(s.group()))
                .findFirst();
    }

    /**
     * Sets each where its group has a primary, and nowhere before all of them have one. Views may come after their statements: that is
     * waited for, and is no pass that failed.
     *
     * @param asked what is set
     * @param missing what of it is not so
     */
    private static void set(
            StepContext<MssqlEngine> c,
            Function<GroupViews, List<Setting>> asked,
            Function<GroupViews, List<Setting>> missing) {
        GroupViews views = GroupViews.of(c.engine());
        Leaders.doubt(views).ifPresent(d -> {
            throw GroupKernel.notNow("settings are not changed", d, "one primary of each group", "a failover", SOON);
        });
        List<Setting> settings = asked.apply(views);
        if (settings.isEmpty()) {
            return;
        }
        GroupStatements statements = new GroupStatements(c.engine());
        for (Setting s : settings) {
            c.fence();
            statements.set(group(views, s).orElseThrow().primaryName(), s);
        }
        List<Setting> unseen = missing.apply(GroupViews.of(c.engine()));
        if (!unseen.isEmpty()) {
            throw GroupKernel.notNow(
                    "settings are not changed",
                    "not yet " + unseen,
                    "views that show them",
                    "the primary, whose views may come later",
                    SOON);
        }
    }

    private static Verdict verdict(GroupViews views, List<Setting> missing) {
        Optional<String> doubt = Leaders.doubt(views);
        if (doubt.isPresent()) {
            return Verdict.notYet(new Blocked(doubt.get(), "one primary of each group", "a failover", SOON));
        }
        return missing.isEmpty() ? Verdict.holds() : Verdict.again("not yet " + missing);
    }

    private static final class SetHandler implements StepHandler<MssqlEngine> {
        @Override
        public ActionId action() {
            return ActionId.of(SET);
        }

        @Override
        public String describe(Params p) {
            return "set for the time of the patch: "
                    + p.optionalString(PURPOSE)
                            .orElse("")
                            .toLowerCase(Locale.ROOT)
                            .replace('_', ' ');
        }

        @Override
        public Prepared prepare(StepContext<MssqlEngine> c) {
            GroupViews views = GroupViews.of(c.engine());
            Optional<String> doubt = Leaders.doubt(views);
            if (doubt.isPresent()) {
                return Prepared.hold(new Blocked(doubt.get(), "one primary of each group", "a failover", SOON));
            }
            List<Params> was = wanted(c).noted(views, c.params()).stream()
                    .map(s -> s.to(now(views, s)).document())
                    .toList();
            return Prepared.proceed(Params.of(WAS, was));
        }

        @Override
        public Params apply(StepContext<MssqlEngine> c) {
            Function<GroupViews, List<Setting>> missing = views -> wanted(c).missing(views, c.params());
            Patience.with("settings are not changed", () -> set(c, missing, missing));
            return Params.empty();
        }

        @Override
        public Verdict verify(StepContext<MssqlEngine> c) {
            GroupViews views = GroupViews.of(c.engine());
            return verdict(views, wanted(c).missing(views, c.params()));
        }

        @Override
        public Probed probe(StepContext<MssqlEngine> c) {
            return verify(c) instanceof Verdict.Holds ? Probed.done() : Probed.partial("not all of it is in force");
        }
    }

    private static final class RestoreHandler implements StepHandler<MssqlEngine> {
        @Override
        public ActionId action() {
            return ActionId.of(RESTORE);
        }

        @Override
        public String describe(Params p) {
            return "restore what was set before";
        }

        /** What the opening found changed goes before what the first one found: it was restored in between, and changed by others. */
        @Override
        public Prepared prepare(StepContext<MssqlEngine> c) {
            List<Setting> restore = new ArrayList<>(was(c.openingFacts()));
            was(c.firstFacts()).stream()
                    .filter(s -> restore.stream().noneMatch(s::isAbout))
                    .forEach(restore::add);
            return Prepared.proceed(
                    Params.of(WAS, restore.stream().map(Setting::document).toList()));
        }

        private static List<Setting> missing(StepContext<MssqlEngine> c, GroupViews views) {
            return was(c.facts()).stream()
                    .filter(s -> !now(views, s).equals(s.value()))
                    .toList();
        }

        /** A view that shows nothing to restore may be older than the change: all of it is asked for, and asking twice changes nothing. */
        @Override
        public Params apply(StepContext<MssqlEngine> c) {
            Patience.with(
                    "settings are not restored", () -> set(c, views -> was(c.facts()), views -> missing(c, views)));
            return Params.empty();
        }

        @Override
        public Verdict verify(StepContext<MssqlEngine> c) {
            GroupViews views = GroupViews.of(c.engine());
            return verdict(views, missing(c, views));
        }

        /** The same holds for whoever comes after a process that died: it was asked for when this process has asked for it. */
        @Override
        public Probed probe(StepContext<MssqlEngine> c) {
            return was(c.facts()).isEmpty() ? Probed.done() : Probed.partial("it may not have been asked for");
        }
    }
}
