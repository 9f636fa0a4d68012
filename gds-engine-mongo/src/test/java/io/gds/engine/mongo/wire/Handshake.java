package io.gds.engine.mongo.wire;

import java.time.Clock;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.bson.BsonDateTime;
import org.bson.Document;

/** What every answer to {@code hello} and {@code isMaster} has, whoever gives it. */
public final class Handshake {
    /** The wire version of 7.0, for who plays no version in particular. */
    public static final int WIRE_7_0 = 21;

    private static final NavigableMap<Integer, Integer> WIRE_VERSIONS =
            new TreeMap<>(Map.of(4, 9, 5, 13, 6, 17, 7, WIRE_7_0, 8, 25));

    private Handshake() {}

    /** The wire version of a server from 4.4 on; what a server can do is told by it, not by its version. */
    public static int wireVersion(String version) {
        int major = Integer.parseInt(version.substring(0, version.indexOf('.')));
        return WIRE_VERSIONS.floorEntry(major).getValue();
    }

    /** Whether a command is one of the two. */
    public static boolean asks(Document command) {
        String name = command.keySet().iterator().next();
        return name.equals("hello") || name.equalsIgnoreCase("isMaster");
    }

    /**
     * Limits and wire version. Without a topology version, which is what makes drivers poll instead of waiting for a stream of
     * answers.
     */
    public static Document limits(int wireVersion) {
        return new Document("helloOk", true)
                .append("maxBsonObjectSize", 16 * 1024 * 1024)
                .append("maxMessageSizeBytes", 48_000_000)
                .append("maxWriteBatchSize", 100_000)
                .append("localTime", new BsonDateTime(Clock.systemUTC().millis()))
                .append("logicalSessionTimeoutMinutes", 30)
                .append("minWireVersion", 0)
                .append("maxWireVersion", wireVersion)
                .append("readOnly", false);
    }
}
