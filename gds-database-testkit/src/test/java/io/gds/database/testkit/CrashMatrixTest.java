package io.gds.database.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.gds.database.run.RunStatus;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CrashMatrixTest {
    static Stream<Arguments> stories() {
        return Stream.of(
                Arguments.of("plain", new Stories.Plain(f -> {}), RunStatus.SUCCEEDED),
                Arguments.of("approved canary", new Stories.ApprovedCanary(), RunStatus.SUCCEEDED),
                Arguments.of(
                        "second member fails",
                        new Stories.Plain(f -> f.startFails("n3", "1.1")),
                        RunStatus.ROLLED_BACK),
                Arguments.of(
                        "former primary fails",
                        new Stories.Plain(f -> f.startFails("n1", "1.1")),
                        RunStatus.ROLLED_BACK),
                Arguments.of("taken back", new Stories.TakenBack(), RunStatus.ROLLED_BACK),
                Arguments.of("cancelled", new Stories.Cancelled(), RunStatus.CANCELLED));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("stories")
    void everyDeathEndsAsNoDeathDoes(String name, Scenario story, RunStatus end) {
        CrashMatrix.Result result = CrashMatrix.of(story).run().requireAllPassed();
        assertThat(result.status()).isEqualTo(end);
        assertThat(result.cases()).isGreaterThan(100);
    }
}
