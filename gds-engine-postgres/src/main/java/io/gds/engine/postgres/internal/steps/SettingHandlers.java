package io.gds.engine.postgres.internal.steps;

import io.gds.database.plan.Params;
import io.gds.database.run.Blocked;
import io.gds.database.spi.Prepared;
import io.gds.database.spi.StepContext;
import io.gds.database.spi.Verdict;
import io.gds.engine.postgres.internal.PostgresEngine;
import io.gds.engine.postgres.internal.control.Host;
import io.gds.engine.postgres.internal.control.Roles;
import io.gds.engine.postgres.internal.control.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A setting that is changed for a while: the opener keeps what was written, the closer writes that again. */
final class SettingHandlers {
    static final String SET = "pg.setting-set@1";
    static final String RESTORE = "pg.setting-restore@1";

    private SettingHandlers() {}

    static List<PostgresHandler> all() {
        return List.of(new Set(), new Restore());
    }

    /** What {@code postgresql.auto.conf} of some members says; a member without the setting is not in it. */
    static Params written(PostgresEngine engine, String name, List<String> members) {
        Map<String, String> before = new TreeMap<>();
        for (String m : members) {
            new Settings(engine).written(m, name).ifPresent(v -> before.put(m, v));
        }
        return Params.of("members", members, "before", before);
    }

    /** Writes what a member had before, or removes what it had not. */
    static void restore(PostgresEngine engine, String name, Params facts) {
        for (String m : facts.strings("members")) {
            new Settings(engine).write(m, name, facts.object("before").optionalString(m));
        }
    }

    static Verdict restored(PostgresEngine engine, String name, Params facts) {
        for (String m : facts.strings("members")) {
            Optional<String> now = new Settings(engine).written(m, name);
            if (!now.equals(facts.object("before").optionalString(m))) {
                return Verdict.again(name + " on " + m + " is " + now);
            }
        }
        return Verdict.holds();
    }

    private static final class Set extends PostgresHandler {
        Set() {
            super(SET);
        }

        @Override
        public String describe(Params p) {
            return "set " + p.string("name") + " to \"" + p.string("value") + "\" for a while";
        }

        @Override
        public Prepared prepare(StepContext<PostgresEngine> c) {
            List<String> members = c.params().strings("members");
            if (c.params().flag("primary")) {
                Optional<String> primary = new Roles(c.engine()).primary();
                if (primary.isEmpty()) {
                    return Prepared.hold(
                            new Blocked("no primary", "one primary", "its return", Duration.ofMillis(200)));
                }
                members = List.of(primary.get());
            }
            return Prepared.proceed(written(c.engine(), c.params().string("name"), members));
        }

        @Override
        public Params apply(StepContext<PostgresEngine> c) {
            c.fence();
            for (String m : c.facts().strings("members")) {
                new Settings(c.engine())
                        .write(
                                m,
                                c.params().string("name"),
                                Optional.of(c.params().string("value")));
            }
            return Params.empty();
        }

        @Override
        public Verdict verify(StepContext<PostgresEngine> c) {
            String name = c.params().string("name");
            for (String m : c.facts().strings("members")) {
                if (new Host(c.engine(), m).postmaster().isEmpty()) {
                    continue; // what is written counts at its next start
                }
                String now = new Settings(c.engine()).inForce(m, name);
                if (!now.equals(c.params().string("value"))) {
                    return notYet(name + " on " + m + " is " + now, c.params().string("value"), "its reload");
                }
            }
            return Verdict.holds();
        }
    }

    private static final class Restore extends PostgresHandler {
        Restore() {
            super(RESTORE);
        }

        @Override
        public String describe(Params p) {
            return "write " + p.string("name") + " as it was found";
        }

        @Override
        public Prepared prepare(StepContext<PostgresEngine> c) {
            return Prepared.proceed(c.firstFacts());
        }

        @Override
        public Params apply(StepContext<PostgresEngine> c) {
            c.fence();
            restore(c.engine(), c.params().string("name"), c.facts());
            return Params.empty();
        }

        @Override
        public Verdict verify(StepContext<PostgresEngine> c) {
            return restored(c.engine(), c.params().string("name"), c.facts());
        }
    }
}
