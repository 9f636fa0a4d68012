package io.gds.engine.mssql.internal.windows;

import static java.util.Objects.requireNonNull;

import io.gds.database.plan.Params;
import java.util.List;

/**
 * What a host is to do by itself, at most once.
 *
 * @param key its identity: whoever asks for a job of the same key gets this one
 * @param description for whoever finds its task on the host
 * @param packages files that must be what they were, by path and SHA-256, right before anything is started
 * @param programs what is started, one after the other; the last one is {@code setup}
 */
public record Job(String key, String description, List<Checked> packages, List<Program> programs) {
    private static final String KEY = "[A-Za-z0-9._-]{1,120}";

    /**
     * A file that must be what it was.
     *
     * @param path where it lies on the host
     * @param sha256 its SHA-256 in lower-case hexadecimal
     */
    public record Checked(String path, String sha256) {}

    /**
     * A program.
     *
     * @param phase what the job's state says while it runs
     * @param file its path on the host
     * @param arguments its arguments, as one command line
     */
    public record Program(String phase, String file, String arguments) {}

    /** Checks and copies the parts. */
    public Job {
        requireNonNull(description, "description");
        if (!key.matches(KEY)) {
            throw new IllegalArgumentException("job key \"" + key + "\": expected " + KEY);
        }
        packages = List.copyOf(packages);
        programs = List.copyOf(programs);
    }

    /** The job as its runner reads it. */
    Params document() {
        return Params.of(
                "packages",
                packages.stream()
                        .map(p -> Params.of("path", p.path(), "sha256", p.sha256()))
                        .toList(),
                "programs",
                programs.stream()
                        .map(p -> Params.of("phase", p.phase(), "file", p.file(), "arguments", p.arguments()))
                        .toList());
    }
}
