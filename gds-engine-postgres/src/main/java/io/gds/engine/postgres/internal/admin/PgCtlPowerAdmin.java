package io.gds.engine.postgres.internal.admin;

import io.gds.database.OperationResult;
import io.gds.database.PowerAdmin;
import io.gds.database.error.GdsDatabaseException;
import io.gds.database.spi.OperationTimer;
import io.gds.database.topology.MemberRole;
import io.gds.database.topology.Topology;
import io.gds.engine.postgres.internal.config.MemberSpec;
import io.gds.engine.postgres.internal.config.PostgresSpec;
import io.gds.engine.postgres.internal.sql.Connections;
import io.gds.engine.postgres.internal.topology.TopologyReader;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Starts and stops all members, one after the other. */
public final class PgCtlPowerAdmin implements PowerAdmin {
    private final PostgresSpec spec;
    private final PgCtl pgCtl;
    private final Connections connections;
    private final TopologyReader topology;
    private final Clock clock;

    /** Power over a cluster. */
    public PgCtlPowerAdmin(
            PostgresSpec spec, PgCtl pgCtl, Connections connections, TopologyReader topology, Clock clock) {
        this.spec = spec;
        this.pgCtl = pgCtl;
        this.connections = connections;
        this.topology = topology;
        this.clock = clock;
    }

    @Override
    public OperationResult startup() {
        OperationTimer timed = OperationTimer.start(clock, "start " + spec.name());
        List<String> down = new ArrayList<>(names().filter(m -> !pgCtl.runs(m)).toList());
        List<String> primaries = down.stream().filter(m -> !pgCtl.isFollower(m)).toList();
        requireOnePrimary(primaries);
        // Whoever is followed first, so that followers find it.
        down.sort(Comparator.comparing(m -> !primaries.contains(m)));
        for (String member : down) {
            pgCtl.start(member);
            requireAnswer(member, primaries.contains(member));
        }
        return down.isEmpty()
                ? timed.already("every member was running")
                : timed.changed("started " + String.join(", ", down));
    }

    @Override
    public OperationResult shutdown(boolean force) {
        OperationTimer timed = OperationTimer.start(clock, "stop " + spec.name());
        Topology before = topology.read();
        List<String> up = new ArrayList<>(names().filter(pgCtl::runs).toList());
        // The primary first: it waits until its followers have received its last checkpoint.
        up.sort(Comparator.comparing(m -> before.member(m)
                .filter(found -> found.role() == MemberRole.PRIMARY)
                .isEmpty()));
        connections.releaseIdle();
        for (String member : up) {
            pgCtl.stop(member, force);
            requireGone(member);
        }
        return up.isEmpty()
                ? timed.already("no member was running")
                : timed.changed("stopped " + String.join(", ", up) + (force ? "; the next start recovers" : ""));
    }

    private java.util.stream.Stream<String> names() {
        return spec.members().stream().map(MemberSpec::name);
    }

    /** A second primary beside a living or another starting one is how writes get lost. */
    private void requireOnePrimary(List<String> starting) {
        List<String> all = new ArrayList<>(starting);
        topology.read().withRole(MemberRole.PRIMARY).forEach(m -> all.add(m.name()));
        if (all.size() > 1) {
            throw GdsDatabaseException.user("GDS-TWO-PRIMARIES")
                    .message("nothing was started: these members would all be primary: " + String.join(", ", all) + ".")
                    .remedy("make all but the right one followers (standby.signal and primary_conninfo) first.")
                    .build();
        }
    }

    private void requireAnswer(String member, boolean primary) {
        boolean recovery = connections.onMember(member, s -> s.inRecovery());
        if (primary == recovery) {
            throw GdsDatabaseException.engine("GDS-STARTUP")
                    .message("member " + member + " started as " + (recovery ? "a follower" : "a primary")
                            + ", expected the other.")
                    .remedy("read its log.")
                    .build();
        }
    }

    private void requireGone(String member) {
        if (pgCtl.runs(member) || pgCtl.hasPidFile(member)) {
            throw GdsDatabaseException.engine("GDS-SHUTDOWN")
                    .message("member " + member
                            + " was stopped, and its postmaster or its postmaster.pid is still there.")
                    .remedy("look at its processes and its log before anything else touches it.")
                    .build();
        }
    }
}
