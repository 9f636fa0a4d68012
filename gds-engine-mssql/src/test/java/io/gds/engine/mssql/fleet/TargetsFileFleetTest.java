package io.gds.engine.mssql.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.gds.database.DatabaseEngine;
import io.gds.database.core.Engines;
import io.gds.database.core.Journal;
import io.gds.database.core.RollingPatcher;
import io.gds.database.error.GdsDatabaseException;
import io.gds.database.error.InvalidSpecException;
import io.gds.database.error.Problem;
import io.gds.database.plan.ClusterRef;
import io.gds.database.plan.Params;
import io.gds.database.plan.Plan;
import io.gds.database.topology.Member;
import io.gds.engine.mssql.HotfixRequest;
import io.gds.engine.mssql.SqlTargets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A fleet whose instances stand in a file of their own. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TargetsFileFleetTest {
    private static final String FLEET =
            """
            engine: mssql
            name: fleet
            targetsFile: lists/sql_targets.json
            encryption: {mode: "false", trustAny: true}
            packages: {root: 'D:\\packages'}
            """;
    private static final String TARGETS =
            """
            {"targets": [
              {"server": "127.0.0.1", "instance": null, "port": %d, "authentication": "sql", "user": "gds",
               "secret": "file:%s", "tags": ["wave1"], "environment": "test", "enabled": true},
              {"server": "127.0.0.1", "instance": "SALES", "port": 1, "authentication": "kerberos", "environment": "test",
               "enabled": false}
            ]}
            """;

    @TempDir
    Path directory;

    private Path spec(String text) throws IOException {
        return Files.writeString(directory.resolve("fleet.yaml"), text);
    }

    private Path targets(String json) throws IOException {
        Files.createDirectories(directory.resolve("lists"));
        return Files.writeString(directory.resolve("lists/sql_targets.json"), json);
    }

    private String targetsOf(OneServer server) {
        return TARGETS.formatted(server.instance.server().port(), directory.resolve("password"));
    }

    @Test
    void anEngineIsOpenedByItAndPlansTakeInWhatIsEnabled() throws Exception {
        try (OneServer server = new OneServer(directory)) {
            targets(targetsOf(server));
            String shell =
                    "shell: {type: winrm, transport: http, port: %d, user: Administrator, password: \"file:%s\"}\n"
                            .formatted(server.winRm.port(), directory.resolve("password"));
            try (DatabaseEngine fleet = Engines.open(spec(FLEET + shell));
                    RollingPatcher patcher = RollingPatcher.create(Journal.sqlite(directory.resolve("runs.db")))) {
                assertThat(fleet.topology().members())
                        .extracting(Member::name, m -> m.attributes().get("enabled"))
                        .containsExactly(tuple("127.0.0.1", "true"), tuple("127.0.0.1\\SALES", "false"));
                Plan plan = patcher.plan(fleet, HotfixRequest.of("the test", OneServer.MAPPING));
                assertThat(plan.findings()).isEmpty();
                assertThat(plan.asRunbook())
                        .contains("install SQLServer2022-KB5048038-x64.exe on 127.0.0.1")
                        .doesNotContain("SALES");
            }
            assertThat(server.instance.refused()).isEmpty();
        }
    }

    @Test
    void aReferenceHoldsTheTargetsAndNeedsTheFileNoMore() throws Exception {
        try (OneServer server = new OneServer(directory)) {
            Path file = targets(targetsOf(server));
            ClusterRef reference = Engines.load().read(spec(FLEET));
            Files.delete(file);
            assertThat(reference.spec().has("targetsFile")).isFalse();
            assertThat(reference.spec().objects("targets")).hasSize(2);
            try (DatabaseEngine fleet = Engines.load().open(reference)) {
                assertThat(fleet.topology().members())
                        .extracting(Member::reachable)
                        .containsExactly(true, false);
            }
        }
    }

    @Test
    void aProgramMayPutThemIntoASpecOfItsOwn() throws Exception {
        try (OneServer server = new OneServer(directory)) {
            SqlTargets read = SqlTargets.of(targets(targetsOf(server)));
            assertThat(read.names()).containsExactly("127.0.0.1", "127.0.0.1\\SALES");
            assertThat(read.enabledNames()).containsExactly("127.0.0.1");
            ClusterRef whole = Engines.load().read(spec(FLEET));
            ClusterRef own = new ClusterRef("mssql", "fleet", whole.spec().with(read.spec()));
            assertThat(own).isEqualTo(whole);
            assertThat(read.spec().asMap()).containsOnlyKeys("targets");
            try (DatabaseEngine fleet = Engines.load().open(own)) {
                assertThat(fleet.topology().members())
                        .extracting(Member::reachable)
                        .containsExactly(true, false);
            }
        }
    }

    @Test
    void mistakesInTheFileAreToldByItsOwnLines() throws IOException {
        Path file = targets(TARGETS.formatted(0, "x").replace("\"SALES\"", "\"SALES\",\n\"colour\": \"red\""));
        InvalidSpecException refused = catchThrowableOfType(
                InvalidSpecException.class, () -> Engines.load().read(spec(FLEET)));
        assertThat(refused).hasMessageContaining(file + " has 2 mistakes");
        assertThat(refused.problems())
                .extracting(Problem::location)
                .containsExactly("line 2, /targets/0/port", "line 5, /targets/1/colour");
    }

    @Test
    void aSecretOfAnUnknownKindIsFoundInTheFileToo() throws IOException {
        targets(TARGETS.formatted(1433, "x").replace("file:x", "hunter:2"));
        assertThatThrownBy(() -> Engines.load().read(spec(FLEET)))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("targets[0].secret: found ***")
                .hasMessageNotContaining("hunter:2");
    }

    @Test
    void aFileThatIsNotThereIsNamed() throws IOException {
        GdsDatabaseException refused = catchThrowableOfType(
                GdsDatabaseException.class, () -> Engines.load().read(spec(FLEET)));
        assertThat(refused.code()).isEqualTo("GDS-FILE");
        assertThat(refused).hasMessageContaining(directory.resolve("lists/sql_targets.json") + ": NoSuchFileException");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "targetsFile: 7 | \"7\" | a text",
                "targetsFile: ' ' | an empty text | a text",
                "targetsFile: [a, b] | a list | a text",
            })
    void aNameIsAText(String line, String found, String expected) throws IOException {
        assertThatThrownBy(() -> Engines.load().read(spec(FLEET.replace("targetsFile: lists/sql_targets.json", line))))
                .isInstanceOfSatisfying(InvalidSpecException.class, e -> assertThat(e.problems())
                        .containsExactly(new Problem("fleet.yaml line 3", "targetsFile", found, expected)));
    }

    @Test
    void targetsStandInOnePlace() throws IOException {
        String both = FLEET + "targets: [{server: A, user: sa, secret: \"env:P\", environment: test}]\n";
        assertThatThrownBy(() -> Engines.load().read(spec(both)))
                .isInstanceOfSatisfying(InvalidSpecException.class, e -> assertThat(e.problems())
                        .containsExactly(new Problem(
                                "fleet.yaml line 3", "targetsFile", "a file besides targets", "one of the two")));
    }

    @Test
    void aReferenceThatOnlyNamesAFileIsRefused() {
        ClusterRef reference = new ClusterRef("mssql", "fleet", Params.of("targetsFile", "sql_targets.json"));
        assertThatThrownBy(() -> Engines.load().open(reference))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("targetsFile: found \"sql_targets.json\", expected targets");
    }
}
