package io.gds.engine.mssql.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gds.database.ReplicationAdmin;
import io.gds.database.ReplicationStatus;
import io.gds.database.testkit.mssql.ReplicaViews.Replica;
import io.gds.database.topology.Lag;
import io.gds.database.topology.MemberRole;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ReplicasTest {
    @TempDir
    private Path directory;

    @Test
    void anInstanceInNoGroupHasNothingToSay() throws Exception {
        try (AdminServer server = new AdminServer(directory)) {
            assertThat(server.facet(ReplicationAdmin.class).replicationStatus()).isEmpty();
        }
    }

    @Test
    void aPrimaryTellsOfAllAndAnUnknownLagIsNotZero() throws Exception {
        try (AdminServer server = new AdminServer(directory)) {
            server.catalogue()
                    .replicas()
                    .add(new Replica("ag1", "SQL01", "SYNCHRONOUS_COMMIT", "PRIMARY", "HEALTHY", null))
                    .add(new Replica("ag1", "SQL02", "SYNCHRONOUS_COMMIT", "SECONDARY", "HEALTHY", 3L))
                    .add(new Replica("ag1", "SQL03", "ASYNCHRONOUS_COMMIT", null, null, null));
            List<ReplicationStatus> all = server.facet(ReplicationAdmin.class).replicationStatus();
            assertThat(all).extracting(ReplicationStatus::member).containsExactly("SQL01", "SQL02", "SQL03");
            assertThat(all.get(0).role()).isEqualTo(MemberRole.PRIMARY);
            assertThat(all.get(0).partners()).containsExactly("SQL02", "SQL03");
            assertThat(all.get(0).lag()).isEmpty();
            assertThat(all.get(1).role()).isEqualTo(MemberRole.STANDBY);
            assertThat(all.get(1).mode()).isEqualTo("ag1 SYNCHRONOUS_COMMIT");
            assertThat(all.get(1).syncState()).isEqualTo("HEALTHY");
            assertThat(all.get(1).lag())
                    .hasValueSatisfying(l -> assertThat(l.amount()).isEqualTo(3000))
                    .hasValueSatisfying(l -> assertThat(l.unit()).isEqualTo(Lag.Unit.MILLISECONDS));
            assertThat(all.get(2).role()).isEqualTo(MemberRole.UNKNOWN);
            assertThat(all.get(2).lag()).isEmpty();
        }
    }

    @Test
    void oneInstanceAloneHandsNothingOver() throws Exception {
        try (AdminServer server = new AdminServer(directory)) {
            assertThatThrownBy(() -> server.facet(ReplicationAdmin.class).failover("SQL02"))
                    .hasMessageContaining("GDS-FAILOVER-REFUSED")
                    .hasMessageContaining("names the group");
        }
    }
}
