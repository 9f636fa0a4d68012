package io.gds.engine.mongo.internal.control;

import io.gds.database.error.GdsDatabaseException;
import io.gds.engine.mongo.internal.MongoEngine;
import io.gds.engine.mongo.internal.client.CommandRefusedException;
import io.gds.engine.mongo.internal.config.MemberSpec;
import java.util.OptionalLong;
import org.bson.Document;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The server process of one member, or of a router. Thread-safe. */
public final class Mongod {
    private static final Logger LOG = LoggerFactory.getLogger(Mongod.class);

    private final MongoEngine engine;
    private final MemberSpec member;

    /** A member's process. */
    public Mongod(MongoEngine engine, String member) {
        this.engine = engine;
        this.member = engine.spec().member(member);
    }

    private Launcher launcher() {
        String name = member.name();
        if (member.unit().isPresent()) {
            return new UnitLauncher(name, member.unit().get(), () -> engine.shell(name));
        }
        String file = member.configFile().orElseThrow(() -> GdsDatabaseException.user("MONGO-NO-START")
                .message("member " + name + " has neither a unit nor a configFile in the cluster spec.")
                .remedy("add the one by which it is started.")
                .build());
        return new FileLauncher(
                engine.spec().isRouters() ? "mongos" : "mongod",
                name,
                file,
                () -> engine.shell(name),
                () -> engine.packages().programs(name));
    }

    /** The process that was started by this member's unit or configuration file; empty when there is none. */
    public OptionalLong process() {
        return launcher().process();
    }

    /**
     * Tells the server to end, by its own command: a signal would have it wait 15 s for readers. It ends as a follower; a
     * primary hands over first and refuses when it cannot. Where servers ask for no login they take this command from their
     * own host alone, and are told by a signal that is to be as brief. Returns when it was told.
     *
     * @param leading whether it may end while it leads, so that nobody does until it is back
     * @throws CommandRefusedException when it refuses, for example while an index is built
     */
    public void tellToEnd(boolean leading) {
        Document shutdown = new Document("shutdown", 1)
                .append("timeoutSecs", engine.spec().quiesce().toSeconds());
        try {
            engine.clients().tell(member.name(), leading ? shutdown.append("force", true) : shutdown);
        } catch (GdsDatabaseException e) {
            boolean fromAfar = engine.spec().login().isEmpty() && e.code().equals("MONGO-LOGIN");
            if (!fromAfar || (!leading && leads())) { // by a signal it would end also when nobody can take over
                throw e;
            }
            signalAsBrief();
        }
    }

    private boolean leads() {
        Document hello = new Document("hello", 1);
        return !engine.spec().isRouters()
                && engine.clients().ask(member.name(), hello).flag("isWritablePrimary");
    }

    private void signalAsBrief() {
        String name = engine.spec().isRouters() ? "mongosShutdown" : "shutdown";
        Document brief = new Document("setParameter", 1)
                .append(
                        name + "TimeoutMillisForSignaledShutdown",
                        engine.spec().quiesce().toMillis());
        try {
            engine.clients().ask(member.name(), brief);
        } catch (CommandRefusedException e) {
            LOG.debug("{} waits for no readers, or for as long as it likes", member.name(), e);
        }
        signalToEnd();
    }

    /** Ends it by a signal: an arbiter of a set with logins knows no users, and takes no command from afar. */
    public void signalToEnd() {
        launcher().signal();
    }

    /** Whether it is down and did not end in order. */
    public boolean hasCrashed() {
        return launcher().hasCrashed();
    }

    /** How it ended the last time, in words; empty when in order or not known. */
    public String ending() {
        return launcher().ending();
    }

    /**
     * Starts it and returns when it answers or has failed; one that runs is left alone.
     *
     * @throws GdsDatabaseException with code {@code MONGO-START-FAILED} and what it said, when it does not come up
     */
    public void start() {
        Launcher launcher = launcher();
        if (launcher.process().isEmpty()) {
            launcher.start();
        }
    }
}
