package io.gds.engine.postgres.internal.patroni;

import io.gds.database.plan.Params;
import io.gds.database.spi.Prepared;
import io.gds.database.spi.StepContext;
import io.gds.database.spi.StepHandler;
import io.gds.database.spi.Verdict;
import io.gds.engine.postgres.internal.PostgresEngine;
import io.gds.engine.postgres.internal.control.Roles;
import io.gds.engine.postgres.internal.control.Settings;
import io.gds.engine.postgres.internal.patroni.api.ConfigPatch;
import io.gds.engine.postgres.internal.patroni.api.Outcome;
import io.gds.engine.postgres.internal.patroni.api.Reply;
import io.gds.engine.postgres.internal.steps.PostgresHandler;
import java.util.List;
import java.util.Optional;

/** A server setting that is changed for a while in Patroni's dynamic configuration, which all members follow. */
final class DynamicSettingHandlers {
    static final String SET = "patroni.setting-set@1";
    static final String RESTORE = "patroni.setting-restore@1";

    private static final String NAME = "name";
    private static final String BEFORE = "before";

    private DynamicSettingHandlers() {}

    static List<StepHandler<PostgresEngine>> all() {
        return List.of(new Set(), new Restore());
    }

    private static Optional<String> written(PatroniCluster patroni, String name) {
        Params parameters = patroni.apis().config().object("postgresql").object("parameters");
        return Optional.ofNullable(parameters.asMap().get(name)).map(String::valueOf);
    }

    private static void write(PatroniCluster patroni, String name, Optional<String> value) {
        ConfigPatch patch = value.map(v -> ConfigPatch.set(v, "postgresql", "parameters", name))
                .orElseGet(() -> ConfigPatch.remove("postgresql", "parameters", name));
        Reply reply = patroni.apis().patchConfig(patch);
        if (reply.outcome().effect() == Outcome.Effect.NONE) {
            throw reply.toException();
        }
    }

    private static final class Set extends PostgresHandler {
        Set() {
            super(SET);
        }

        @Override
        public String describe(Params p) {
            return "set " + p.string(NAME) + " to \"" + p.string("value")
                    + "\" in the dynamic configuration for a while";
        }

        @Override
        public Prepared prepare(StepContext<PostgresEngine> c) {
            return written(PatroniCluster.of(c.engine()), c.params().string(NAME))
                    .map(v -> Prepared.proceed(Params.of(BEFORE, v)))
                    .orElseGet(() -> Prepared.proceed(Params.empty()));
        }

        @Override
        public Params apply(StepContext<PostgresEngine> c) {
            c.fence();
            write(
                    PatroniCluster.of(c.engine()),
                    c.params().string(NAME),
                    Optional.of(c.params().string("value")));
            return Params.empty();
        }

        @Override
        public Verdict verify(StepContext<PostgresEngine> c) {
            String name = c.params().string(NAME);
            String value = c.params().string("value");
            Roles roles = new Roles(c.engine());
            for (String m : roles.names()) {
                if (roles.of(m) != Roles.Answer.SILENT
                        && !new Settings(c.engine()).inForce(m, name).equals(value)) {
                    return notYet(name + " is not " + value + " on " + m, value, "the next loop of its Patroni");
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
            return "write " + p.string(NAME) + " of the dynamic configuration as it was before";
        }

        @Override
        public Prepared prepare(StepContext<PostgresEngine> c) {
            return Prepared.proceed(Params.empty());
        }

        @Override
        public Params apply(StepContext<PostgresEngine> c) {
            c.fence();
            write(
                    PatroniCluster.of(c.engine()),
                    c.params().string(NAME),
                    c.firstFacts().optionalString(BEFORE));
            return Params.empty();
        }

        @Override
        public Verdict verify(StepContext<PostgresEngine> c) {
            Optional<String> now =
                    written(PatroniCluster.of(c.engine()), c.params().string(NAME));
            return now.equals(c.firstFacts().optionalString(BEFORE))
                    ? Verdict.holds()
                    : Verdict.again(c.params().string(NAME) + " is " + now);
        }
    }
}
