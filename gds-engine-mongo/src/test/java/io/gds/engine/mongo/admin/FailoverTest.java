package io.gds.engine.mongo.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.WriteConcern;
import io.gds.database.OperationResult;
import io.gds.database.ReplicationAdmin;
import io.gds.database.ReplicationStatus;
import io.gds.database.topology.MemberRole;
import io.gds.samples.mongo.Await;
import io.gds.samples.mongo.ReplicaSetMember;
import java.time.Duration;
import java.util.List;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class FailoverTest {
    private AdminSet bed;

    @BeforeEach
    void start() {
        bed = AdminSet.start(b -> b.setting("heartbeatIntervalMillis", 500).setting("electionTimeoutMillis", 10_000));
    }

    @AfterEach
    void stop() {
        bed.close();
    }

    @Test
    void chosenMemberLeadsAndPrioritiesAndFreezesAreAsFound() {
        Document before = config();

        for (String target : List.of("m3", "m2", "m1")) {
            OperationResult result = bed.facet(ReplicationAdmin.class).failover(target);
            assertThat(result.changed()).isTrue();
            assertThat(result.detail()).contains(target);
            assertThat(bed.primary().name()).isEqualTo(target);
            assertThat(bed.facet(ReplicationAdmin.class).replicationStatus())
                    .filteredOn(s -> s.role() == MemberRole.PRIMARY)
                    .extracting(ReplicationStatus::member)
                    .containsExactly(target);
        }
        assertThat(config()).isEqualTo(before);
        bed.facet(ReplicationAdmin.class).failover("m2");
        // neither the former primary nor a bystander is kept from standing: each wins when it is told to stand
        for (String next : List.of("m1", "m3")) {
            standsAndWins(bed.set().member(next));
        }
    }

    /** Its server refuses while the member is frozen or aside; and one that has not caught up yet is told once more. */
    private void standsAndWins(ReplicaSetMember member) {
        bed.client()
                .getDatabase("failover")
                .getCollection("t")
                .withWriteConcern(new WriteConcern(3))
                .insertOne(new Document());
        assertThat(member.run(new Document("replSetStepUp", 1)).get("ok")).isEqualTo(1.0);
        Await.until(
                member + " to lead",
                Duration.ofSeconds(30),
                () -> bed.set()
                                .findPrimary()
                                .filter(p -> p.name().equals(member.name()))
                                .isPresent()
                        ? ""
                        : "another one leads");
    }

    @Test
    void memberThatIsBehindOrDownIsRefused() {
        bed.set().member("m3").kill();
        assertThatThrownBy(() -> bed.facet(ReplicationAdmin.class).failover("m3"))
                .hasMessageContaining("GDS-FAILOVER-REFUSED")
                .hasMessageContaining("silent");
        assertThat(bed.primary().name()).isEqualTo("m1");

        // m2 may have followed m3, and has to find somebody else first
        bed.client()
                .getDatabase("failover")
                .getCollection("t")
                .withWriteConcern(WriteConcern.MAJORITY)
                .insertOne(new Document());
        assertThat(bed.facet(ReplicationAdmin.class).failover("m2").changed()).isTrue();
        assertThat(bed.primary().name()).isEqualTo("m2");
    }

    @Test
    void setWithoutAMajorityIsLeftToItself() {
        bed.set().member("m1").kill();
        bed.set().member("m3").kill();
        Await.until(
                "nobody to lead",
                Duration.ofSeconds(60),
                () -> bed.set().findPrimary().isPresent() ? "m2" : "");
        assertThatThrownBy(() -> bed.facet(ReplicationAdmin.class).failover("m2"))
                .hasMessageContaining("GDS-FAILOVER-REFUSED")
                .hasMessageContaining("majority");
        assertThat(bed.engine().metadata().status()).isEqualTo(io.gds.database.EngineMetadata.Status.DEGRADED);
        assertThat(bed.facet(ReplicationAdmin.class).replicationStatus())
                .extracting(ReplicationStatus::role)
                .containsExactly(MemberRole.UNKNOWN, MemberRole.STANDBY, MemberRole.UNKNOWN);
    }

    private Document config() {
        Document config =
                bed.set().member("m1").run(new Document("replSetGetConfig", 1)).get("config", Document.class);
        config.remove("term"); // each election has its own
        return config;
    }
}
