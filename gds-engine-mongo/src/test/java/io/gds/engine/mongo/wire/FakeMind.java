package io.gds.engine.mongo.wire;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a member of a played set believes, right or wrong. Guarded by the set. */
final class FakeMind {
    /**
     * What it believes of the last election.
     *
     * @param term of the election
     * @param primary who won it; empty for nobody
     */
    record Belief(long term, Optional<String> primary) {}

    /**
     * How it sees another member.
     *
     * @param state by the server's number
     * @param healthy whether it hears it
     * @param message of the last heartbeat
     */
    record Seen(int state, boolean healthy, String message) {}

    private final FakeElection election;
    private final Map<String, Seen> sees = new HashMap<>();
    private @Nullable Belief own;

    FakeMind(FakeElection election) {
        this.election = election;
    }

    void believes(long term, @Nullable String primary) {
        own = new Belief(term, Optional.ofNullable(primary));
    }

    void sees(String other, Seen seen) {
        sees.put(other, seen);
    }

    void learns() {
        own = null;
        sees.clear();
    }

    Belief belief() {
        return own == null ? new Belief(election.term(), election.primary()) : own;
    }

    Optional<Seen> seen(String other) {
        return Optional.ofNullable(sees.get(other));
    }
}
