package io.gds.database.core.internal.report;

import io.gds.database.gate.Gates;
import io.gds.database.plan.ClusterRef;
import io.gds.database.plan.Estimates;
import io.gds.database.plan.Finding;
import io.gds.database.plan.Gate;
import io.gds.database.plan.Params;
import io.gds.database.plan.Plan;
import io.gds.database.plan.Step;
import io.gds.database.plan.StepId;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A rolling patch of three members, as the planner would make it. */
final class SamplePlans {
    private static final List<Finding> FINDINGS = List.of(
            Finding.ack(
                    "PG-UNLOGGED",
                    "orders.session_cache",
                    "an unlogged table with 12 408 rows",
                    "no unlogged tables, or somebody who knows that they are emptied by a crash",
                    "make it logged, or acknowledge that it may be emptied."),
            Finding.warn(
                    "PG-SLOW-CHECKPOINT",
                    "pg-a",
                    "the last checkpoint took PT41S",
                    "under PT30S",
                    "lower checkpoint_timeout, or accept a longer stop."));

    private SamplePlans() {}

    static Plan patch() {
        return patch("Rolling patch of orders-eu to 15.20");
    }

    static Plan patch(String title) {
        Plan.Builder b = Plan.of("rolling-patch", title, new ClusterRef("postgres", "orders-eu", Params.empty()), "fp")
                .findings(FINDINGS);
        b.step(Step.of("pause", "patroni.pause@1", "cluster")
                .title("Pause automatic failover")
                .opens("patroni-pause")
                .build());
        String previous = "pause";
        previous = member(b, "pg-c", previous, null);
        previous = member(
                b,
                "pg-b",
                previous,
                new Gate(
                        "after-canary",
                        Gates.allOf(
                                Gates.elapsed(Duration.ofMinutes(30)),
                                Gates.approvals(1, Duration.ofHours(12), "look at the canary"))));
        b.step(Step.of("switchover", "cluster.switchover@1", "cluster")
                .title("Switch over to pg-c")
                .undo("cluster.switchover@1", Params.of("to", "pg-a"))
                .after(StepId.of(previous))
                .build());
        previous = member(b, "pg-a", "switchover", null);
        b.step(Step.of("resume", "patroni.resume@1", "cluster")
                .title("Resume automatic failover")
                .closes("patroni-pause")
                .after(StepId.of(previous))
                .build());
        b.step(Step.of("post-flight", "cluster.check@1", "cluster")
                .title("Post-flight")
                .after(StepId.of("resume"))
                .build());
        return b.estimates(estimates()).build();
    }

    private static String member(Plan.Builder b, String m, String after, Gate gate) {
        Step.Builder drain = Step.of(m + ":drain", "member.drain@1", m)
                .title("Drain " + m)
                .opens("drain-" + m)
                .after(StepId.of(after));
        if (gate != null) {
            drain.gate(gate);
        }
        b.step(drain.build());
        b.step(Step.of(m + ":stop", "member.stop@1", m)
                .title("Stop " + m)
                .undo("member.start@1", Params.empty())
                .after(StepId.of(m + ":drain"))
                .build());
        b.step(Step.of(m + ":install", "member.install@1", m)
                .title("Install 15.20")
                .param("version", "15.20")
                .undo("member.install@1", Params.of("version", "15.19"))
                .after(StepId.of(m + ":stop"))
                .build());
        b.step(Step.of(m + ":start", "member.start@1", m)
                .title("Start and catch up")
                .undo("member.stop@1", Params.empty())
                .after(StepId.of(m + ":install"))
                .build());
        b.step(Step.of(m + ":admit", "member.admit@1", m)
                .title("Readmit " + m)
                .closes("drain-" + m)
                .after(StepId.of(m + ":start"))
                .build());
        return m + ":admit";
    }

    private static Estimates estimates() {
        Map<StepId, Duration> d = new HashMap<>();
        d.put(StepId.of("pause"), Duration.ofSeconds(1));
        for (String m : List.of("pg-a", "pg-b", "pg-c")) {
            d.put(StepId.of(m + ":drain"), Duration.ofSeconds(6));
            d.put(StepId.of(m + ":stop"), Duration.ofSeconds(3));
            d.put(StepId.of(m + ":install"), Duration.ofSeconds(19));
            d.put(StepId.of(m + ":start"), Duration.ofSeconds(12));
            d.put(StepId.of(m + ":admit"), Duration.ofSeconds(1));
        }
        d.put(StepId.of("switchover"), Duration.ofSeconds(5));
        return Estimates.of("rehearsal 3f2a", d).withWriteGap(Duration.ofMillis(900));
    }
}
