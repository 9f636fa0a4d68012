package io.gds.samples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class QuickstartTest {
    private static final String LAST =
            "\\{\"status\":\"SUCCEEDED\",\"from\":\"17.9\",\"to\":\"17.11\",\"members\":3,\"acknowledged\":[1-9]\\d*,\"lost\":0,"
                    + "\"failed\":\\d+,\"writeGapMs\":\\d+,\"runSeconds\":[\\d.]+,\"report\":\"[^\"]+\"}";

    @Test
    void patchesARealClusterAndEndsWithOneLineOfJson() throws Exception {
        Path out = Path.of("target", "quickstart-test");
        assertThat(run(out)).last().asString().matches(LAST);
        assertThat(Files.readString(out.resolve("report.html")))
                .contains("17.11")
                .doesNotContain("http://");
    }

    @Test
    void aSynchronousClusterIsPatchedToo() throws Exception {
        assertThat(run(Path.of("target", "quickstart-sync"), "--synchronous"))
                .last()
                .asString()
                .matches(LAST);
    }

    @Test
    void orchestratorsThatAreKilledAreFollowedByOthersToTheSameEnd() throws Exception {
        List<String> lines = run(Path.of("target", "quickstart-chaos"), "--chaos", "7");
        assertThat(lines).last().asString().matches(LAST);
        assertThat(lines.stream().filter(l -> l.startsWith("chaos: killed"))).isNotEmpty();
        assertThat(lines.stream().filter(l -> l.contains("an earlier process died")))
                .isNotEmpty();
    }

    private static List<String> run(Path out, String... more) throws Exception {
        List<String> arguments = new ArrayList<>(
                List.of("-cp", Program.classPath(), "io.gds.samples.quickstart.Quickstart", "--out", out.toString()));
        arguments.addAll(List.of(more));
        return Program.run("java", arguments, Path.of("target", out.getFileName() + ".log"));
    }
}
