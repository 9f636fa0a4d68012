package io.gds.database.core.internal.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RenderSamplesTest {
    @Test
    void x() throws Exception {
        Path dir = Files.createDirectories(Path.of("target/report-shots"));
        for (Map.Entry<String, ReportSource> e : Map.of("canary", SampleRuns.canarySuccess(), "back", SampleRuns.rolledBack(), "takeover", SampleRuns.takeover(), "unknown", SampleRuns.undetermined()).entrySet()) {
            Files.writeString(dir.resolve(e.getKey() + ".html"), HtmlReport.render(e.getValue()));
            Files.writeString(dir.resolve(e.getKey() + ".txt"), TextReport.render(e.getValue()));
            Files.writeString(dir.resolve(e.getKey() + ".json"), JsonReport.render(e.getValue()));
        }
        assertThat(dir).exists();
    }
}
