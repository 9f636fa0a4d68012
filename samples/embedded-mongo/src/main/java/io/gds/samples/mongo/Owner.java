package io.gds.samples.mongo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The process that answers for a work directory, named by id and start so that a reused id is no match. */
record Owner(long pid, String start) {
    private static final String FILE = "owner";

    static Owner self() {
        return new Owner(ProcessHandle.current().pid(), start(ProcessHandle.current()));
    }

    private static String start(ProcessHandle process) {
        return process.info().startInstant().map(String::valueOf).orElse("?");
    }

    /** Empty when this is no work directory, or one in the making. */
    static Optional<Owner> of(Path workDir) {
        try {
            String[] words = Files.readString(workDir.resolve(FILE)).strip().split(" ", -1);
            return Optional.of(new Owner(Long.parseLong(words[0]), words[1]));
        } catch (IOException | RuntimeException notOurs) {
            return Optional.empty();
        }
    }

    boolean isAlive() {
        return ProcessHandle.of(pid).map(p -> start(p).equals(start)).orElse(false);
    }

    void write(Path workDir) throws IOException {
        Files.writeString(workDir.resolve(FILE), pid + " " + start + "\n");
    }
}
