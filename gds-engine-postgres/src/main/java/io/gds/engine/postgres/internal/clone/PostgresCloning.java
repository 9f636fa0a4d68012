package io.gds.engine.postgres.internal.clone;

import io.gds.database.CloneRequest;
import io.gds.database.Cloning;
import io.gds.database.ClusterClone;
import io.gds.database.error.GdsDatabaseException;
import io.gds.database.plan.Params;
import io.gds.database.spi.CloneDirectory;
import io.gds.database.spi.CloneOwner;
import io.gds.database.spi.EngineContext;
import io.gds.database.spi.JsonReader;
import io.gds.database.topology.Member;
import io.gds.database.version.EngineVersion;
import io.gds.engine.postgres.internal.PostgresEngine;
import io.gds.engine.postgres.internal.config.CloneSpec;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Clones of a cluster, as isolated single servers on the orchestrating host. Thread-safe. */
public final class PostgresCloning implements Cloning {
    private static final String MEMBER = "clone";

    /** Opens a clone as an engine of its own. */
    @FunctionalInterface
    public interface Opener {
        /** Opens the cluster of a spec. */
        PostgresEngine open(Params spec, EngineContext context);
    }

    private final PostgresEngine engine;
    private final Opener opener;

    /** Clones of a cluster. */
    public PostgresCloning(PostgresEngine engine, Opener opener) {
        this.engine = engine;
        this.opener = opener;
    }

    private CloneSpec spec() {
        return engine.spec().clones().orElse(CloneSpec.USUAL);
    }

    private Path parent() {
        return Path.of(spec().directory().orElseGet(() -> System.getProperty("java.io.tmpdir", "/tmp")));
    }

    private CloneDirectory directory(String id) {
        return CloneDirectory.of(parent(), engine.name(), id);
    }

    @Override
    public ClusterClone cloneCluster(CloneRequest request) {
        sweepClones();
        Member primary = engine.topology().primary().orElseThrow(() -> refused("it has no single primary"));
        checkFaithful();
        CloneDirectory dir = directory(request.id());
        if (dir.exists()) {
            throw refused("clone " + request.id() + " exists already");
        }
        EngineVersion version = primary.version().orElseThrow();
        // the server's account must get through; what is inside is closed by itself
        dir.create(note(request, dir, freePort(request.id())), "rwxr-xr-x");
        boolean made = false;
        try {
            PostgresClone clone = open(request.id()).orElseThrow();
            copy(primary.name(), dir, clone, request);
            clone.start(version);
            made = true;
            return clone;
        } finally {
            if (!made) {
                open(request.id()).ifPresent(ClusterClone::close);
            }
        }
    }

    private void copy(String primary, CloneDirectory dir, PostgresClone clone, CloneRequest request) {
        engine.connections().unhurried(engine.spec().connection().database(), s -> {
            try {
                new BaseBackup(s.within(request.timeout()), dir.data()).take();
                CloneConfig.write(s, dir.data(), clone.port(), "gds_clone_" + request.id(), dir.path());
                return primary;
            } catch (IOException e) {
                throw new SQLException("copying to " + dir.path() + ": " + e, "58030", e);
            }
        });
        engine.spec().serverUser().ifPresent(dir::giveTo);
    }

    /** What cannot be copied as it is must not look as if it had been. */
    private void checkFaithful() {
        String shell =
                engine.spec().shell().flatMap(s -> s.optionalString("type")).orElse("none");
        String packages =
                engine.spec().packages().flatMap(s -> s.optionalString("type")).orElse("none");
        if (!shell.equals("local") || !packages.equals("directories")) {
            throw refused(
                    "clones need shell type local and packages type directories, found " + shell + " and " + packages);
        }
        List<String> spaces = engine.connections()
                .onPrimary(s -> s.query(
                        "SELECT spcname::text AS what FROM pg_tablespace WHERE spcname NOT IN ('pg_default', 'pg_global')",
                        r -> r.text("what")));
        if (!spaces.isEmpty()) {
            throw refused("it has tablespaces " + spaces + ", which this copy would leave out");
        }
    }

    private GdsDatabaseException refused(String why) {
        return GdsDatabaseException.user("GDS-CLONE-REFUSED")
                .message("cluster " + engine.name() + " cannot be cloned: " + why + ".")
                .remedy("change that, or rehearse on a copy of your own.")
                .build();
    }

    private Params note(CloneRequest request, CloneDirectory dir, int port) {
        Params spec = engine.reference().spec();
        Params clone = Params.of("environment", "clone", "connection", spec.object("connection"))
                .with("shell", spec.object("shell"))
                .with(
                        "packages",
                        spec.object("packages").with("link", dir.link().toString()))
                .with(
                        "members",
                        List.of(Params.of("name", MEMBER, "host", "127.0.0.1", "port", port)
                                .with("dataDir", dir.data().toString())
                                .with("logFile", dir.log().toString())));
        return Params.of("id", request.id())
                .with(CloneOwner.thisProcess(request.owned()).document())
                .with("port", port)
                .with("spec", clone);
    }

    /** Looked for from a place of the clone's own, since two processes that begin at the same one find the same port. */
    private int freePort(String id) {
        CloneSpec s = spec();
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
        throw refused("no free port from " + s.firstPort() + " to " + s.lastPort());
    }

    private static Optional<Params> note(CloneDirectory dir) {
        return dir.note().map(JsonReader::object).map(Params::of);
    }

    private Optional<PostgresClone> open(String id) {
        CloneDirectory dir = directory(id);
        return note(dir).map(note -> new PostgresClone(engine, opener, dir, note));
    }

    @Override
    public Optional<ClusterClone> findClone(String id) {
        return open(id).map(c -> c);
    }

    @Override
    public List<String> clones() {
        return CloneDirectory.ids(parent(), engine.name());
    }

    @Override
    public List<String> sweepClones() {
        List<String> swept = new ArrayList<>();
        for (String id : clones()) {
            Optional<Params> note = note(directory(id));
            if (note.map(CloneOwner::of).filter(CloneOwner::isGone).isPresent()) {
                open(id).ifPresent(ClusterClone::close);
                swept.add(id);
            }
        }
        return swept;
    }
}
