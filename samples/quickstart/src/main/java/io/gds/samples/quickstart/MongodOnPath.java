package io.gds.samples.quickstart;

import io.gds.samples.mongo.MongodBinaries;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The one {@code mongod} that a shell would run. */
final class MongodOnPath {
    private static final Pattern VERSION = Pattern.compile("db version v(\\d+\\.\\d+\\.\\d+)\\s");

    private MongodOnPath() {}

    /**
     * Lays a link to it, so that it lies as the versions of a directory do.
     *
     * @param searchPath like the environment variable PATH
     * @param directory where the link goes; need not exist
     */
    static Optional<MongodBinaries> find(String searchPath, Path directory) {
        return Stream.of(searchPath.split(File.pathSeparator, -1))
                .filter(each -> !each.isBlank())
                .map(each -> Path.of(each).resolve("mongod").toAbsolutePath())
                .filter(p -> Files.isRegularFile(p) && Files.isExecutable(p))
                .findFirst()
                .map(program -> lay(program, directory));
    }

    private static MongodBinaries lay(Path program, Path directory) {
        try {
            Path bin = directory.resolve(version(program)).resolve("bin");
            Files.createDirectories(bin);
            Files.createSymbolicLink(bin.resolve("mongod"), program);
            return MongodBinaries.in(directory);
        } catch (IOException e) {
            throw new UsageException(program + ", found on PATH, cannot be used: " + e.getMessage(), e);
        }
    }

    private static String version(Path program) throws IOException {
        Process process = new ProcessBuilder(program.toString(), "--version")
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Matcher m = VERSION.matcher(said + "\n");
        if (process.onExit().join().exitValue() != 0 || !m.find()) {
            throw new UsageException(program + " --version, found on PATH, said \"" + said.strip()
                    + "\", expected a line such as \"db version v6.0.27\"");
        }
        return m.group(1);
    }
}
