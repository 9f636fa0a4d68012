package io.gds.engine.mssql.internal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.gds.database.error.Problem;
import io.gds.database.plan.Params;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BackupSpecTest {
    private static final Params SPEC = Params.of(
            "name",
            "fleet",
            "targets",
            List.of(Params.of("server", "SQL01", "user", "gds", "secret", "env:SQL")
                    .with("environment", "test")
                    .asMap()));

    private static Params with(Params backup) {
        return SPEC.with("backup", backup.asMap());
    }

    @Test
    void nothingIsAskedUnlessSaid() {
        assertThat(MssqlSpec.of(SPEC).backup()).isEqualTo(new BackupSpec(Optional.empty(), Optional.empty()));
        assertThat(MssqlSpec.of(with(Params.empty())).backup())
                .isEqualTo(new BackupSpec(Optional.empty(), Optional.empty()));
    }

    @Test
    void eachAgeStandsByItself() {
        assertThat(MssqlSpec.of(with(Params.of("maxAge", "P1D"))).backup())
                .isEqualTo(new BackupSpec(Optional.of(Duration.ofDays(1)), Optional.empty()));
        assertThat(MssqlSpec.of(with(Params.of("checkDbMaxAge", "PT26H"))).backup())
                .isEqualTo(new BackupSpec(Optional.empty(), Optional.of(Duration.ofHours(26))));
    }

    @Test
    void everyMistakeIsNamed() {
        assertThat(MssqlSpec.check(with(Params.of("maxAge", "1 day", "checkDbMaxAge", "PT0S", "type", "command"))))
                .extracting(Problem::field, Problem::found)
                .containsExactlyInAnyOrder(
                        tuple("backup.type", "an unknown key"),
                        tuple("backup.maxAge", "\"1 day\""),
                        tuple("backup.checkDbMaxAge", "\"PT0S\""));
        assertThat(MssqlSpec.check(SPEC.with("backup", "P1D")))
                .extracting(Problem::field, Problem::found)
                .containsExactly(tuple("backup", "a text"));
    }
}
