package io.gds.database.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.plan.ClusterRef;
import io.gds.database.plan.Estimates;
import io.gds.database.plan.Params;
import io.gds.database.plan.Plan;
import io.gds.database.plan.Step;
import io.gds.database.plan.StepId;
import io.gds.database.run.RunEvent;
import io.gds.database.run.RunId;
import io.gds.database.run.RunStatus;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportsTest {
    private static final RunId RUN = RunId.of("r1");
    private static final Instant T0 = Instant.parse("2026-03-03T21:00:00Z");
    private static final Plan PLAN = Plan.of(
                    "rolling-patch", "Patch", new ClusterRef("fake", "c1", Params.empty()), "f")
            .step(Step.of("n1:stop", "member.stop@1", "n1").title("Stop n1").build())
            .step(Step.of("n2:stop", "member.stop@1", "n2").title("Stop n2").build())
            .estimates(Estimates.of("history", Map.of(StepId.of("n1:stop"), Duration.ofSeconds(5))))
            .build();

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    private static RunEvent run(int second, RunEvent.Type type, Params data) {
        return RunEvent.ofRun(RUN, second + 1L, T0.plusSeconds(second), type, data);
    }

    private static RunEvent step(int second, RunEvent.Type type, String step, Params data) {
        return RunEvent.ofStep(RUN, second + 1L, T0.plusSeconds(second), type, step, data);
    }

    private String written() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void writesTheWholeFileOrNothing(@TempDir Path dir) throws Exception {
        RunRecord record = new RunRecord(RUN, PLAN, RunStatus.RUNNING, T0, List.of());
        Path file = dir.resolve("report.html");
        Files.writeString(file, "old");

        Reports.writeHtml(record, file);

        assertThat(file).content().isEqualTo(Reports.html(record)).contains("Patch");
        assertThat(dir).isDirectoryContaining(p -> p.equals(file));
        try (var left = Files.list(dir)) {
            assertThat(left).containsExactly(file);
        }
        assertThatThrownBy(() -> Reports.writeHtml(record, dir.resolve("absent/report.html")))
                .isInstanceOf(GdsDatabaseException.class)
                .extracting(e -> ((GdsDatabaseException) e).code())
                .isEqualTo("GDS-REPORT-WRITE");
    }

    @Test
    void withoutATerminalEveryEventIsALineWithElapsedAndEstimate() {
        ConsoleProgress p = ConsoleProgress.on(out, false, PLAN);
        p.onEvent(run(0, RunEvent.Type.LEASE_TAKEN, Params.of("holder", "ops-1")));
        p.onEvent(step(1, RunEvent.Type.STEP_INTENT, "n1:stop", Params.empty()));
        p.onEvent(step(5, RunEvent.Type.STEP_VERIFIED, "n1:stop", Params.empty()));
        p.refresh(T0.plusSeconds(6));

        assertThat(written()).doesNotContain("\u001b");
        assertThat(written().lines())
                .containsExactly(
                        "21:00:00  +0 ms       run r1 driven by ops-1",
                        "21:00:01  +1 s        n1:stop  begins, about 5 s",
                        "21:00:05  +5 s        n1:stop  done (took 4 s)");
    }

    @Test
    void onATerminalMembersKeepTheirLine() {
        ConsoleProgress p = ConsoleProgress.on(out, true, PLAN);
        p.onEvent(step(0, RunEvent.Type.STEP_INTENT, "n1:stop", Params.empty()));
        bytes.reset();
        p.refresh(T0.plusSeconds(3));

        assertThat(written()).startsWith("\u001b[?7l\u001b[2A").endsWith("\u001b[?7h");
        assertThat(drawn()).startsWith("▸ n1       running   3 s       Stop n1 (about 5 s)", "  n2       –");
    }

    @Test
    void onATerminalImportantLinesStayAboveTheBoard() {
        ConsoleProgress p = ConsoleProgress.on(out, true, PLAN);
        p.onEvent(step(0, RunEvent.Type.STEP_INTENT, "n1:stop", Params.empty()));
        bytes.reset();
        p.onEvent(step(2, RunEvent.Type.STEP_FAILED, "n1:stop", Params.of("reason", "it hangs\u001b[2J\nbadly")));

        assertThat(drawn())
                .startsWith(
                        "21:00:02  +2 s        n1:stop  FAILED: it hangs?[2J badly",
                        "  n1       FAILED    2 s       Stop n1 · it hangs?[2J badly",
                        "  n2       –");
    }

    @Test
    void jsonLinesAreOneObjectEach() {
        JsonLinesListener l = JsonLinesListener.to(bytes);
        l.onEvent(run(0, RunEvent.Type.LEASE_TAKEN, Params.of("holder", "a\nb")));
        l.onEvent(step(1, RunEvent.Type.STEP_INTENT, "n1:stop", Params.of("facts", Params.of("x", 1))));

        assertThat(written().lines())
                .containsExactly(
                        "{\"run\":\"r1\",\"seq\":1,\"at\":\"2026-03-03T21:00:00Z\",\"type\":\"LEASE_TAKEN\",\"step\":null,"
                                + "\"data\":{\"holder\":\"a\\nb\"}}",
                        "{\"run\":\"r1\",\"seq\":2,\"at\":\"2026-03-03T21:00:01Z\",\"type\":\"STEP_INTENT\","
                                + "\"step\":\"n1:stop\",\"data\":{\"facts\":{\"x\":1}}}");
    }

    private List<String> drawn() {
        return List.of(written().replaceAll("\u001b\\[\\??\\d*[a-zA-Z]|\r", "").split("\n", -1));
    }
}
