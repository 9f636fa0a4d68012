package io.gds.samples.mongo;

import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bson.Document;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real replica set on this machine, each member a {@code mongod} of its own on 127.0.0.1. The process that made it owns it:
 * {@link #close} and the end of that process stop the servers and remove the work directory. Thread-safe.
 */
public final class ReplicaSet implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ReplicaSet.class);
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final String name;
    private final Path workDir;
    private final List<ReplicaSetMember> members;
    private final Thread hook;
    private final Access access;

    ReplicaSet(String name, Path workDir, Map<String, Integer> ports, Access access) {
        this.access = access;
        this.name = name;
        this.workDir = workDir;
        this.members = ports.entrySet().stream()
                .map(p -> new ReplicaSetMember(workDir, p.getKey(), p.getValue(), access))
                .toList();
        this.hook = new Thread(() -> remove(workDir), "replica-set-" + name);
    }

    /** Describes a new one. */
    public static ReplicaSetBuilder builder(MongodBinaries binaries) {
        return new ReplicaSetBuilder(binaries);
    }

    /** Removes what dead processes of this user have left in the temporary directory, servers included. */
    public static void sweep() {
        try (Stream<Path> all = Files.list(ReplicaSetBuilder.temporary())) {
            all.filter(d -> String.valueOf(d.getFileName()).startsWith(ReplicaSetBuilder.PREFIX))
                    .filter(d -> !Owner.of(d).map(Owner::isAlive).orElse(true))
                    .forEach(ReplicaSet::remove);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void own() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** The set's name. */
    public String name() {
        return name;
    }

    /** All members by name. */
    public List<ReplicaSetMember> members() {
        return members;
    }

    /** The member of this name, m1 for example. */
    public ReplicaSetMember member(String called) {
        return members.stream()
                .filter(m -> m.name().equals(called))
                .findFirst()
                .orElseThrow(() -> new ReplicaSetException("no member " + called + " among " + members));
    }

    /** The one member that says that it is the writable primary, asked just now; empty when none or several say so. */
    public Optional<ReplicaSetMember> findPrimary() {
        List<ReplicaSetMember> found = members.stream()
                .filter(m -> hello(m).map(h -> h.getBoolean("isWritablePrimary", false))
                        .orElse(false))
                .toList();
        return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
    }

    private static Optional<Document> hello(ReplicaSetMember m) {
        if (!m.isRunning()) {
            return Optional.empty();
        }
        try {
            return Optional.of(m.runWithoutLogin(new Document("hello", 1)));
        } catch (MongoException noAnswer) {
            return Optional.empty();
        }
    }

    /** The primary, awaited. */
    public ReplicaSetMember primary() {
        Await.until("one primary in " + name, PATIENCE, () -> findPrimary().isPresent() ? "" : "none, or several");
        return findPrimary().orElseThrow(() -> new ReplicaSetException("the primary of " + name + " has just gone"));
    }

    /** Waits until every member that runs sees every other one as primary, secondary or arbiter; one view alone may be stale. */
    public void awaitHealthy() {
        Await.until("all members of " + name + " in service", PATIENCE, () -> {
            Optional<ReplicaSetMember> primary = findPrimary();
            if (primary.isEmpty()) {
                return "no primary";
            }
            List<String> inSet =
                    seenBy(primary.get()).map(m -> m.getString("name")).toList();
            return members.stream()
                    .filter(m -> inSet.contains(m.address()) && m.isRunning() && tells(m))
                    .flatMap(ReplicaSet::notInService)
                    .collect(Collectors.joining(", "));
        });
    }

    /** An arbiter knows no users, so where servers ask for a login it tells nobody. */
    private boolean tells(ReplicaSetMember m) {
        return access.user().isEmpty()
                || hello(m).filter(h -> h.getBoolean("arbiterOnly", false)).isEmpty();
    }

    private static Stream<Document> seenBy(ReplicaSetMember m) {
        return m.run(new Document("replSetGetStatus", 1)).getList("members", Document.class).stream();
    }

    private static Stream<String> notInService(ReplicaSetMember by) {
        try {
            return seenBy(by)
                    .filter(m -> !List.of(1, 2, 7).contains(m.getInteger("state", 6)))
                    .map(m -> m.getString("name") + " is " + m.getString("stateStr") + " for " + by.name());
        } catch (MongoException noAnswer) {
            return Stream.of(by.name() + " does not tell: " + noAnswer.getMessage());
        }
    }

    /** What an application connects to, without its login. */
    public String uri() {
        return "mongodb://" + members.stream().map(ReplicaSetMember::address).collect(Collectors.joining(","))
                + "/?replicaSet=" + name;
    }

    /** A client of the whole set; the caller closes it. */
    public MongoClient connect() {
        return access.all(uri());
    }

    /** The directory that holds everything of this set. */
    public Path workDir() {
        return workDir;
    }

    /** The directory of installed versions, each a link named like {@code 6.0.5}. */
    public Path versionsDir() {
        return workDir.resolve("versions");
    }

    /** Writes the specification of this set for the patching library. */
    public void writeSpec(Path file) {
        StringBuilder text =
                new StringBuilder("engine: mongo\nname: ").append(name).append("\nenvironment: test\n");
        text.append("members:\n");
        for (ReplicaSetMember m : members) {
            text.append("  - {name: ")
                    .append(m.name())
                    .append(", host: 127.0.0.1, port: ")
                    .append(m.port());
            text.append(", configFile: ").append(m.configFile()).append("}\n");
        }
        text.append("packages: {type: directories, root: ").append(versionsDir());
        text.append(", link: \"").append(workDir).append("/{member}/current\"}\n");
        text.append("shell: {type: local}\n");
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new ReplicaSetException("cannot write " + file + ": " + e.getMessage(), e);
        }
    }

    /** Kills all servers and removes the work directory. */
    @Override
    public void close() {
        remove(workDir);
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            LOG.debug("the hook runs already");
        }
    }

    private static void remove(Path workDir) {
        Mongods.below(workDir).forEach(p -> {
            Mongods.signal(p, "CONT");
            Mongods.signal(p, "KILL");
        });
        Await.until(
                "no mongod below " + workDir,
                PATIENCE,
                () -> Mongods.below(workDir).isEmpty() ? "" : "some are left");
        if (!Files.isDirectory(workDir)) {
            return;
        }
        List<Path> files = new ArrayList<>();
        try (Stream<Path> all = Files.walk(workDir)) {
            all.sorted(Comparator.reverseOrder()).forEach(files::add);
            for (Path f : files) {
                Files.deleteIfExists(f);
            }
        } catch (IOException e) {
            throw new ReplicaSetException("cannot remove " + workDir + ": " + e.getMessage(), e);
        }
    }

    @Override
    public String toString() {
        return name + " " + members;
    }
}
