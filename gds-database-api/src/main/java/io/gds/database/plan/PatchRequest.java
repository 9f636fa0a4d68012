package io.gds.database.plan;

import static java.util.Objects.requireNonNull;

import io.gds.database.version.EngineVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The wish to bring a cluster to another version of the same major: {@code PatchRequest.to("15.20")}.
 *
 * <p>Immutable; every method returns a changed copy.
 */
public final class PatchRequest implements ChangeRequest {
    private final Wishes wishes;

    /** Mutable only until the request around it is made. */
    private static final class Wishes {
        private final EngineVersion target;
        private Strategy strategy = Strategy.rolling();
        private ProbeSettings probe = ProbeSettings.defaults();
        private Duration stableFor = Duration.ofSeconds(1);
        private Duration memberTimeout = Duration.ofMinutes(10);
        private boolean rollbackOnFailure = true;
        private List<NamedOverride> overrides = List.of();
        private PrimaryTurn primaryTurn = PrimaryTurn.AUTO;
        private int partsAtOnce = 1;
        private @Nullable GateRule extensions;

        Wishes(EngineVersion target) {
            this.target = requireNonNull(target, "version");
        }

        Wishes(Wishes from) {
            this(from, from.target);
        }

        Wishes(Wishes from, EngineVersion target) {
            this(target);
            strategy = from.strategy;
            probe = from.probe;
            stableFor = from.stableFor;
            memberTimeout = from.memberTimeout;
            rollbackOnFailure = from.rollbackOnFailure;
            overrides = from.overrides;
            primaryTurn = from.primaryTurn;
            partsAtOnce = from.partsAtOnce;
            extensions = from.extensions;
        }
    }

    private PatchRequest(Wishes wishes) {
        this.wishes = wishes;
    }

    /** A rolling patch to a version. */
    public static PatchRequest to(String version) {
        return to(EngineVersion.parse(version));
    }

    /** A rolling patch to a version. */
    public static PatchRequest to(EngineVersion version) {
        return new PatchRequest(new Wishes(version));
    }

    private PatchRequest with(Consumer<Wishes> change) {
        Wishes copy = new Wishes(wishes);
        change.accept(copy);
        return new PatchRequest(copy);
    }

    /** The same patch to another version. */
    PatchRequest version(EngineVersion other) {
        return new PatchRequest(new Wishes(wishes, other));
    }

    /** In which groups members are patched. */
    public PatchRequest strategy(Strategy groups) {
        requireNonNull(groups, "groups");
        return with(w -> w.strategy = groups);
    }

    /** How availability is measured. */
    public PatchRequest probe(ProbeSettings settings) {
        requireNonNull(settings, "settings");
        return with(w -> w.probe = settings);
    }

    /** How long a patched member must be in order before it counts as back; 1 s by default. */
    public PatchRequest stableFor(Duration time) {
        requireNonNull(time, "time");
        return with(w -> w.stableFor = time);
    }

    /** How long one step on one member may take, waits included; 10 minutes by default. */
    public PatchRequest memberTimeout(Duration limit) {
        requireNonNull(limit, "limit");
        return with(w -> w.memberTimeout = limit);
    }

    /** Leaves a failed patch where it stopped, with its brackets closed, instead of rolling back by itself. */
    public PatchRequest keepOnFailure() {
        return with(w -> w.rollbackOnFailure = false);
    }

    /** Allows what the safety kernel would refuse; named, with a person and a reason. */
    public PatchRequest override(String name, String by, String reason) {
        List<NamedOverride> more = new ArrayList<>(wishes.overrides);
        more.add(new NamedOverride(name, by, reason));
        return with(w -> w.overrides = List.copyOf(more));
    }

    /** How the primary's turn goes; {@link PrimaryTurn#AUTO} by default. */
    public PatchRequest primaryTurn(PrimaryTurn turn) {
        requireNonNull(turn, "turn");
        return with(w -> w.primaryTurn = turn);
    }

    /**
     * How many parts of a cluster that is made of several, such as shards, take their turns side by side; 1 by default. Within
     * a part the strategy holds.
     *
     * @throws IllegalArgumentException when it is less than 1
     */
    public PatchRequest partsAtOnce(int parts) {
        if (parts < 1) {
            throw new IllegalArgumentException("partsAtOnce: expected 1 or more, found " + parts);
        }
        return with(w -> w.partsAtOnce = parts);
    }

    /**
     * Also updates extensions to the versions that the patch brought, as the very last step. Behind it there is no way
     * back, so a gate stands before it; left alone by default.
     */
    public PatchRequest updateExtensions(GateRule gate) {
        requireNonNull(gate, "gate");
        return with(w -> w.extensions = gate);
    }

    /** The version to reach. */
    public EngineVersion target() {
        return wishes.target;
    }

    /** In which groups members are patched. */
    public Strategy strategy() {
        return wishes.strategy;
    }

    /** How availability is measured. */
    public ProbeSettings probe() {
        return wishes.probe;
    }

    /** How long a member must be in order before it counts as back. */
    public Duration stableFor() {
        return wishes.stableFor;
    }

    /** How long one step on one member may take. */
    public Duration memberTimeout() {
        return wishes.memberTimeout;
    }

    /** Whether a failed patch rolls back by itself. */
    public boolean rollbackOnFailure() {
        return wishes.rollbackOnFailure;
    }

    /** What was allowed by name. */
    public List<NamedOverride> overrides() {
        return wishes.overrides;
    }

    /** Whether a named override was given. */
    public boolean overrides(String name) {
        return wishes.overrides.stream().anyMatch(o -> o.name().equals(name));
    }

    /** How the primary's turn goes. */
    public PrimaryTurn primaryTurn() {
        return wishes.primaryTurn;
    }

    /** How many parts take their turns side by side. */
    public int partsAtOnce() {
        return wishes.partsAtOnce;
    }

    /** The gate before extensions are updated; empty when they are left alone. */
    public Optional<GateRule> extensions() {
        return Optional.ofNullable(wishes.extensions);
    }

    @Override
    public String describe() {
        return "patch to " + wishes.target + ", " + wishes.strategy;
    }
}
