package io.gds.engine.mongo.wire;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who leads a played set, by the manual's page "Replica Set Elections" as far as a patch meets it: with a majority of voters up
 * the member of the highest priority wins that may lead, has caught up and is neither frozen nor aside. Guarded by the set.
 */
final class FakeElection {
    private final Clock clock;
    private final Collection<FakeMember> members;
    private long term = 1;
    private @Nullable String primary;
    private Instant ends = Instant.MIN;
    private Duration takes = Duration.ZERO;

    FakeElection(Clock clock, Collection<FakeMember> members) {
        this.clock = clock;
        this.members = members;
    }

    void takes(Duration time) {
        takes = time;
    }

    long term() {
        return term;
    }

    Optional<String> primary() {
        return Optional.ofNullable(primary);
    }

    void founds(String first) {
        primary = first;
    }

    int voters() {
        return (int) members.stream().filter(FakeMember::votes).count();
    }

    /** Whether somebody could win right after this one; the server looks for that before it steps down. */
    boolean hasSuccessor(FakeMember of) {
        return members.stream().anyMatch(m -> m != of && m.mayWin());
    }

    /** The primary leads no more. */
    void begins() {
        primary = null;
        ends = clock.instant().plus(takes);
        goesOn();
    }

    /** Ends it when its time has come. */
    void goesOn() {
        boolean quorum = members.stream().filter(m -> m.isUp() && m.votes()).count() > voters() / 2;
        if (primary == null && quorum && !clock.instant().isBefore(ends)) {
            members.stream()
                    .filter(FakeMember::mayWin)
                    .min(Comparator.comparingDouble((FakeMember m) -> -m.priority())
                            .thenComparingInt(FakeMember::id))
                    .ifPresent(m -> {
                        term++;
                        primary = m.name();
                    });
        }
    }
}
