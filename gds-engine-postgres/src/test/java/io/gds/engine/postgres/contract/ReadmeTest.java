package io.gds.engine.postgres.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.gds.database.DatabaseEngine;
import io.gds.database.core.Engines;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What the README says of this engine is what the engine says of itself. */
class ReadmeTest {
    private static final String BARE =
            """
            engine: postgres
            name: readme
            environment: test
            connection: {database: app, user: postgres, password: "env:PGPASSWORD"}
            members:
              - {name: a, host: localhost, port: 5432, dataDir: /data}
            """;

    private static final String FULL = BARE
            + """
            packages: {type: directories, root: /opt/postgresql, link: "/opt/postgresql/{member}/current"}
            shell: {type: local}
            """;

    @Test
    void namesEveryAbilityAndWhatItNeeds() throws Exception {
        String table = Files.readString(Path.of("..", "README.md"));
        try (DatabaseEngine full = Engines.open(FULL, "full.yaml");
                DatabaseEngine bare = Engines.open(BARE, "bare.yaml")) {
            assertThat(full.facets()).hasSize(10).allSatisfy(f -> assertThat(table)
                    .contains("`" + f.getSimpleName() + "`"));
            full.facets().stream().filter(f -> !bare.facets().contains(f)).forEach(f -> assertThat(
                            table.lines().filter(l -> l.contains("`" + f.getSimpleName() + "`")))
                    .singleElement()
                    .asString()
                    .contains("with `shell` and `packages`"));
        }
    }
}
