package io.gds.samples.embedded;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.OptionalLong;
import java.util.Properties;

/**
 * Who answers for a work directory: a process, named by id, start and boot so that a reused id is no match, or nobody when detached.
 * The file's presence marks a directory as ours. Immutable.
 */
record Owner(long pid, long startTicks, String bootId) {
    private static final String FILE = "owner";
    private static final String KIND = "gds-embedded-cluster";
    private static final Owner DETACHED = new Owner(0, 0, "");

    static Owner self() {
        long pid = ProcessHandle.current().pid();
        OptionalLong start = Processes.startTicks(pid);
        return new Owner(pid, start.orElse(0), Processes.bootId());
    }

    static Owner detached() {
        return DETACHED;
    }

    boolean isDetached() {
        return pid == 0;
    }

    boolean isAlive() {
        OptionalLong start = Processes.startTicks(pid);
        return start.isPresent()
                && start.getAsLong() == startTicks
                && Processes.bootId().equals(bootId);
    }

    void write(Path workDir) throws IOException {
        Properties properties = new Properties();
        properties.setProperty("kind", KIND);
        properties.setProperty("pid", Long.toString(pid));
        properties.setProperty("start", Long.toString(startTicks));
        properties.setProperty("boot", bootId);
        StringWriter text = new StringWriter();
        properties.store(text, null);
        Path next = workDir.resolve("." + FILE);
        Files.writeString(next, text.toString());
        Files.move(next, workDir.resolve(FILE), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    static Path file(Path workDir) {
        return workDir.resolve(FILE);
    }

    /** @throws IOException when there is no such file, or it is not one of ours */
    static Owner read(Path workDir) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(workDir.resolve(FILE))) {
            properties.load(reader);
        }
        if (!KIND.equals(properties.getProperty("kind", ""))) {
            throw new IOException(workDir + " is no work directory of an embedded cluster");
        }
        try {
            return new Owner(
                    Long.parseLong(properties.getProperty("pid", "")),
                    Long.parseLong(properties.getProperty("start", "")),
                    properties.getProperty("boot", ""));
        } catch (NumberFormatException e) {
            throw new IOException("Broken owner file in " + workDir, e);
        }
    }
}
