package io.gds.samples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.gds.samples.embedded.EmbeddedCluster;
import io.gds.samples.embedded.PostgresBinaries;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class JShellScriptTest {
    @Test
    void theScriptPatchesARealCluster(@TempDir Path dir) throws Exception {
        Path script = Path.of("..", "jshell", "patch.jsh").toAbsolutePath().normalize();
        try (EmbeddedCluster cluster = EmbeddedCluster.builder(PostgresBinaries.find())
                .version(Quickstart.FROM)
                .alsoInstalled(Quickstart.TO)
                .members(2)
                .name("shell")
                .start()) {
            Path spec = dir.resolve("shell.yaml");
            cluster.writeSpec(spec);
            List<String> lines = Program.run(
                    "jshell",
                    List.of(
                            "--class-path",
                            Program.classPath(),
                            "-R-Dspec=" + spec,
                            "-R-Dto=" + Quickstart.TO,
                            "-R-Ddir=" + dir,
                            script.toString()),
                    dir.resolve("log"));
            assertThat(lines).anyMatch(l -> l.startsWith("SUCCEEDED"));
            assertThat(Files.readString(dir.resolve("report.html"))).contains("Succeeded");
        }
    }
}
