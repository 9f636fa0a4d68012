package io.gds.engine.mssql.linux;

import static org.assertj.core.api.Assertions.assertThat;

import io.gds.database.DatabaseEngine;
import io.gds.database.core.Engines;
import io.gds.database.plan.ClusterRef;
import io.gds.database.plan.Params;
import io.gds.database.spi.RollingVerbs;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The library's own package managers take the settings that the engine fills in; nothing is connected to. */
class RealPackagesTest {
    @ParameterizedTest
    @ValueSource(strings = {"apt", "dnf"})
    void theSettingsOfTheEngineAreThoseOfTheLibrary(String type) {
        Params target = Params.of("server", "sql01", "user", "gds", "secret", "env:SQL_PASSWORD")
                .with("environment", "test");
        Params spec = Params.of("name", "orders", "group", "ag1")
                .with("targets", List.of(target))
                .with("shell", Params.of("type", "local"))
                .with("packages", Params.of("type", type))
                .with("pacemaker", Params.of("resource", "ag_cluster-clone"));
        try (DatabaseEngine engine = Engines.load().open(new ClusterRef("mssql", "orders", spec))) {
            assertThat(engine.facet(RollingVerbs.class)).isPresent();
            assertThat(engine.facet(RollingVerbs.class).orElseThrow().downloads())
                    .isTrue();
        }
    }
}
