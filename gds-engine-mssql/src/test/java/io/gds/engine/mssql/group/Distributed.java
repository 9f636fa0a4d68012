package io.gds.engine.mssql.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.gds.database.testkit.mssql.AvailabilityGroup;
import io.gds.database.testkit.mssql.AvailabilityMode;
import io.gds.database.testkit.mssql.DistributedGroup;
import io.gds.database.testkit.mssql.GroupEvent;
import io.gds.database.testkit.mssql.ReplicaSettings;
import io.gds.database.testkit.mssql.SecondaryConnections;
import io.gds.database.testkit.mssql.SuspendReason;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Two groups of a bed as the halves of a distributed one: ag1 of SQL01 and SQL02, and ag2 of SQL03, SQL04 and SQL05. */
final class Distributed {
    static final List<String> ALL = List.of("SQL03", "SQL04", "SQL05");

    final AvailabilityGroup first;
    final AvailabilityGroup second;
    final DistributedGroup dag;

    Distributed(GroupBed bed) {
        first = bed.group("ag1", b -> b.replica(bed.server(1).instance, ReplicaSettings.automatic())
                .replica(bed.server(2).instance, ReplicaSettings.automatic())
                .databases("db01", "db02"));
        // whoever connects is let in: that an application finds no primary there is not because of that
        second = bed.group("ag2", b -> b.replica(
                        bed.server(3).instance, ReplicaSettings.automatic().with(SecondaryConnections.ALL))
                .replica(bed.server(4).instance, ReplicaSettings.automatic().with(SecondaryConnections.ALL))
                .replica(bed.server(5).instance, ReplicaSettings.asynchronous().with(SecondaryConnections.ALL))
                .forwards("dag", first, AvailabilityMode.ASYNCHRONOUS_COMMIT));
        dag = first.distributed().orElseThrow();
    }

    /** The servers in the order of their turns: the data of each were stopped for its own. */
    List<String> turns() {
        return Stream.of(first, second)
                .flatMap(g -> g.events(GroupEvent.Suspended.class).stream())
                .filter(s -> s.reason() == SuspendReason.USER)
                .sorted(Comparator.comparing(GroupEvent::at))
                .map(GroupEvent.Suspended::replica)
                .distinct()
                .toList();
    }

    /** Nothing that clients were told is committed is missing anywhere, once the log has moved. */
    void hasEverything() {
        GroupRun.await(dag::isInStep);
        List<String> tables = first.tables("db01");
        assertThat(tables).isNotEmpty();
        for (String table : tables) {
            assertThat(first.lost("db01", table)).isEmpty();
            for (String server : ALL) {
                GroupRun.await(() -> dag.missing(server, "db01", table).isEmpty());
            }
        }
        assertThat(tables.stream()
                        .mapToInt(t -> first.acknowledged("db01", t).size())
                        .sum())
                .isPositive();
    }
}
