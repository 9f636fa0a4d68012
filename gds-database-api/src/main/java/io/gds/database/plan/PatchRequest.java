package io.gds.database.plan;

import static java.util.Objects.requireNonNull;

import io.gds.database.version.EngineVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The wish to bring a cluster to another version of the same major: {@code PatchRequest.to("15.20")}.
 *
 * <p>Immutable; every method returns a changed copy.
 */
public final class PatchRequest implements ChangeRequest {
    private final Settings s;

    private record Settings(
            EngineVersion target,
            Strategy strategy,
            ProbeSettings probe,
            Duration stableFor,
            Duration memberTimeout,
            boolean rollbackOnFailure,
            List<NamedOverride> overrides) {}

    private PatchRequest(Settings s) {
        this.s = s;
    }

    /** A rolling patch to a version. */
    public static PatchRequest to(String version) {
        return to(EngineVersion.parse(version));
    }

    /** A rolling patch to a version. */
    public static PatchRequest to(EngineVersion version) {
        return new PatchRequest(new Settings(
                requireNonNull(version, "version"),
                Strategy.rolling(),
                ProbeSettings.defaults(),
                Duration.ofSeconds(1),
                Duration.ofMinutes(10),
                true,
                List.of()));
    }

    /** In which groups members are patched. */
    public PatchRequest strategy(Strategy groups) {
        return new PatchRequest(new Settings(
                s.target,
                requireNonNull(groups, "groups"),
                s.probe,
                s.stableFor,
                s.memberTimeout,
                s.rollbackOnFailure,
                s.overrides));
    }

    /** How availability is measured. */
    public PatchRequest probe(ProbeSettings settings) {
        return new PatchRequest(new Settings(
                s.target,
                s.strategy,
                requireNonNull(settings, "settings"),
                s.stableFor,
                s.memberTimeout,
                s.rollbackOnFailure,
                s.overrides));
    }

    /** How long a patched member must be in order before it counts as back; 1 s by default. */
    public PatchRequest stableFor(Duration time) {
        return new PatchRequest(new Settings(
                s.target,
                s.strategy,
                s.probe,
                requireNonNull(time, "time"),
                s.memberTimeout,
                s.rollbackOnFailure,
                s.overrides));
    }

    /** How long one step on one member may take, waits included; 10 minutes by default. */
    public PatchRequest memberTimeout(Duration limit) {
        return new PatchRequest(new Settings(
                s.target,
                s.strategy,
                s.probe,
                s.stableFor,
                requireNonNull(limit, "limit"),
                s.rollbackOnFailure,
                s.overrides));
    }

    /** Leaves a failed patch where it stopped, with its brackets closed, instead of rolling back by itself. */
    public PatchRequest keepOnFailure() {
        return new PatchRequest(
                new Settings(s.target, s.strategy, s.probe, s.stableFor, s.memberTimeout, false, s.overrides));
    }

    /** Allows what the safety kernel would refuse; named, with a person and a reason. */
    public PatchRequest override(String name, String by, String reason) {
        List<NamedOverride> more = new ArrayList<>(s.overrides);
        more.add(new NamedOverride(name, by, reason));
        return new PatchRequest(new Settings(
                s.target, s.strategy, s.probe, s.stableFor, s.memberTimeout, s.rollbackOnFailure, List.copyOf(more)));
    }

    /** The version to reach. */
    public EngineVersion target() {
        return s.target;
    }

    /** In which groups members are patched. */
    public Strategy strategy() {
        return s.strategy;
    }

    /** How availability is measured. */
    public ProbeSettings probe() {
        return s.probe;
    }

    /** How long a member must be in order before it counts as back. */
    public Duration stableFor() {
        return s.stableFor;
    }

    /** How long one step on one member may take. */
    public Duration memberTimeout() {
        return s.memberTimeout;
    }

    /** Whether a failed patch rolls back by itself. */
    public boolean rollbackOnFailure() {
        return s.rollbackOnFailure;
    }

    /** What was allowed by name. */
    public List<NamedOverride> overrides() {
        return s.overrides;
    }

    /** Whether a named override was given. */
    public boolean overrides(String name) {
        return s.overrides.stream().anyMatch(o -> o.name().equals(name));
    }

    @Override
    public String describe() {
        return "patch to " + s.target + ", " + s.strategy;
    }
}
