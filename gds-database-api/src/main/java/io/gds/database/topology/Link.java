package io.gds.database.topology;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A replication stream between two members, seen from the upstream. Immutable. */
public final class Link {
    private final String upstream;
    private final String downstream;
    private final String state;
    private final String syncState;
    private final @Nullable Lag lag;

    private Link(String upstream, String downstream, String state, String syncState, @Nullable Lag lag) {
        this.upstream = requireNonNull(upstream, "upstream");
        this.downstream = requireNonNull(downstream, "downstream");
        this.state = requireNonNull(state, "state");
        this.syncState = requireNonNull(syncState, "syncState");
        this.lag = lag;
    }

    /**
     * A link with known lag.
     *
     * @param upstream the member that sends
     * @param downstream the member that follows
     * @param state the engine's word, for example {@code streaming}
     * @param syncState the engine's word, for example {@code async}, {@code sync}, {@code quorum}
     * @param lag how far the follower trails
     */
    public static Link of(String upstream, String downstream, String state, String syncState, Lag lag) {
        return new Link(upstream, downstream, state, syncState, requireNonNull(lag, "lag"));
    }

    /** A link whose lag is not known. */
    public static Link ofUnknownLag(String upstream, String downstream, String state, String syncState) {
        return new Link(upstream, downstream, state, syncState, null);
    }

    /** The member that sends. */
    public String upstream() {
        return upstream;
    }

    /** The member that follows. */
    public String downstream() {
        return downstream;
    }

    /** The engine's word for the state of the stream. */
    public String state() {
        return state;
    }

    /** The engine's word for whether commits wait for this follower. */
    public String syncState() {
        return syncState;
    }

    /** How far the follower trails; empty means unknown, not zero. */
    public Optional<Lag> lag() {
        return Optional.ofNullable(lag);
    }

    @Override
    public String toString() {
        return upstream + " -> " + downstream + " " + state + "/" + syncState + ", lag "
                + (lag == null ? "unknown" : lag);
    }
}
