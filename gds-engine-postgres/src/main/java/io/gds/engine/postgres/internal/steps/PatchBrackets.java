package io.gds.engine.postgres.internal.steps;

import io.gds.database.plan.ActionId;
import io.gds.database.plan.Params;
import io.gds.database.plan.PatchRequest;
import io.gds.database.plan.Urgency;
import io.gds.database.spi.BracketDraft;
import io.gds.database.spi.BracketScope;
import io.gds.database.topology.Member;
import io.gds.database.topology.MemberRole;
import io.gds.database.topology.Topology;
import io.gds.engine.postgres.internal.PostgresEngine;
import io.gds.engine.postgres.internal.control.Settings;
import io.gds.engine.postgres.internal.control.SyncNames;
import io.gds.engine.postgres.internal.kernel.Kernel;
import io.gds.engine.postgres.internal.traffic.Traffic;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The temporary changes of a patch: short retries, a cascade around the switchover, relaxed commits where allowed. */
final class PatchBrackets {
    private static final String RETRY_INTERVAL = "wal_retrieve_retry_interval";

    private final PostgresEngine engine;
    private final Kernel kernel;

    PatchBrackets(PostgresEngine engine, Kernel kernel) {
        this.engine = engine;
        this.kernel = kernel;
    }

    List<BracketDraft> of(BracketScope scope, Topology t, PatchRequest request) {
        Optional<Member> primary = t.primary();
        if (primary.isEmpty()) {
            return List.of();
        }
        return switch (scope.kind()) {
            case RUN -> isSynchronous(primary.get().name()) ? List.of(shortRetries(t)) : List.of();
            case MEMBER -> relaxed(t, primary.get().name(), scope.member(), request);
            case SWITCHOVER -> switchover(t, primary.get().name());
            case RESTART -> List.of(); // plain streaming has no restart in place
        };
    }

    private boolean isSynchronous(String primary) {
        return SyncNames.parse(new Settings(engine).inForce(primary, "synchronous_standby_names"))
                        .needed()
                > 0;
    }

    /** Where commits wait for standbys, a standby that waits 5 s before it reconnects is 5 s without commits. */
    private static BracketDraft shortRetries(Topology t) {
        return new BracketDraft(
                "short-retries",
                "Let standbys reconnect after 100 ms",
                ActionId.of(SettingHandlers.SET),
                Params.of("name", RETRY_INTERVAL, "value", "100ms")
                        .with("members", t.members().stream().map(Member::name).toList()),
                ActionId.of(SettingHandlers.RESTORE),
                Params.of("name", RETRY_INTERVAL),
                Urgency.CALM);
    }

    private List<BracketDraft> relaxed(Topology t, String primary, String member, PatchRequest request) {
        boolean wouldHang = member.equals(primary)
                ? isSynchronous(primary) && t.withRole(MemberRole.STANDBY).size() < 2
                : kernel.lastSync(t, primary, member).isPresent();
        if (!wouldHang || !request.overrides(Kernel.RELAX_SYNC)) {
            return List.of();
        }
        return List.of(new BracketDraft(
                "relaxed-commits",
                "Let commits stop waiting for standbys while " + member + " is down (override " + Kernel.RELAX_SYNC
                        + ")",
                ActionId.of(SettingHandlers.SET),
                Params.of("name", "synchronous_standby_names", "value", "", "primary", true),
                ActionId.of(SettingHandlers.RESTORE),
                Params.of("name", "synchronous_standby_names"),
                Urgency.CALM));
    }

    private List<BracketDraft> switchover(Topology t, String primary) {
        Params sides = Params.of("from", "${from}", "to", "${to}");
        List<BracketDraft> out = new ArrayList<>();
        if (isSynchronous(primary)) {
            out.add(new BracketDraft(
                    "synchronous-names",
                    "Give the candidate the synchronous standbys that it will need as primary",
                    ActionId.of(SyncNamesHandlers.MAP),
                    sides,
                    ActionId.of(SyncNamesHandlers.SETTLE),
                    sides,
                    Urgency.CALM));
        }
        if (t.withRole(MemberRole.STANDBY).size()
                        + t.withRole(MemberRole.REPLICA).size()
                > 1) {
            out.add(new BracketDraft(
                    "cascade",
                    "Let the other followers follow the candidate, so that nobody reconnects after the promotion",
                    ActionId.of(FollowHandlers.CANDIDATE),
                    sides,
                    ActionId.of(FollowHandlers.PRIMARY),
                    sides,
                    Urgency.CALM));
        }
        out.add(new BracketDraft(
                "guard",
                "Keep a dead man's timer on the old primary's host, should this process die without a primary",
                ActionId.of(GuardHandlers.ARM),
                sides,
                ActionId.of(GuardHandlers.DISARM),
                sides,
                Urgency.URGENT));
        out.addAll(Traffic.brackets(engine.spec()));
        return out;
    }
}
