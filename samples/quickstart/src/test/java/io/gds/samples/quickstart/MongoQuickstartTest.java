package io.gds.samples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.gds.samples.mongo.MongodBinaries;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MongoQuickstartTest {
    @TempDir
    private Path dir;

    private static MongodBinaries binaries() {
        var found = MongodBinaries.find();
        Assumptions.assumeTrue(found.isPresent(), "no mongod: name a directory by " + MongodBinaries.HOME_VARIABLE);
        return found.orElseThrow();
    }

    @Tag("slow")
    @Test
    void patchesARealReplicaSetAndEndsWithOneLineOfJson() throws Exception {
        MongodBinaries all = binaries();
        Versions v = MongodChoice.choose(all.versions());
        Consumer<ProcessBuilder> named = b -> b.environment()
                .put(
                        MongodBinaries.HOME_VARIABLE,
                        all.home(v.from()).resolve("..").toString());
        Assumptions.assumeFalse(v.from().equals(v.to()), "no series with two patch releases");
        Path out = Path.of("target", "quickstart-mongo");
        assertThat(run(out, named, 0))
                .last()
                .asString()
                .matches("\\{\"status\":\"SUCCEEDED\",\"from\":\"" + v.from() + "\",\"to\":\"" + v.to()
                        + "\",\"members\":3,\"acknowledged\":[1-9]\\d*,\"lost\":0,\"failed\":\\d+,\"writeGapMs\":\\d+,"
                        + "\"runSeconds\":[\\d.]+,\"report\":\"[^\"]+\"}");
        assertThat(Files.readString(out.resolve("report.html"))).contains(v.to());
    }

    @Tag("slow")
    @Test
    void oneVersionOnPathIsShownAndNothingIsPatched() throws Exception {
        MongodBinaries all = binaries();
        String version = MongodChoice.choose(all.versions()).to();
        List<String> lines =
                run(dir.resolve("out"), onPath(all.home(version).resolve("bin") + ":" + System.getenv("PATH")), 0);
        assertThat(lines)
                .contains("up to date: all 3 members run " + version + " already")
                .anyMatch(l -> l.startsWith("nothing was patched") && l.endsWith(MongodChoice.WANTED));
        assertThat(lines)
                .last()
                .isEqualTo("{\"status\":\"UP_TO_DATE\",\"from\":\"" + version + "\",\"to\":\"" + version
                        + "\",\"members\":3}");
    }

    @Test
    void withoutAnyMongodOneLineSaysWhatIsMissing() throws Exception {
        assertThat(run(dir.resolve("out"), onPath(dir.toString()), UsageException.EXIT_CODE))
                .singleElement()
                .asString()
                .isEqualTo("no mongod: GDS_MONGOD_HOME is not set, and there is none on PATH. " + MongodChoice.WANTED)
                .contains("GDS_MONGOD_HOME", "VERSION/bin/mongod");
    }

    @Test
    void directoryWithoutVersionsIsNamed() throws Exception {
        Consumer<ProcessBuilder> empty = b -> b.environment()
                .put(MongodBinaries.HOME_VARIABLE, dir.resolve("nothing").toString());
        assertThat(run(dir.resolve("out"), empty, UsageException.EXIT_CODE))
                .singleElement()
                .asString()
                .isEqualTo("no VERSION/bin/mongod in " + dir.resolve("nothing")
                        + "; name another directory by GDS_MONGOD_HOME");
    }

    private Consumer<ProcessBuilder> onPath(String path) {
        return b -> {
            b.environment().remove(MongodBinaries.HOME_VARIABLE);
            b.environment().put("PATH", path);
        };
    }

    private List<String> run(Path out, Consumer<ProcessBuilder> surroundings, int exitCode) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("-cp", Program.classPath()));
        arguments.addAll(List.of("io.gds.samples.quickstart.Quickstart", "--engine", "mongo", "--out", out.toString()));
        return Program.run("java", arguments, dir.resolve("log"), surroundings, exitCode);
    }
}
