package io.gds.samples.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Starts a one-member cluster in a process of its own, which then ends in the way named by the first argument. */
final class OtherProcess {
    private OtherProcess() {}

    /** Runs the other process to its end and returns the work directory of the cluster it started. */
    static Path start(String ending) throws IOException {
        Path directory = Files.createTempDirectory("other-process");
        try {
            Path answer = directory.resolve("answer");
            Commands.run(
                    directory,
                    List.of(
                            Path.of(System.getProperty("java.home", ""), "bin/java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-D" + PostgresBinaries.JARS_PROPERTY + "="
                                    + System.getProperty(PostgresBinaries.JARS_PROPERTY, ""),
                            "-cp",
                            System.getProperty("java.class.path", ""),
                            OtherProcess.class.getName(),
                            ending,
                            answer.toString()));
            return Path.of(Files.readString(answer));
        } finally {
            Trees.delete(directory);
        }
    }

    @SuppressWarnings("MustBeClosed")
    public static void main(String[] arguments) throws IOException {
        EmbeddedCluster cluster = EmbeddedCluster.builder(PostgresBinaries.find())
                .version("17.9")
                .members(1)
                .start();
        Files.writeString(Path.of(arguments[1]), cluster.workDir().toString());
        switch (arguments[0]) {
            case "exit" -> System.exit(0);
            case "halt" -> Runtime.getRuntime().halt(0);
            case "detach" -> cluster.detach();
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }
}
