package io.gds.engine.mssql.internal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.gds.database.error.Problem;
import io.gds.database.plan.Params;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FailoverNodesTest {
    private static final Params SPEC = Params.of(
            "name",
            "fleet",
            "targets",
            List.of(Params.of("server", "SQLVIRT", "user", "gds", "secret", "env:SQL")
                    .with("environment", "test")
                    .asMap()));

    private static Params with(Map<String, Object> cluster) {
        return SPEC.with("failoverCluster", cluster);
    }

    @Test
    void aNodeIsReachedByItsNameUnlessSaid() {
        assertThat(MssqlSpec.of(SPEC).nodes().address("SQLN1")).isEqualTo("SQLN1");
        FailoverNodes nodes = MssqlSpec.of(with(Map.of("nodes", Map.of("sqln1", "10.0.0.11"))))
                .nodes();
        assertThat(nodes.address("SQLN1")).isEqualTo("10.0.0.11");
        assertThat(nodes.address("SQLN2")).isEqualTo("SQLN2");
    }

    @Test
    void everyMistakeIsNamed() {
        assertThat(MssqlSpec.check(with(Map.of(
                        "nodes", Map.of("SQL N1", "10.0.0.11", "SQLN2", "http://10.0.0.12/"), "owner", "SQLN2"))))
                .extracting(Problem::field, Problem::found)
                .containsExactlyInAnyOrder(
                        tuple("failoverCluster.owner", "an unknown key"),
                        tuple("failoverCluster.nodes.SQL N1", "\"SQL N1\""),
                        tuple("failoverCluster.nodes.SQLN2", "\"http://10.0.0.12/\""));
    }
}
