package io.gds.database.gate;

import io.gds.database.plan.GateRule;
import java.time.Duration;
import java.util.List;

/** Makes gate rules: {@code anyOf(approval(), elapsed(ofHours(12)))} is the classic gate after a canary. */
public final class Gates {
    private Gates() {}

    /** One person approves; no deadline. */
    public static GateRule approval() {
        return new GateRule.Approval(1, Duration.ZERO, "");
    }

    /**
     * Several different people approve.
     *
     * @param needed how many
     * @param deadline how long it may take; zero for no limit
     * @param reason why somebody must look
     */
    public static GateRule approvals(int needed, Duration deadline, String reason) {
        return new GateRule.Approval(needed, deadline, reason);
    }

    /** Time passes. */
    public static GateRule elapsed(Duration time) {
        return new GateRule.Elapsed(time);
    }

    /** The engine reports nothing that blocks, for a while without a break. */
    public static GateRule healthy(Duration stableFor) {
        return new GateRule.Healthy(stableFor);
    }

    /** Every follower's lag is known and at most this, in the unit the engine reports. */
    public static GateRule lagAtMost(long amount) {
        return new GateRule.LagAtMost(amount);
    }

    /** A check that the host program registered with the patcher. */
    public static GateRule check(String name) {
        return new GateRule.HostCheck(name);
    }

    /** All must be open at the same time. */
    public static GateRule allOf(GateRule... rules) {
        return new GateRule.AllOf(List.of(rules));
    }

    /** One open rule is enough. */
    public static GateRule anyOf(GateRule... rules) {
        return new GateRule.AnyOf(List.of(rules));
    }
}
