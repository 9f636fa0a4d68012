package io.gds.engine.mssql.internal.config;

import io.gds.database.spi.SpecFields;
import java.util.Optional;

/**
 * Where copies of databases are tried out.
 *
 * @param target the instance, which is none of the cluster's
 * @param folder where backups lie meanwhile, as both servers see it, without a separator at its end
 */
public record SandboxSpec(TargetSpec target, String folder) {
    private static final String FOLDER = "\\\\\\\\[^\\\\/:*?\"<>|]+(\\\\[^\\\\/:*?\"<>|]+)+\\\\*|(/[^/\\\\]+)+/*";

    static Optional<SandboxSpec> read(SpecFields spec) {
        return spec.optionalObject("sandbox").map(SandboxSpec::of);
    }

    private static SandboxSpec of(SpecFields f) {
        f.only("server", "instance", "port", "authentication", "user", "secret", "folder");
        String expected = "a folder of a file server that both instances may use, such as \\\\files\\clones";
        String folder = f.text("folder", expected);
        if (!folder.isEmpty() && !folder.matches(FOLDER)) {
            f.wrong("folder", "\"" + folder + "\"", expected + "; a drive is another one on every host");
        }
        return new SandboxSpec(TargetFields.sandbox(f), folder.replaceFirst("[/\\\\]+$", ""));
    }
}
