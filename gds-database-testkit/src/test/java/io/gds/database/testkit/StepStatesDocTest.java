package io.gds.database.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.gds.database.run.StepState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Draws the one table of legal edges; run with -Dgds.docs.write=true after a change and commit what it wrote. */
class StepStatesDocTest {
    private static String drawn() {
        StringBuilder out = new StringBuilder("# Where a step stands\n\n");
        out.append("Drawn from `StepState.legalNext()` by `StepStatesDocTest`; do not edit.\n\n");
        out.append("```mermaid\nstateDiagram-v2\n    [*] --> PLANNED\n");
        for (StepState from : StepState.values()) {
            new TreeSet<>(from.legalNext()).forEach(to -> out.append("    " + from + " --> " + to + "\n"));
        }
        return out.append("```\n").toString();
    }

    @Test
    void theDiagramIsFresh() throws IOException {
        Path doc = Path.of("..", "docs", "step-states.md");
        if (Boolean.getBoolean("gds.docs.write")) {
            Files.createDirectories(doc.resolveSibling("."));
            Files.writeString(doc, drawn());
        }
        assertThat(doc).as("run with -Dgds.docs.write=true and commit").exists();
        assertThat(Files.readString(doc)).isEqualTo(drawn());
    }
}
