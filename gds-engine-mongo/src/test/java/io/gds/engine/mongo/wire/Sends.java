package io.gds.engine.mongo.wire;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** Everything that a played set was asked and told, in order. Thread-safe. */
public final class Sends {
    /** What only reads; anything else counts as a change. */
    private static final Set<String> READS = Set.of(
            "buildInfo",
            "replSetGetStatus",
            "replSetGetConfig",
            "serverStatus",
            "getCmdLineOpts",
            "hostInfo",
            "getParameter",
            "currentOp",
            "getDefaultRWConcern",
            "ping",
            "collStats",
            "find",
            "aggregate",
            "listCollections",
            "listDatabases",
            "endSessions");

    private final List<Sent> all = new CopyOnWriteArrayList<>();
    private final List<Sent> unknown = new CopyOnWriteArrayList<>();

    void add(Sent sent) {
        all.add(sent);
    }

    void addUnknown(Sent sent) {
        unknown.add(sent);
    }

    /** All with this name. */
    public List<Sent> of(String name) {
        return all.stream().filter(s -> s.name().equals(name)).toList();
    }

    /** Everything that would change something, also when it was refused; a dry run changes nothing. */
    public List<Sent> changes() {
        return all.stream()
                .filter(s -> !READS.contains(s.name())
                        && !Boolean.TRUE.equals(s.command().get("dryRun")))
                .toList();
    }

    /** What nobody has taught the played set to answer: a gap in it, or a command that the engine should not send. */
    public List<Sent> unknown() {
        return List.copyOf(unknown);
    }
}
