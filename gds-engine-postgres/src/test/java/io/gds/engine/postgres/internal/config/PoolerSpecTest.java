package io.gds.engine.postgres.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.gds.database.error.Problem;
import io.gds.database.plan.Params;
import io.gds.database.spi.SpecFields;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PoolerSpecTest {
    private final List<Problem> problems = new ArrayList<>();

    private List<PoolerSpec> poolers(Params... poolers) {
        return PoolerSpec.read(SpecFields.of(Params.of("poolers", List.of(poolers)), problems));
    }

    private static Params minimal(String name, int port) {
        return Params.of("name", name, "host", "pool1", "port", port)
                .with(Params.of("databases", "app", "user", "adm", "password", "env:POOLER_PASSWORD"));
    }

    @Test
    void readsWhatIsThere() {
        List<PoolerSpec> read = poolers(
                minimal("a", 6432),
                minimal("b", 6433)
                        .with("databases", List.of("app", "App-2"))
                        .with("sslMode", "verify-full")
                        .with("configFile", "/etc/pgbouncer/b.ini")
                        .with("shell", Params.of("type", "ssh", "user", "postgres"))
                        .with("pauseLimit", "PT15S"));
        assertThat(problems).isEmpty();
        assertThat(read.get(0).address()).isEqualTo(new HostPort("pool1", 6432));
        assertThat(read.get(0).databases()).containsExactly("app");
        assertThat(read.get(0).pauseLimit()).isEmpty();
        assertThat(read.get(1).databases()).containsExactly("app", "App-2");
        assertThat(read.get(1).pauseLimit()).contains(Duration.ofSeconds(15));
        assertThat(read.get(1).shell().orElseThrow().string("user")).isEqualTo("postgres");
    }

    @Test
    void noPoolersAreNoMistake() {
        assertThat(PoolerSpec.read(SpecFields.of(Params.empty(), problems))).isEmpty();
        assertThat(HaproxySpec.read(SpecFields.of(Params.empty(), problems))).isEmpty();
        assertThat(problems).isEmpty();
    }

    @Test
    void everyMistakeIsNamedAndNoPasswordShown() {
        poolers(
                minimal("a", 6432).with("password", "hunter2").with("pauseLimt", "PT1S"),
                minimal("a", 6432)
                        .with("databases", List.of("*"))
                        .with("configFile", "pgbouncer.ini")
                        .with("pauseLimit", "PT0.2S")
                        .with("shell", Params.of("user", "postgres")));
        assertThat(problems)
                .extracting(Problem::field)
                .containsExactlyInAnyOrder(
                        "poolers[0].pauseLimt",
                        "poolers[0].password",
                        "poolers[1].name",
                        "poolers[1].port",
                        "poolers[1].databases",
                        "poolers[1].configFile",
                        "poolers[1].pauseLimit",
                        "poolers[1].shell.type");
        assertThat(problems.toString()).doesNotContain("hunter2").contains("perhaps \"pauseLimit\"");
    }

    @Test
    void readsProxies() {
        List<HaproxySpec> read = HaproxySpec.read(
                SpecFields.of(Params.of("haproxies", List.of(Params.of("host", "lb1", "proxy", "primary"))), problems));
        assertThat(problems).isEmpty();
        assertThat(read.get(0).configFile()).isEqualTo("/etc/haproxy/haproxy.cfg");
    }
}
