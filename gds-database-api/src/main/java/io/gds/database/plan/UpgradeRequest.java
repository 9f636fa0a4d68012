package io.gds.database.plan;

import static java.util.Objects.requireNonNull;

import io.gds.database.version.EngineVersion;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * The wish to bring a cluster to another major, member by member and one legal hop after the other:
 * {@code UpgradeRequest.to("6.0.27").via("5.0.4")}.
 *
 * <p>Each hop has two phases. First the new programs run on all members with the data as it was: until then the way back is the
 * old programs. After a burn-in the hop is finished, which raises the data's compatibility: behind that there is no way back.
 *
 * <p>Immutable; every method returns a changed copy.
 */
public final class UpgradeRequest implements ChangeRequest {
    private static final Duration BURN_IN = Duration.ofHours(24);
    private static final GateRule APPROVAL = new GateRule.Approval(1, Duration.ZERO, "");

    private final EngineVersion target;
    private final List<EngineVersion> via;
    private final PatchRequest turns;
    private final Duration burnIn;
    private final GateRule gate;

    private UpgradeRequest(
            EngineVersion target, List<EngineVersion> via, PatchRequest turns, Duration burnIn, GateRule gate) {
        this.target = target;
        this.via = List.copyOf(via);
        this.turns = turns;
        this.burnIn = burnIn;
        this.gate = gate;
    }

    /** An upgrade to a version, finished when a person approves, a day after the last member was restarted. */
    public static UpgradeRequest to(String version) {
        return to(EngineVersion.parse(version));
    }

    /** An upgrade to a version. */
    public static UpgradeRequest to(EngineVersion version) {
        return new UpgradeRequest(version, List.of(), PatchRequest.to(version), BURN_IN, APPROVAL);
    }

    /** Which version to run of a major in between; the newest that is available where none is named. */
    public UpgradeRequest via(String... versions) {
        List<EngineVersion> named =
                Stream.of(versions).map(EngineVersion::parse).toList();
        return new UpgradeRequest(target, named, turns, burnIn, gate);
    }

    /** How members take their turns: strategy, probe, times and overrides of a patch; its version does not matter. */
    public UpgradeRequest like(PatchRequest patch) {
        return new UpgradeRequest(target, via, requireNonNull(patch, "patch"), burnIn, gate);
    }

    /** How long the new programs run on the data as it was before a hop may be finished; a day by default. */
    public UpgradeRequest burnIn(Duration time) {
        return new UpgradeRequest(target, via, turns, requireNonNull(time, "time"), gate);
    }

    /** What must open, besides the burn-in, before a hop is finished; a person's approval by default. */
    public UpgradeRequest finishWhen(GateRule rule) {
        return new UpgradeRequest(target, via, turns, burnIn, requireNonNull(rule, "rule"));
    }

    /** The version to reach. */
    public EngineVersion target() {
        return target;
    }

    /** The versions in between that were named. */
    public List<EngineVersion> via() {
        return via;
    }

    /** How long each burn-in takes. */
    public Duration burnIn() {
        return burnIn;
    }

    /** The gate before a hop is finished, besides the burn-in. */
    public GateRule finishWhen() {
        return gate;
    }

    /** The patch that one hop is, apart from its end. */
    public PatchRequest hop(EngineVersion version) {
        return turns.version(version);
    }

    @Override
    public String describe() {
        return "upgrade to " + target + (via.isEmpty() ? "" : " via " + via) + ", " + turns.strategy();
    }
}
