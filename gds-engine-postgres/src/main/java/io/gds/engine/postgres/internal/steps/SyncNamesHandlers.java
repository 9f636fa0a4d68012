package io.gds.engine.postgres.internal.steps;

import io.gds.database.plan.Params;
import io.gds.database.spi.Prepared;
import io.gds.database.spi.StepContext;
import io.gds.database.spi.Verdict;
import io.gds.engine.postgres.internal.PostgresEngine;
import io.gds.engine.postgres.internal.control.Roles;
import io.gds.engine.postgres.internal.control.Settings;
import io.gds.engine.postgres.internal.control.SyncNames;
import java.util.List;
import java.util.Optional;

/**
 * A cluster whose commits wait for standbys must not silently stop waiting because the setting stood on the old primary
 * only. The candidate gets it with the old primary in its own place, keeps it when it takes over, and loses it otherwise.
 */
final class SyncNamesHandlers {
    static final String MAP = "pg.sync-names-map@1";
    static final String SETTLE = "pg.sync-names-settle@1";

    private static final String NAME = "synchronous_standby_names";

    private SyncNamesHandlers() {}

    static List<PostgresHandler> all() {
        return List.of(new MapNames(), new SettleNames());
    }

    private static final class MapNames extends PostgresHandler {
        MapNames() {
            super(MAP);
        }

        @Override
        public String describe(Params p) {
            return "write " + NAME + " on the candidate, with the old primary in its own place";
        }

        @Override
        public Prepared prepare(StepContext<PostgresEngine> c) {
            String from = c.params().string("from");
            String to = c.params().string("to");
            Settings settings = new Settings(c.engine());
            if (!settings.inForce(to, NAME).isBlank()) {
                return Prepared.skip(to + " has " + NAME + " of its own");
            }
            String mapped = SyncNames.parse(settings.inForce(from, NAME))
                    .replacing(applicationName(c.engine(), to), applicationName(c.engine(), from))
                    .setting();
            return Prepared.proceed(
                    SettingHandlers.written(c.engine(), NAME, List.of(to)).with("value", mapped));
        }

        private static String applicationName(PostgresEngine engine, String member) {
            return engine.topology()
                    .member(member)
                    .map(m -> m.attributes().getOrDefault("applicationName", member))
                    .orElse(member);
        }

        @Override
        public Params apply(StepContext<PostgresEngine> c) {
            c.fence();
            new Settings(c.engine())
                    .write(
                            c.facts().strings("members").get(0),
                            NAME,
                            Optional.of(c.facts().string("value")));
            return Params.empty();
        }

        @Override
        public Verdict verify(StepContext<PostgresEngine> c) {
            String member = c.facts().strings("members").get(0);
            Optional<String> now = new Settings(c.engine()).written(member, NAME);
            return now.filter(c.facts().string("value")::equals).isPresent()
                    ? Verdict.holds()
                    : Verdict.again(NAME + " on " + member + " is " + now);
        }
    }

    private static final class SettleNames extends PostgresHandler {
        SettleNames() {
            super(SETTLE);
        }

        @Override
        public String describe(Params p) {
            return "keep " + NAME + " on the candidate when it is primary, otherwise write it as it was found";
        }

        @Override
        public Prepared prepare(StepContext<PostgresEngine> c) {
            String member = c.firstFacts().strings("members").get(0);
            boolean took = new Roles(c.engine()).of(member) == Roles.Answer.PRIMARY;
            return Prepared.proceed(c.firstFacts().with("keep", took));
        }

        @Override
        public Params apply(StepContext<PostgresEngine> c) {
            c.fence();
            if (!c.facts().flag("keep")) {
                SettingHandlers.restore(c.engine(), NAME, c.facts());
            }
            return Params.empty();
        }

        @Override
        public Verdict verify(StepContext<PostgresEngine> c) {
            return c.facts().flag("keep") ? Verdict.holds() : SettingHandlers.restored(c.engine(), NAME, c.facts());
        }
    }
}
