package io.gds.database.spi;

import io.gds.database.plan.Finding;
import io.gds.database.plan.Params;
import io.gds.database.plan.PatchRequest;
import io.gds.database.topology.Topology;
import io.gds.database.version.EngineVersion;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The node and cluster verbs from which the core builds a rolling patch. An engine that implements this facet gets
 * plans, canaries, waves, gates, resume, rollback and reports for nothing.
 *
 * <p>Thread-safe. Verbs that read are called often, also while other members are worked on. Verbs that change are called
 * with their intent durable, at most one at a time per member, and again after a crash when the state says that they
 * have not finished. None of them sleeps or waits for long: the core asks again. What a verb throws counts as a failed
 * attempt, and the state verbs decide what is true; a {@link NotNowException} costs no attempt.
 */
public interface RollingVerbs {
    /** Everything that speaks against or about the patch, from live facts. Reads only. */
    List<Finding> preFlight(PatchRequest request);

    /** What is not in order after a patch to a version. Reads only. */
    List<Finding> postFlight(EngineVersion target);

    /** What is not in order with the cluster just now, whatever its versions; for health gates. Reads only. */
    List<Finding> health();

    /** All followers in the order in which to patch them, safest first. */
    List<String> order(Topology topology);

    /** Temporary changes that this engine needs around a part of the patch. */
    List<BracketDraft> brackets(BracketScope scope, Topology topology, PatchRequest request);

    /** What comes after everything else, such as the update of extensions. */
    default List<StepDraft> afterwards(Topology topology, PatchRequest request) {
        return List.of();
    }

    /**
     * Brings the primary back when its process died, nobody took over, and starting it again loses nothing; does nothing
     * while it is alive. Idempotent.
     *
     * @param context its parameter {@code member}, or where there is none its step's target, is whose turn comes next; the
     *     cluster's when it is nobody's
     */
    void revive(StepContext<?> context);

    /** Whether exactly one primary accepts writes; broken when bringing one back would be a guess. */
    Verdict alive(StepContext<?> context);

    /**
     * May this member go down now? Computed from live facts: majority, synchronous standbys, lag.
     *
     * @param member the member
     * @param down members that are down by this run already
     * @param context for overrides, clock and progress
     */
    Permit mayGoDown(String member, Set<String> down, StepContext<?> context);

    /**
     * Could this member run its former version again now? Asked on the way back before it is stopped: what others did to the data
     * since may have closed that way.
     *
     * @param member the member
     * @param former what it ran when the plan was made, and would run again
     */
    default Permit mayGoBack(String member, EngineVersion former) {
        return Permit.granted();
    }

    /** What {@link #stopped} and {@link #serving} will need to know about the member as it is before its stop. */
    Params beforeStop(String member);

    /** Stops the member cleanly; a member that is down already is left so. */
    void stop(String member, StepContext<?> context);

    /** Whether no process of the member is left. */
    Verdict stopped(String member, StepContext<?> context);

    /** The version that a start of the member would run. */
    Optional<EngineVersion> installed(String member);

    /** Whether there is anything to fetch before the first member goes down; then {@link #download} is a step. */
    default boolean downloads() {
        return false;
    }

    /** Fetches what an installation will need while the member serves. Idempotent. */
    default void download(String member, EngineVersion version, StepContext<?> context) {}

    /** What was found out about the member and goes with its installation, for people and for approvals. Reads only. */
    default Params details(String member, EngineVersion version) {
        return Params.empty();
    }

    /**
     * Makes a version the one that a start of the member would run. The member is down, or it goes on running what it runs
     * until it is restarted. Idempotent; calls {@code context.fence()} right before it changes anything.
     */
    void install(String member, EngineVersion version, StepContext<?> context);

    /** What an installation that has reached its goal left to tell, for the history: exit codes and the like. Reads only. */
    default Params told(String member, EngineVersion version, StepContext<?> context) {
        return Params.empty();
    }

    /** Starts the member as a follower of whoever is primary, or as primary when it was and nobody took over. Idempotent. */
    void start(String member, StepContext<?> context);

    /**
     * Whether the member counts as back by facts: right version running, right identity, following, caught up.
     *
     * @param member the member
     * @param version the version that must run
     * @param context for the facts of the step
     */
    Verdict serving(String member, EngineVersion version, StepContext<?> context);

    /**
     * Chooses who takes over, by the engine's own rule.
     *
     * @param allowed the members that may be chosen
     * @param version the version that they must run
     * @return a name, or empty when none of them is fit now
     */
    Optional<String> candidate(Set<String> allowed, EngineVersion version);

    /** Makes a switchover short: checkpoints, warm-up. Idempotent and harmless. */
    void settle(String from, String to, StepContext<?> context);

    /** May the switchover happen now? Both sides alive, the candidate patched and caught up. */
    Permit maySwitchOver(String from, String to, StepContext<?> context);

    /** What the switchover verbs will need to know about both sides as they are before. */
    Params beforeSwitchover(String from, String to);

    /**
     * Changes roles without losing a write. Afterwards the former primary is down when {@code formerStaysDown}, else it
     * follows. Safe to call again when {@link #probeSwitchover} said PARTIAL.
     */
    void switchOver(String from, String to, boolean formerStaysDown, StepContext<?> context);

    /** Whether the new primary is the only one and accepts writes. */
    Verdict switchedOver(String from, String to, boolean formerStaysDown, StepContext<?> context);

    /** How far a switchover got. */
    Probed probeSwitchover(String from, String to, boolean formerStaysDown, StepContext<?> context);
}
