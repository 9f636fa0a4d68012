package io.gds.engine.postgres.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gds.database.DatabaseEngine;
import io.gds.database.ReplicationAdmin;
import io.gds.database.core.Engines;
import io.gds.database.topology.Member;
import io.gds.samples.embedded.EmbeddedCluster;
import io.gds.samples.embedded.PostgresBinaries;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectFailoverTest {
    @Test
    void switchesOverWhileThePrimaryLivesAndFailsOverWhenItIsDead(@TempDir Path dir) throws Exception {
        try (EmbeddedCluster cluster = EmbeddedCluster.builder(PostgresBinaries.find())
                .version("17.9")
                .members(3)
                .name("direct")
                .start()) {
            Path spec = dir.resolve("direct.yaml");
            cluster.writeSpec(spec);
            try (DatabaseEngine engine = Engines.open(spec)) {
                ReplicationAdmin admin = engine.facet(ReplicationAdmin.class).orElseThrow();

                assertThat(admin.failover("n2").changed()).isTrue();
                assertThat(engine.topology().primary().map(Member::name)).contains("n2");
                cluster.awaitStreaming();
                assertThat(admin.failover("n2").changed()).isFalse();

                cluster.member("n2").kill();
                assertThat(admin.failover("n3").detail()).contains("n2, which is dead");
                assertThat(engine.topology().primary().map(Member::name)).contains("n3");
                assertThatThrownBy(() -> admin.failover("n2")).hasMessageContaining("GDS-FAILOVER-REFUSED");
            }
        }
    }
}
