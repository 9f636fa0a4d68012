package io.gds.samples.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresBinariesTest {
    @Test
    void versionsAreSortedByNumber() {
        assertThat(PostgresBinaries.find().versions())
                .containsSubsequence("13.23", "14.24", "15.17", "15.19", "16.15", "17.9", "17.11", "18.6");
    }

    @Test
    void missingDirectorySaysHowToFillIt(@TempDir Path directory) {
        assertThatThrownBy(() -> PostgresBinaries.in(directory.resolve("none")))
                .hasMessageContaining("mvn -pl samples/embedded-cluster generate-test-resources");
        assertThatThrownBy(() -> PostgresBinaries.in(directory)).hasMessageContaining("No PostgreSQL jars");
    }

    @Test
    void unknownVersionNamesTheOnesThere(@TempDir Path directory) {
        PostgresBinaries binaries = PostgresBinaries.find();
        assertThatThrownBy(() -> binaries.unpack("17.99", directory)).hasMessageContaining("17.11");
    }

    @Test
    void twoAtOnceUnpackOneCompleteCopy(@TempDir Path directory) throws IOException {
        PostgresBinaries binaries = PostgresBinaries.find();

        List<Path> homes = IntStream.range(0, 2)
                .parallel()
                .mapToObj(i -> binaries.unpack("17.9", directory))
                .toList();

        assertThat(homes).containsOnly(directory.resolve("17.9"));
        assertThat(homes.get(0).resolve("bin/postgres")).isExecutable();
        try (DirectoryStream<Path> left = Files.newDirectoryStream(directory)) {
            assertThat(left).hasSize(1);
        }
    }
}
