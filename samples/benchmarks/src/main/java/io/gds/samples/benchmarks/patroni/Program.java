package io.gds.samples.benchmarks.patroni;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Programs that come along as resources, and the running of them. */
final class Program {
    private Program() {}

    /** A new directory beside the details of a patch. */
    static Path directory(Path details) throws IOException {
        return Files.createTempDirectory(details.toAbsolutePath().resolveSibling(""), details.getFileName() + "-");
    }

    /** A resource of this package as a file, beside the details of the patch that needs it. */
    static Path unpack(String name, Path details) throws IOException {
        Path file = directory(details).resolve(name);
        try (InputStream in = Program.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("no resource " + name);
            }
            Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
        }
        return file;
    }

    /** Runs to the end; what it says goes to the file. */
    static void run(List<String> command, Map<String, String> settings, Path output)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(output.toFile());
        builder.environment().putAll(settings);
        Process process = builder.start();
        try {
            if (!process.waitFor(10, TimeUnit.MINUTES)) {
                throw new IllegalStateException("not finished after 10 minutes: " + command + "; see " + output);
            }
        } finally {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
        }
        if (process.exitValue() != 0) {
            throw new IllegalStateException(command + " exited with " + process.exitValue() + "; see " + output);
        }
    }
}
