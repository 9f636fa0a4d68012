package io.gds.engine.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.gds.samples.mongo.MongodBinaries;
import io.gds.samples.mongo.MongodSource;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.DockerClientFactory;

/** What comes out of an image runs on this host; the image itself needs a Docker engine, and is tried where there is one. */
class DockerMongodsTest {
    @TempDir
    Path home;

    @Test
    void isFound() {
        assertThat(ServiceLoader.load(MongodSource.class)).hasOnlyElementsOfType(DockerMongods.class);
    }

    @Test
    void offersNothingWhereDockerDoesNotAnswer() {
        assumeThat(DockerClientFactory.instance().isDockerAvailable())
                .as("Docker answers here")
                .isFalse();
        assertThat(new DockerMongods(home).home()).isEmpty();
        assertThat(home).isEmptyDirectory();
    }

    /** By a real program of this host in place of the image's. */
    @Test
    void whatIsCopiedRunsWithItsLibraries() throws Exception {
        Path sh = Path.of("/bin/sh").toRealPath();
        DockerMongods.lay(
                home.resolve("6.0.5"),
                run("ldd", sh.toString()) + "\tlibssl.so.3 => " + sh + "/../libssl.so.3 (0x00)\n",
                (inside, here) -> Files.copy(inside.equals("/usr/bin/mongod") ? sh : Path.of("/etc/hostname"), here));
        try (Stream<Path> lib = Files.list(home.resolve("6.0.5/lib"))) {
            assertThat(lib.map(p -> p.getFileName().toString())).containsExactly("libssl.so.3");
        }
        assertThat(MongodBinaries.in(home).versions()).containsExactly("6.0.5");
        Path starter = MongodBinaries.in(home).home("6.0.5").resolve("bin/mongod");
        assertThat(run(starter.toString(), "-c", "cat /proc/$$/comm; echo $LD_LIBRARY_PATH"))
                .isEqualTo("mongod\n" + home.toRealPath() + "/6.0.5/lib\n");
    }

    private static String run(String... command) throws Exception {
        Process p =
                new ProcessBuilder(List.of(command)).redirectErrorStream(true).start();
        return new String(p.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
