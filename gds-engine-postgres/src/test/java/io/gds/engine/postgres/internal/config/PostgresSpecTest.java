package io.gds.engine.postgres.internal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gds.database.error.InvalidSpecException;
import io.gds.database.error.Problem;
import io.gds.database.plan.Params;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PostgresSpecTest {
    private static Params connection() {
        return Params.of("database", "app", "user", "postgres", "password", "env:PGPASSWORD");
    }

    private static Params member(String name, int port) {
        return Params.of(Map.of("name", name, "host", "127.0.0.1", "port", port, "dataDir", "/x/" + name));
    }

    private static Params good() {
        return Params.of(Map.of(
                "engine",
                "postgres",
                "name",
                "orders",
                "environment",
                "production",
                "connection",
                connection(),
                "members",
                List.of(member("n1", 5001), member("n2", 5002))));
    }

    private static List<String> fields(Params spec) {
        return PostgresSpec.check(spec).stream().map(Problem::field).toList();
    }

    @Test
    void clonesUnderPatroniNeedALoginAndRoom() {
        Params patroni = Params.of("name", "orders", "environment", "test")
                .with("connection", Params.of("database", "app", "user", "app", "password", "env:PW"))
                .with("members", List.of(Params.of("name", "n1", "host", "h1", "port", 5432)))
                .with("patroni", Params.of("scope", "orders"));
        Params clone = Params.of("user", "replicator", "password", "env:REPLICATION");
        assertThat(fields(patroni.with("clone", clone))).isEmpty();
        assertThat(PostgresSpec.of(patroni.with("clone", clone)).clones()).hasValueSatisfying(c -> {
            assertThat(c.host()).isEmpty();
            assertThat(c.directory()).isEmpty();
            assertThat(c.replication()).contains(new CloneSpec.Replication("replicator", "env:REPLICATION"));
        });
        assertThat(fields(patroni.with(
                        "clone",
                        Params.of("host", "h/2", "portRange", "20000-20002", "password", "geheim")
                                .with("directry", "/x"))))
                .containsExactlyInAnyOrder(
                        "clone.directry",
                        "clone.host",
                        "clone.directory",
                        "clone.portRange",
                        "clone.user",
                        "clone.password");
        assertThat(fields(patroni.with("clone", clone.with("directory", "/srv/100%"))))
                .containsExactly("clone.directory");
    }

    @Test
    void smallestSpecHasDefaults() {
        PostgresSpec spec = PostgresSpec.of(good());

        assertThat(spec.endpoint()).containsExactly(new HostPort("127.0.0.1", 5001), new HostPort("127.0.0.1", 5002));
        assertThat(spec.connection().connectTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(spec.connection().sslMode()).isEqualTo("prefer");
        assertThat(spec.isProduction()).isTrue();
        assertThat(spec.packages()).isEmpty();
        assertThat(spec.shell()).isEmpty();
        assertThat(spec.clones()).isEmpty();
        assertThatThrownBy(() -> spec.member("n9")).hasMessageContaining("n1, n2");
    }

    @Test
    void everythingThatMayBeThereIsRead() {
        PostgresSpec spec = PostgresSpec.of(good().with("endpoint", "db.example.org:5432, [::1]:6432")
                .with("shell", Params.of("type", "local", "user", "postgres"))
                .with("packages", Params.of("type", "directories", "root", "/opt/pg"))
                .with("clone", Params.of("directory", "/var/tmp", "portRange", "20000-20010")));

        assertThat(spec.endpoint()).containsExactly(new HostPort("db.example.org", 5432), new HostPort("::1", 6432));
        assertThat(HostPort.jdbc(spec.endpoint())).isEqualTo("db.example.org:5432,[::1]:6432");
        assertThat(spec.serverUser()).contains("postgres");
        assertThat(spec.packages().orElseThrow().string("root")).isEqualTo("/opt/pg");
        assertThat(spec.clones())
                .contains(new CloneSpec(Optional.empty(), Optional.of("/var/tmp"), 20000, 20010, Optional.empty()));
    }

    @Test
    void allMistakesAreNamedAtOnce() {
        Map<String, Object> bad = new TreeMap<>();
        bad.put("engine", "postgre");
        bad.put("enviroment", "test");
        bad.put(
                "connection",
                Params.of("database", "", "password", "hunter2", "sslMode", "yes")
                        .with("connectTimeout", "5s"));
        bad.put("endpoint", "nowhere");
        bad.put(
                "members",
                List.of(
                        Params.of("name", "a b", "host", "h/..?x", "port", 70000)
                                .with("dataDir", "x"),
                        member("n1", 5001),
                        member("n1", 5001)));
        bad.put("shell", "local");
        bad.put("packages", Params.of("root", "/opt"));
        bad.put("clone", Params.of("portRange", "9-1"));

        assertThat(fields(Params.of(bad)))
                .containsExactlyInAnyOrder(
                        "enviroment",
                        "engine",
                        "name",
                        "environment",
                        "connection.database",
                        "connection.user",
                        "connection.password",
                        "connection.sslMode",
                        "connection.connectTimeout",
                        "members[0].name",
                        "members[0].host",
                        "members[0].port",
                        "members[0].dataDir",
                        "members[2].name",
                        "members[2].port",
                        "endpoint",
                        "packages.type",
                        "shell",
                        "clone.portRange",
                        "clone.directory");
        assertThatThrownBy(() -> PostgresSpec.of(Params.of(bad))).isInstanceOf(InvalidSpecException.class);
    }

    @Test
    void unknownKeySuggestsTheNearest() {
        assertThat(PostgresSpec.check(good().with("enpoint", "x:1")))
                .singleElement()
                .satisfies(p -> {
                    assertThat(p.expected()).isEqualTo("perhaps \"endpoint\"");
                    assertThat(p.location()).isEqualTo("/enpoint");
                });
    }

    @Test
    void literalPasswordIsRefusedAndNotShown() {
        List<Problem> problems =
                PostgresSpec.check(good().with("connection", connection().with("password", "hunter2")));

        assertThat(problems).singleElement().satisfies(p -> {
            assertThat(p.field()).isEqualTo("connection.password");
            assertThat(p.toString()).doesNotContain("hunter2");
        });
    }

    @Test
    void wrongShapesAreProblemsAndNotExceptions() {
        assertThat(fields(good().with("members", "n1"))).containsExactly("members");
        assertThat(fields(good().with("members", List.of("n1")))).containsExactly("members[0]");
        assertThat(fields(good().with("connection", true))).containsExactly("connection");
        assertThat(fields(good().with("name", 7))).containsExactly("name");
        assertThat(fields(Params.empty())).containsExactlyInAnyOrder("name", "environment", "connection", "members");
    }
}
