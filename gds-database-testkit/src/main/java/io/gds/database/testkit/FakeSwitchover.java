package io.gds.database.testkit;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.spi.Permit;
import io.gds.database.spi.Probed;
import io.gds.database.spi.Verdict;
import java.util.List;

/** How the fake's primary and another member change roles. Thread-safe. */
final class FakeSwitchover {
    private final FakeCluster cluster;

    FakeSwitchover(FakeCluster cluster) {
        this.cluster = cluster;
    }

    Permit may(String from, String to) {
        cluster.reach(from);
        cluster.reach(to);
        if (cluster.primaries().equals(List.of(to))) {
            return Permit.granted(); // somebody else was faster
        }
        if (!cluster.primaries().equals(List.of(from))) {
            return Permit.refused(FakeVerbs.block("FAKE-FROM", from, "primaries " + cluster.primaries(), from));
        }
        return cluster.lag(to).filter(l -> l == 0).isPresent()
                ? Permit.granted()
                : Permit.wait(FakeVerbs.blocked("lag of " + to + " " + cluster.lag(to), "no lag"));
    }

    void change(String from, String to, boolean formerStaysDown, Hands hands) {
        if (!cluster.member(to).primary) {
            cluster.reach(to);
            cluster.work().stop(from, hands);
            if (!cluster.isDown(from)) {
                throw GdsDatabaseException.engine("FAKE-SWITCHOVER")
                        .message(from + " does not stop, so that " + to + " must not be promoted.")
                        .remedy("stop " + from + ".")
                        .build();
            }
            if (cluster.faults().takeDyingSwitchover()) {
                throw GdsDatabaseException.engine("FAKE-SWITCHOVER")
                        .message("the switchover failed after " + from + " was stopped.")
                        .remedy("promote " + to + ".")
                        .build();
            }
            cluster.work().promote(to, hands);
        }
        if (!formerStaysDown) {
            cluster.work().start(from, hands);
        }
    }

    Verdict changed(String from, String to, boolean formerStaysDown) {
        if (!cluster.primaries().equals(List.of(to))) {
            return Verdict.notYet(FakeVerbs.blocked("primaries " + cluster.primaries(), to));
        }
        return formerStaysDown || !cluster.isDown(from)
                ? Verdict.holds()
                : Verdict.notYet(FakeVerbs.blocked(from + " is down", "following"));
    }

    Probed probe(String from, String to, boolean formerStaysDown) {
        if (cluster.faults().isSwitchoverUnknowable()) {
            return Probed.unknown("neither " + from + " nor " + to + " can be asked", "a look at both");
        }
        cluster.reach(from);
        cluster.reach(to);
        List<String> primaries = cluster.primaries();
        if (primaries.equals(List.of(to))) {
            return formerStaysDown || !cluster.isDown(from)
                    ? Probed.done()
                    : Probed.partial(from + " is down and must follow");
        }
        return primaries.equals(List.of(from)) ? Probed.notDone() : Probed.partial("primaries " + primaries);
    }
}
