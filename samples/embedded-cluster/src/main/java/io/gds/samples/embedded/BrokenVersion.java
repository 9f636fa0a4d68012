package io.gds.samples.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A version whose server does not start. {@code pg_ctl} looks for the {@code postgres} next to itself, following links, asks it with
 * {@code -V} and refuses one of another version than its own: so the real {@code pg_ctl} is copied next to a failing {@code postgres} that
 * claims the real version, and the outer directory answers the new one. Stateless.
 */
final class BrokenVersion {
    private BrokenVersion() {}

    static void install(Layout layout, String version) throws IOException {
        Path real = layout.versions().resolve(layout.version()).toRealPath();
        Path home = layout.versions().resolve(version);
        Path partial = layout.versions().resolve("." + version + "-" + Trees.randomName(6));
        Trees.directory(partial, Trees.OPEN_DIRECTORY);
        Path inner = Trees.directory(partial.resolve("inner"), Trees.OPEN_DIRECTORY);
        for (Path top : new Path[] {partial, inner}) {
            Trees.directory(top.resolve("bin"), Trees.OPEN_DIRECTORY);
            Files.createSymbolicLink(top.resolve("lib"), real.resolve("lib"));
            Files.createSymbolicLink(top.resolve("share"), real.resolve("share"));
        }
        program(partial.resolve("bin/postgres"), failing(version, version));
        program(inner.resolve("bin/postgres"), failing(layout.version(), version));
        Files.copy(real.resolve("bin/pg_ctl"), inner.resolve("bin/pg_ctl"));
        Files.setPosixFilePermissions(inner.resolve("bin/pg_ctl"), Trees.OPEN_DIRECTORY);
        program(partial.resolve("bin/pg_ctl"), passing("pg_ctl", version, home.resolve("inner/bin/pg_ctl")));
        program(partial.resolve("bin/initdb"), passing("initdb", version, real.resolve("bin/initdb")));
        // A directory moves onto nothing, or fails: an installed version is never replaced.
        Files.move(partial, home);
    }

    private static String failing(String claimed, String version) {
        return """
                case "$1" in
                  -V|--version) echo "postgres (PostgreSQL) %s"; exit 0 ;;
                esac
                echo "FATAL:  this build of PostgreSQL %s is broken on purpose" >&2
                exit 1
                """
                .formatted(claimed, version);
    }

    private static String passing(String name, String version, Path target) {
        return """
                case "$1" in
                  -V|--version) echo "%s (PostgreSQL) %s"; exit 0 ;;
                esac
                exec "%s" "$@"
                """
                .formatted(name, version, target);
    }

    private static void program(Path file, String script) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + script);
        Files.setPosixFilePermissions(file, Trees.OPEN_DIRECTORY);
    }
}
