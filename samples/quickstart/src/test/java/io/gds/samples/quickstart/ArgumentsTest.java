package io.gds.samples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArgumentsTest {
    @Test
    void patchesThreePostgresServersUnlessToldOtherwise() {
        Arguments a = Arguments.parse(List.of());
        assertThat(a.engine()).isEqualTo(EngineName.POSTGRES);
        assertThat(a.members()).isEqualTo(3);
        assertThat(a.synchronous()).isFalse();
        assertThat(a.chaos()).isEmpty();
        assertThat(a.report()).isEqualTo(Path.of("target/quickstart-run/report.html"));
        assertThat(a.orchestrates()).isFalse();
    }

    @Test
    void engineIsChosenByName() {
        assertThat(Arguments.parse(List.of("--engine", "mongo")).engine()).isEqualTo(EngineName.MONGO);
        assertThat(Arguments.parse(List.of("--engine", "postgres")).engine()).isEqualTo(EngineName.POSTGRES);
    }

    @Test
    void orchestratorIsToldTheSame() {
        Arguments mongo = Arguments.parse(List.of("--engine", "mongo", "--members", "5", "--out", "there"))
                .orchestrating(new Task(Path.of("there/orders.yaml"), "6.0.27"));
        assertThat(Arguments.parse(mongo.toList())).isEqualTo(mongo);
        Arguments postgres =
                Arguments.parse(List.of("--synchronous")).orchestrating(new Task(Path.of("orders.yaml"), "17.11"));
        assertThat(Arguments.parse(postgres.toList())).isEqualTo(postgres);
    }

    @Test
    void mistakesAreNamedWithWhatWasExpected() {
        refused("--engine: found \"mysql\", expected postgres or mongo", "--engine", "mysql");
        refused("--engine needs a value", "--engine");
        refused("--members: found \"three\", expected a whole number", "--members", "three");
        refused("--chaos: found \"x\", expected a whole number", "--chaos", "x");
        refused("unknown argument --engin; known: --engine postgres|mongo, ", "--engin", "mongo");
        refused("--synchronous is for --engine postgres", "--engine", "mongo", "--synchronous");
    }

    private static void refused(String why, String... args) {
        assertThatThrownBy(() -> Arguments.parse(List.of(args)))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith(why);
    }
}
