package io.gds.database.plan;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** In which groups a cluster's members are changed, and what stands between the groups. Immutable. */
public final class Strategy {
    /** The kinds of strategy. */
    public enum Kind {
        /** One standby after the other, then the primary. */
        ROLLING,
        /** A few standbys first, a pause to look at them, then like rolling. */
        CANARY,
        /** Groups of standbys at the same time, then the primary. */
        WAVES,
        /** All standbys at the same time, then the primary in place; only for clusters marked non-production. */
        ALL_AT_ONCE
    }

    private final Kind kind;
    private final List<Integer> sizes;
    private final Duration soak;
    private final @Nullable GateRule gate;

    private Strategy(Kind kind, List<Integer> sizes, Duration soak, @Nullable GateRule gate) {
        this.kind = kind;
        this.sizes = List.copyOf(sizes);
        this.soak = soak;
        this.gate = gate;
    }

    /** One standby after the other, then the primary. */
    public static Strategy rolling() {
        return new Strategy(Kind.ROLLING, List.of(1), Duration.ZERO, null);
    }

    /**
     * Some standbys first.
     *
     * @param members how many, 1 or more
     */
    public static Strategy canary(int members) {
        return new Strategy(Kind.CANARY, List.of(positive(members)), Duration.ZERO, null);
    }

    /**
     * Groups of standbys at the same time.
     *
     * @param sizes the sizes of the groups; the last one repeats
     */
    public static Strategy waves(int... sizes) {
        if (sizes.length == 0) {
            throw new IllegalArgumentException("waves: expected at least one size");
        }
        return new Strategy(
                Kind.WAVES,
                java.util.Arrays.stream(sizes).map(Strategy::positive).boxed().toList(),
                Duration.ZERO,
                null);
    }

    /** Everything at the same time; refused unless the cluster is marked non-production. */
    public static Strategy allAtOnce() {
        return new Strategy(Kind.ALL_AT_ONCE, List.of(Integer.MAX_VALUE), Duration.ZERO, null);
    }

    private static int positive(int n) {
        if (n < 1) {
            throw new IllegalArgumentException("a group needs at least one member, found " + n);
        }
        return n;
    }

    /** How long the first group is watched before the others follow. */
    public Strategy soak(Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException("soak: negative time " + time);
        }
        return new Strategy(kind, sizes, time, gate);
    }

    /** What else must open after the first group; the gate is named {@code after-canary} or {@code after-wave-1}. */
    public Strategy gate(GateRule rule) {
        return new Strategy(kind, sizes, soak, requireNonNull(rule, "rule"));
    }

    /** The kind. */
    public Kind kind() {
        return kind;
    }

    /** Sizes of the groups; the last one repeats. */
    public List<Integer> sizes() {
        return sizes;
    }

    /** How long the first group is watched. */
    public Duration soak() {
        return soak;
    }

    /** What else must open after the first group. */
    public Optional<GateRule> gate() {
        return Optional.ofNullable(gate);
    }

    @Override
    public String toString() {
        return switch (kind) {
                    case ROLLING -> "rolling";
                    case CANARY -> "canary(" + sizes.get(0) + ")";
                    case WAVES -> "waves" + sizes;
                    case ALL_AT_ONCE -> "all_at_once";
                }
                + (soak.isZero() ? "" : ", soak " + soak)
                + (gate == null ? "" : ", gate " + gate.describe());
    }
}
