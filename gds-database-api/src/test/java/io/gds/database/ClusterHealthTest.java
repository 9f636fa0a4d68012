package io.gds.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.gds.database.plan.Finding;
import io.gds.database.topology.Member;
import io.gds.database.topology.MemberRole;
import io.gds.database.topology.Topology;
import io.gds.database.version.EngineVersion;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClusterHealthTest {
    private static final EngineVersion VERSION = EngineVersion.parse("17.2");

    private static Member answering(String name, MemberRole role) {
        return Member.named(name, name + ":5432").answered(role, VERSION).build();
    }

    private static ClusterHealth of(Member... members) {
        return ClusterHealth.of(new Topology("orders", "1", List.of(members), List.of(), Instant.EPOCH));
    }

    @Test
    void aClusterWithAPrimaryWhereEverybodyAnswersIsInOrder() {
        ClusterHealth well = of(answering("n1", MemberRole.PRIMARY), answering("n2", MemberRole.STANDBY));
        assertThat(well.isHealthy()).isTrue();
        assertThat(well).hasToString("in order");
        assertThat(of(answering("fleet", MemberRole.WRITABLE)).isHealthy()).isTrue();
    }

    @Test
    void whoeverIsSilentAndAMissingPrimaryAreNamed() {
        ClusterHealth ill = of(
                answering("n1", MemberRole.STANDBY),
                Member.named("n2", "n2:5432").build());
        assertThat(ill.isHealthy()).isFalse();
        assertThat(ill.trouble()).containsExactly("n2: it does not answer", "orders: nobody accepts writes");
        assertThat(ill.toString()).startsWith("not in order: n2");
    }

    @Test
    void whatAnEngineFoundIsSaidInItsWords() {
        Finding lag = Finding.warn("PG-LAG", "n2", "12 s behind", "5 s at most", "wait.");
        assertThat(ClusterHealth.of(List.of(lag)).trouble()).containsExactly("n2: 12 s behind; expected 5 s at most");
        assertThat(ClusterHealth.of(List.<Finding>of()).isHealthy()).isTrue();
    }
}
