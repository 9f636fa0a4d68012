package io.gds.engine.mongo.internal;

import io.gds.database.DatabaseEngine;
import io.gds.database.spi.HostShell;
import io.gds.engine.mongo.internal.client.Answer;
import java.util.List;
import org.bson.Document;

/** A replica set, or a cluster of several. Thread-safe. */
public interface MongoCluster extends DatabaseEngine {
    /** What it is made of: the set itself; or the config servers, the shards and behind them the routers. */
    List<MongoEngine> parts();

    /**
     * The set, or the routers, that a member belongs to.
     *
     * @throws IllegalArgumentException when there is no such member
     */
    MongoEngine of(String member);

    /**
     * What the whole answers to an administrative command: the primary of the set, or a router.
     *
     * @throws io.gds.database.error.GdsDatabaseException when nobody is to be reached, or it refuses
     */
    Answer tellWhole(Document command);

    /** The shell of the host that a member lives on. */
    default HostShell shellOf(String member) {
        return of(member).shell(member);
    }
}
