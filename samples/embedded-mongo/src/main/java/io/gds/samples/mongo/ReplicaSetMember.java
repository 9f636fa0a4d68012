package io.gds.samples.mongo;

import com.mongodb.MongoException;
import com.mongodb.ReadPreference;
import com.mongodb.client.MongoClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.OptionalLong;
import org.bson.Document;

/** One server of a replica set. Holds no state of its own: every answer is looked up. Thread-safe. */
public final class ReplicaSetMember {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int LOG_TAIL = 3000;

    private final Path home;
    private final Path versions;
    private final String name;
    private final int port;
    private final Access access;

    ReplicaSetMember(Path workDir, String name, int port, Access access) {
        this.access = access;
        this.home = workDir.resolve(name);
        this.versions = workDir.resolve("versions");
        this.name = name;
        this.port = port;
    }

    public String name() {
        return name;
    }

    public int port() {
        return port;
    }

    /** {@code host:port}, as the set's configuration names it. */
    public String address() {
        return "127.0.0.1:" + port;
    }

    /** The directory of this member's files. */
    public Path home() {
        return home;
    }

    public Path dataDir() {
        return home.resolve("data");
    }

    public Path configFile() {
        return home.resolve("mongod.conf");
    }

    public Path logFile() {
        return home.resolve("mongod.log");
    }

    /** The link to the installed version: what the next {@link #start} runs. */
    public Path currentLink() {
        return home.resolve("current");
    }

    /** The version the link points to. */
    public String installedVersion() {
        try {
            return String.valueOf(Files.readSymbolicLink(currentLink()).getFileName());
        } catch (IOException e) {
            throw new ReplicaSetException("cannot read " + currentLink() + ": " + e.getMessage(), e);
        }
    }

    /** Points the link to another installed version, in one step. The running server keeps what it runs. */
    public void install(String version) {
        Path target = versions.resolve(version);
        if (!Files.isDirectory(target)) {
            throw new ReplicaSetException("version " + version + " is not in " + versions);
        }
        try {
            Path next = home.resolve(".current-next");
            Files.deleteIfExists(next);
            Files.createSymbolicLink(next, target);
            Files.move(next, currentLink(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new ReplicaSetException("cannot point " + currentLink() + ": " + e.getMessage(), e);
        }
    }

    /** The server's process; empty when it is down. */
    public OptionalLong pid() {
        return Mongods.with(configFile());
    }

    public boolean isRunning() {
        return pid().isPresent();
    }

    /**
     * Starts the installed version and returns when it answers; whether it has found its set by then is another matter.
     *
     * @throws ReplicaSetException when it does not come up, with the end of its log
     */
    public void start() {
        try {
            Process process = new ProcessBuilder(
                            currentLink().resolve("bin/mongod").toString(),
                            "--config",
                            configFile().toString(),
                            "--fork")
                    .redirectErrorStream(true)
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.onExit().join().exitValue() != 0) {
                throw new ReplicaSetException(name + " with version " + installedVersion() + " did not start: "
                        + said.strip() + "\n" + logTail());
            }
        } catch (IOException e) {
            throw new ReplicaSetException("cannot start " + name + ": " + e.getMessage(), e);
        }
    }

    /** Stops it by its own command, at once and whatever role it has, and returns when no process is left. */
    public void shutDown() {
        try {
            run(new Document("shutdown", 1).append("timeoutSecs", 0).append("force", true));
        } catch (MongoException answerLost) {
            // The socket closes when it obeys; whether it did is looked up.
        }
        awaitDown();
    }

    /** Kills it like a crash does and returns when no process is left. */
    public void kill() {
        pid().ifPresent(p -> Mongods.signal(p, "KILL"));
        awaitDown();
    }

    /** Freezes its process where it stands. */
    public void pause() {
        pid().ifPresent(p -> Mongods.signal(p, "STOP"));
    }

    /** Lets a frozen process go on. */
    public void unpause() {
        pid().ifPresent(p -> Mongods.signal(p, "CONT"));
    }

    private void awaitDown() {
        Await.until(name + " is down", PATIENCE, () -> isRunning() ? "its process is there" : "");
    }

    /** The answer of this very server to a command, whatever its role. */
    public Document run(Document command) {
        try (MongoClient client = connect()) {
            return client.getDatabase("admin").runCommand(command, ReadPreference.nearest());
        }
    }

    /** The same without a login: to a server that knows no users, and whatever needs none. */
    Document runWithoutLogin(Document command) {
        try (MongoClient client = access.withoutLogin().one(address())) {
            return client.getDatabase("admin").runCommand(command, ReadPreference.nearest());
        }
    }

    /** A client of this very server; the caller closes it. */
    public MongoClient connect() {
        return access.one(address());
    }

    /** The version that runs, by the server's own word. */
    public String runningVersion() {
        return run(new Document("buildInfo", 1)).getString("version");
    }

    /** The end of its log, or why it cannot be read. */
    public String logTail() {
        try {
            byte[] log = Files.readAllBytes(logFile());
            int from = Math.max(0, log.length - LOG_TAIL);
            return new String(log, from, log.length - from, StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            return "(no log: " + e.getMessage() + ")";
        }
    }

    @Override
    public String toString() {
        return name + "@" + address();
    }
}
