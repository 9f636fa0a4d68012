package io.gds.engine.postgres.internal.patroni;

import io.gds.database.plan.ActionId;
import io.gds.database.plan.Params;
import io.gds.database.plan.Urgency;
import io.gds.database.spi.BracketDraft;
import io.gds.database.spi.BracketScope;
import io.gds.database.topology.Member;
import io.gds.database.topology.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The temporary changes of a patch under Patroni. */
final class PatroniBrackets {
    private static final String RETRY_INTERVAL = "wal_retrieve_retry_interval";

    private final PatroniCluster patroni;
    private final List<BracketDraft> traffic;

    /**
     * Brackets.
     *
     * @param traffic what holds the application back for a moment; urgent, so it stands innermost
     */
    PatroniBrackets(PatroniCluster patroni, List<BracketDraft> traffic) {
        this.patroni = patroni;
        this.traffic = traffic;
    }

    List<BracketDraft> of(BracketScope scope, Topology t) {
        Optional<Member> primary = t.primary();
        boolean waits = primary.isPresent() && patroni.commitsWait(primary.get().name());
        return switch (scope.kind()) {
            case RUN -> waits ? List.of(shortRetries()) : List.of();
            case MEMBER -> List.of(outOfService(scope.member()));
            case SWITCHOVER -> switchover(t, waits);
            case RESTART -> traffic;
        };
    }

    private static BracketDraft shortRetries() {
        return new BracketDraft(
                "short-retries",
                "Let standbys reconnect after 100 ms",
                ActionId.of(DynamicSettingHandlers.SET),
                Params.of("name", RETRY_INTERVAL, "value", "100ms"),
                ActionId.of(DynamicSettingHandlers.RESTORE),
                Params.of("name", RETRY_INTERVAL),
                Urgency.CALM);
    }

    private static BracketDraft outOfService(String member) {
        return new BracketDraft(
                "out-of-service",
                "Take " + member + " out of service: nofailover, noloadbalance, nosync",
                ActionId.of(TagHandlers.CORDON),
                Params.of("member", member),
                ActionId.of(TagHandlers.RESTORE),
                Params.of("member", member),
                Urgency.CALM);
    }

    private List<BracketDraft> switchover(Topology t, boolean commitsWait) {
        List<BracketDraft> out = new ArrayList<>();
        if (commitsWait && t.members().size() > 2) {
            Params sides = Params.of("from", "${from}", "to", "${to}");
            out.add(new BracketDraft(
                    "cascade",
                    "Let the other members follow the candidate, so that its first commits are acknowledged at once",
                    ActionId.of(TagHandlers.FOLLOW),
                    sides,
                    ActionId.of(TagHandlers.RESTORE),
                    sides,
                    Urgency.CALM));
        }
        out.addAll(traffic);
        return out;
    }
}
