package io.gds.samples.embedded;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Stops whatever runs in a work directory and removes it. Stateless; two at once on the same directory do no harm. */
final class Teardown {
    static final String PREFIX = "gds-";

    private static final Pattern NAME = Pattern.compile(PREFIX + "[a-z0-9]{6}");
    private static final Duration FAST = Duration.ofSeconds(10);
    private static final Duration IMMEDIATE = Duration.ofSeconds(5);
    private static final Duration KILLED = Duration.ofSeconds(10);
    private static final Duration DETACHED_LIFETIME = Duration.ofHours(6);

    private Teardown() {}

    static void remove(Path workDir) {
        try {
            stop(workDir);
            Mounts.unmountBelow(workDir);
            Trees.delete(workDir);
        } catch (IOException e) {
            throw new EmbeddedClusterException("Cannot remove " + workDir + ": " + e.getMessage(), e);
        }
    }

    private static void stop(Path workDir) throws IOException {
        // All at once: a fast stop of the primary waits for its standbys, and they go down just now.
        if (signalled(workDir, "INT", FAST) || signalled(workDir, "QUIT", IMMEDIATE)) {
            return;
        }
        Await.until("every process in " + workDir + " is gone", KILLED, () -> {
            List<Long> left = Processes.postgresIn(workDir);
            left.forEach(Processes::kill);
            return Await.missing(left.isEmpty(), left.toString());
        });
    }

    private static boolean signalled(Path workDir, String signal, Duration limit) throws IOException {
        for (long postmaster : postmasters(workDir)) {
            // Built into the shell: a separate kill program is not everywhere. It may have ended meanwhile, so the
            // answer is moot.
            Commands.run(workDir, List.of("/bin/sh", "-c", "kill -" + signal + " " + postmaster));
        }
        return Await.whether(limit, () -> Processes.postgresIn(workDir).isEmpty());
    }

    private static List<Long> postmasters(Path workDir) throws IOException {
        List<Long> found = new ArrayList<>();
        try (DirectoryStream<Path> homes = Files.newDirectoryStream(workDir)) {
            for (Path home : homes) {
                Path data = home.resolve("data");
                Path file = data.resolve("postmaster.pid");
                if (!Files.isRegularFile(file)) {
                    continue;
                }
                List<String> lines = Files.readAllLines(file);
                if (!lines.isEmpty() && lines.get(0).strip().matches("\\d{1,10}")) {
                    long pid = Long.parseLong(lines.get(0).strip());
                    if (Processes.isPostgresIn(pid, data)) {
                        found.add(pid);
                    }
                }
            }
        }
        return found;
    }

    /** Removes the work directories of this user whose owner is dead, and those detached long ago. */
    static List<Path> sweep(Path parent) {
        List<Path> removed = new ArrayList<>();
        try (DirectoryStream<Path> candidates = Files.newDirectoryStream(parent, PREFIX + "*")) {
            for (Path candidate : candidates) {
                if (isLeftOver(candidate)) {
                    remove(candidate);
                    removed.add(candidate);
                }
            }
        } catch (IOException e) {
            throw new EmbeddedClusterException("Cannot list " + parent + ": " + e.getMessage(), e);
        }
        return removed;
    }

    private static boolean isLeftOver(Path candidate) {
        try {
            if (!NAME.matcher(String.valueOf(candidate.getFileName())).matches()
                    || !Files.isDirectory(candidate, LinkOption.NOFOLLOW_LINKS)
                    || !String.valueOf(Files.getAttribute(candidate, "unix:uid", LinkOption.NOFOLLOW_LINKS))
                            .equals(ServerUser.effectiveUid())) {
                return false;
            }
            Owner owner = Owner.read(candidate);
            if (owner.isDetached()) {
                Instant since = Files.getLastModifiedTime(Owner.file(candidate)).toInstant();
                return since.isBefore(Instant.now().minus(DETACHED_LIFETIME));
            }
            return !owner.isAlive();
        } catch (IOException notOurs) {
            return false;
        }
    }
}
