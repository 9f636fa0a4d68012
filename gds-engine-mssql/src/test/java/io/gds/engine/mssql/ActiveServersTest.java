package io.gds.engine.mssql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.plan.ClusterRef;
import io.gds.database.plan.Params;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ActiveServersTest {
    private static Params server(String name, boolean active) {
        return Params.of("name", name, "isActive", active);
    }

    private static Params target(String server, String environment) {
        return Params.of("server", server, "user", "gds", "secret", "env:P").with("environment", environment);
    }

    private static ClusterRef fleet(Params... targets) {
        return new ClusterRef("mssql", "fleet", Params.of("targets", List.of(targets)));
    }

    @Test
    void eachServerIsAsTheNewestRunHadIt() {
        SqlTargets targets = SqlTargets.ofActive(
                List.of(server("SQL01", true), server("SQL02", true)),
                Stream.of(
                        fleet(target("sql01", "production")),
                        fleet(target("SQL01", "test"), target("SQL02", "test").with("instance", "A"))));
        assertThat(targets.names()).containsExactly("sql01", "SQL02\\A");
        assertThat(targets.spec().toString()).contains("production", "env:P");
    }

    @Test
    void whoeverWasTakenOutStaysOut() {
        SqlTargets targets = SqlTargets.ofActive(
                List.of(server("SQL01", false), server("SQL02", true)),
                Stream.of(fleet(target("SQL01", "test"), target("SQL02", "test"))));
        assertThat(targets.names()).containsExactly("SQL02");
    }

    @Test
    void otherEnginesServersAreNotMeantAndNoMorePlansAreReadThanNeeded() {
        AtomicInteger read = new AtomicInteger();
        Stream<ClusterRef> clusters = Stream.of(
                        new ClusterRef("postgres", "orders", Params.of("members", List.of())),
                        fleet(target("SQL01", "test")),
                        fleet(target("SQL01", "old")))
                .peek(c -> read.incrementAndGet());
        assertThat(SqlTargets.ofActive(List.of(server("SQL01", true)), clusters).names())
                .containsExactly("SQL01");
        assertThat(read).hasValue(2);
    }

    @Test
    void noneIsToldWithTheWayOut() {
        assertThatThrownBy(() -> SqlTargets.ofActive(List.of(server("pg1", true)), Stream.of()))
                .isInstanceOf(GdsDatabaseException.class)
                .hasMessageContaining("found no active server")
                .hasMessageContaining("activate");
    }
}
