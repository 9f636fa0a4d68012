package io.gds.engine.postgres.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.gds.database.error.Problem;
import io.gds.database.plan.Params;
import io.gds.database.spi.SpecFields;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HoldSpecTest {
    private final List<Problem> problems = new ArrayList<>();

    private List<HoldSpec> read(Object... holds) {
        return HoldSpec.read(SpecFields.of(Params.of("holds", List.of(holds)), problems));
    }

    @Test
    void bothKindsWithTheirDefaults() {
        List<HoldSpec> read = read(
                Map.of("type", "file", "path", "/run/orders/hold"),
                Map.of("type", "file", "path", "/run/orders/hold", "host", "app1", "user", "app", "instances", 3L),
                Map.of("type", "http", "url", "https://app2:8443/hold", "secret", "env:HOLD", "limit", "PT1M"));
        assertThat(problems).isEmpty();
        assertThat(read)
                .containsExactly(
                        new HoldSpec.ByFile(
                                "/run/orders/hold",
                                Optional.empty(),
                                Optional.empty(),
                                1,
                                Duration.ofSeconds(5),
                                Duration.ofSeconds(20)),
                        new HoldSpec.ByFile(
                                "/run/orders/hold",
                                Optional.of("app1"),
                                Optional.of("app"),
                                3,
                                Duration.ofSeconds(5),
                                Duration.ofSeconds(20)),
                        new HoldSpec.ByHttp(
                                URI.create("https://app2:8443/hold"),
                                "env:HOLD",
                                Duration.ofSeconds(5),
                                Duration.ofMinutes(1)));
        assertThat(HoldSpec.read(SpecFields.of(Params.empty(), problems))).isEmpty();
    }

    @Test
    void everyMistakeIsNamedAndNoSecretShown() {
        read(
                Map.of("type", "file", "path", "hold", "instances", 0L, "quiesce", "PT15S"),
                Map.of("type", "http", "url", "https://me:hunter2@app/hold", "secret", "hunter2"),
                Map.of("type", "carrier pigeon", "path", "/x"),
                Map.of("type", "http", "url", "https://app/hold", "secret", "env:A", "path", "/x"),
                Map.of("type", "http", "url", "https://app/hold", "secret", "env:A"));
        assertThat(problems)
                .extracting(p -> p.field() + ": " + p.found())
                .containsExactly(
                        "holds[0].path: \"hold\"",
                        "holds[0].instances: 0",
                        "holds[0].limit: PT20S",
                        "holds[1].url: *** before the host",
                        "holds[1].secret: ***",
                        "holds[2].type: \"carrier pigeon\"",
                        "holds[3].path: an unknown key",
                        "holds[4].url: https://app/hold again");
        assertThat(problems.toString()).doesNotContain("hunter2");
    }
}
