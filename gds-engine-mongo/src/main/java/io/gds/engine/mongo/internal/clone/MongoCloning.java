package io.gds.engine.mongo.internal.clone;

import io.gds.database.CloneRequest;
import io.gds.database.Cloning;
import io.gds.database.ClusterClone;
import io.gds.database.error.GdsDatabaseException;
import io.gds.database.plan.Params;
import io.gds.database.spi.CloneDirectory;
import io.gds.database.spi.CloneOwner;
import io.gds.database.spi.EngineContext;
import io.gds.engine.mongo.internal.MongoEngine;
import io.gds.engine.mongo.internal.config.CloneSpec;
import io.gds.engine.mongo.internal.config.MongoSpec;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bson.Document;

/** Clones of a set, as sets of one isolated member on the host of this process. Thread-safe. */
public final class MongoCloning implements Cloning, AutoCloseable {
    /** What its only member is called. */
    static final String MEMBER = "clone";

    private final MongoEngine engine;
    private final Opener opener;
    /** One open engine for each clone, since steps ask for theirs again and again. */
    private final Map<String, MongoClone> open = new HashMap<>();

    /** Opens a clone as an engine of its own. */
    @FunctionalInterface
    public interface Opener {
        /** Opens the set of a spec. */
        MongoEngine open(MongoSpec spec, EngineContext context);
    }

    /** Clones of a set. */
    public MongoCloning(MongoEngine engine, Opener opener) {
        this.engine = engine;
        this.opener = opener;
    }

    private Path parent() {
        return Path.of(
                engine.spec().clones().directory().orElseGet(() -> System.getProperty("java.io.tmpdir", "/tmp")));
    }

    private CloneDirectory directory(String id) {
        return CloneDirectory.of(parent(), engine.name(), id);
    }

    /**
     * {@inheritDoc}
     *
     * <p>The files of a member that can be spared are copied while it is locked: it serves reads meanwhile, and catches up
     * afterwards. The copy knows nothing of the set any more before it is started as a set of its own.
     */
    @Override
    public ClusterClone cloneCluster(CloneRequest request) {
        sweepClones();
        CloneSource source = CloneSource.of(engine);
        CloneDirectory dir = directory(request.id());
        if (dir.exists()) {
            throw refused(engine, "clone " + request.id() + " exists already");
        }
        CloneNote note = CloneNote.draft(
                engine.name(),
                CloneOwner.thisProcess(request.owned()),
                spec(dir, request.id(), freePort(request.id())),
                source.member());
        dir.create(note.document(), "rwx------");
        boolean made = false;
        try {
            MongoClone clone = open(request.id()).orElseThrow();
            clone.make(source, request.timeout());
            made = true;
            return clone;
        } finally {
            if (!made) {
                open(request.id()).ifPresent(ClusterClone::close);
            }
        }
    }

    private Params spec(CloneDirectory dir, String id, int port) {
        Params source = engine.reference().spec();
        Params clone = Params.of("environment", "clone", "replicaSet", "gds-clone-" + id)
                .with("shell", source.object("shell"))
                .with(
                        "packages",
                        source.object("packages").with("link", dir.link().toString()))
                .with(
                        "members",
                        List.of(Params.of("name", MEMBER, "host", "127.0.0.1", "port", port)
                                .with(
                                        "configFile",
                                        dir.path().resolve("mongod.conf").toString())));
        // nobody but this host reaches it, so it has no certificate
        return source.has("connection")
                ? clone.with("connection", source.object("connection").with("tls", false))
                : clone;
    }

    /** Looked for from a place of the clone's own, since two processes that begin at the same one find the same port. */
    private int freePort(String id) {
        CloneSpec s = engine.spec().clones();
        int ports = s.lastPort() - s.firstPort() + 1;
        int from = Math.floorMod(id.hashCode(), ports);
        for (int i = 0; i < ports; i++) {
            int port = s.firstPort() + (from + i) % ports;
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException e) {
                // taken: the next one
            }
        }
        throw refused(engine, "no free port from " + s.firstPort() + " to " + s.lastPort());
    }

    static GdsDatabaseException refused(MongoEngine engine, String why) {
        return GdsDatabaseException.user("GDS-CLONE-REFUSED")
                .message("cluster " + engine.name() + " cannot be cloned: " + why + ".")
                .remedy("change that, or rehearse on a copy of your own.")
                .build();
    }

    private synchronized Optional<MongoClone> open(String id) {
        CloneDirectory dir = directory(id);
        Optional<CloneNote> note = note(dir).filter(n -> n.cluster().equals(engine.name()));
        MongoClone known = open.get(id);
        if (known != null && note.filter(known::isOf).isPresent()) {
            known.see(note.get());
            return Optional.of(known);
        }
        if (known != null) {
            known.disconnect(); // another process has removed it, or made another one of this name
            open.remove(id);
        }
        note.ifPresent(n -> open.put(id, new MongoClone(engine, opener, dir, n)));
        return Optional.ofNullable(open.get(id));
    }

    private static Optional<CloneNote> note(CloneDirectory dir) {
        return dir.note().map(Document::parse).map(Params::of).map(CloneNote::new);
    }

    @Override
    public Optional<ClusterClone> findClone(String id) {
        return open(id).map(c -> c);
    }

    @Override
    public List<String> clones() {
        // the name of one cluster may begin with that of another
        return CloneDirectory.ids(parent(), engine.name()).stream()
                .filter(id -> note(directory(id))
                        .filter(n -> n.cluster().equals(engine.name()))
                        .isPresent())
                .toList();
    }

    @Override
    public List<String> sweepClones() {
        List<String> swept = new ArrayList<>();
        for (String id : clones()) {
            Optional<CloneOwner> owner = note(directory(id)).map(CloneNote::owner);
            if (owner.filter(CloneOwner::isGone).isPresent()) {
                open(id).ifPresent(ClusterClone::close);
                swept.add(id);
            } else if (owner.filter(CloneOwner::hasDied).isPresent()) {
                open(id).ifPresent(MongoClone::letGo); // it belongs to a run, which removes it
            }
        }
        return swept;
    }

    @Override
    public synchronized void close() {
        open.values().forEach(MongoClone::disconnect);
        open.clear();
    }
}
