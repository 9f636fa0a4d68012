package io.gds.samples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gds.samples.mongo.MongodBinaries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With programs that only pretend to be servers. */
class MongodChoiceTest {
    @TempDir
    private Path dir;

    @Test
    void theTwoNewestOfTheNewestSeriesThatHasTwo() {
        assertThat(MongodChoice.choose(List.of("4.4.2", "5.0.4", "6.0.5", "6.0.27")))
                .isEqualTo(new Versions("6.0.5", "6.0.27"));
        assertThat(MongodChoice.choose(List.of("6.0.4", "6.0.5", "6.0.27", "7.0.1")))
                .isEqualTo(new Versions("6.0.5", "6.0.27"));
        assertThat(MongodChoice.choose(List.of("7.0.1", "7.0.2", "70.0.2"))).isEqualTo(new Versions("7.0.1", "7.0.2"));
    }

    @Test
    void withoutSuchASeriesTheNewestIsAllThereIsToSee() throws IOException {
        assertThat(MongodChoice.choose(List.of("5.0.4", "6.0.27"))).isEqualTo(new Versions("6.0.27", "6.0.27"));
        program(dir.resolve("6.0.27/bin"), "db version v6.0.27");
        MongodBinaries one = MongodBinaries.in(dir);
        assertThat(new MongodChoice(one, MongodChoice.choose(one.versions())).isPatch())
                .isFalse();
    }

    @Test
    void theFirstOnPathIsTaken() throws IOException {
        Path first = program(dir.resolve("first"), "db version v6.0.27\nBuild Info: {}");
        program(dir.resolve("second"), "db version v5.0.4");
        String path = dir.resolve("missing") + "::" + dir.resolve("first") + ":" + dir.resolve("second");
        MongodBinaries found = MongodOnPath.find(path, dir.resolve("laid")).orElseThrow();
        assertThat(found.versions()).containsExactly("6.0.27");
        assertThat(found.home("6.0.27").resolve("bin/mongod").toRealPath()).isEqualTo(first.toRealPath());
    }

    @Test
    void whatOnPathIsNoReleaseIsRefusedByName() throws IOException {
        Path odd = program(dir.resolve("odd"), "db version v7.0.0-rc1");
        assertThatThrownBy(() -> MongodOnPath.find(odd.getParent().toString(), dir.resolve("laid")))
                .isInstanceOf(UsageException.class)
                .hasMessage(odd + " --version, found on PATH, said \"db version v7.0.0-rc1\", expected a line such as"
                        + " \"db version v6.0.27\"");
        assertThat(MongodOnPath.find("", dir.resolve("laid"))).isEmpty();
    }

    private static Path program(Path directory, String says) throws IOException {
        Path file = Files.createDirectories(directory).resolve("mongod");
        Files.writeString(file, "#!/bin/sh\ncat <<'END'\n" + says + "\nEND\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
        return file;
    }
}
