package io.gds.engine.mongo.wire;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.bson.Document;
import org.bson.types.ObjectId;

/**
 * A replica set that is played: what is true of it, and its members, each of which may see that differently. Only for what real
 * servers cannot be made to do: given errors, old views, lost answers, slow elections. Everything is guarded by this object.
 */
public final class FakeSet implements AutoCloseable {
    static final int HEARTBEAT_MILLIS = 2000;
    private static final ObjectId ID = new ObjectId("0123456789abcdef01234567");

    private final String name;
    private final String version;
    private final Clock clock;
    private final Map<String, FakeMember> members = new LinkedHashMap<>();
    private final Sends sends = new Sends();
    private final FakeCompatibility compatibility;
    private final FakeElection election;
    private final FakeData data = new FakeData(this);
    private boolean chaining = true;
    private int entries = 1;
    private Runnable afterStepDown = () -> {};

    /** A set without members; the first one that is added is its primary. */
    public FakeSet(String name, String version, Clock clock) {
        this.name = name;
        this.version = version;
        this.clock = clock;
        this.compatibility = new FakeCompatibility(FakeMember.series(version));
        this.election = new FakeElection(clock, members.values());
    }

    /** A member with a vote and data. */
    public FakeSet member(String called, double priority) {
        return member(called, c -> c.append("priority", priority));
    }

    /** A member by its part of the configuration. */
    public FakeSet member(String called, UnaryOperator<Document> config) {
        FakeMember m = new FakeMember(this, called, version);
        m.configure(config.apply(new Document("_id", members.size())
                .append("host", m.address())
                .append("arbiterOnly", false)
                .append("buildIndexes", true)
                .append("hidden", false)
                .append("priority", 1.0)
                .append("tags", new Document())
                .append("secondaryDelaySecs", 0L)
                .append("votes", 1)));
        if (members.isEmpty()) {
            election.founds(called);
        }
        members.put(called, m);
        return this;
    }

    /** Members follow nobody but the primary. */
    public FakeSet withoutChaining() {
        chaining = false;
        return this;
    }

    /** How long nobody leads after a primary has gone. */
    public synchronized void electionTakes(Duration time) {
        election.takes(time);
    }

    /** Something that happens right after a step-down. */
    public synchronized void onStepDown(Runnable action) {
        afterStepDown = action;
    }

    void steppedDown() {
        election.begins();
        afterStepDown.run();
    }

    /** The set's own name. */
    public String name() {
        return name;
    }

    /** A member. */
    public FakeMember member(String called) {
        FakeMember m = members.get(called);
        if (m == null) {
            throw new IllegalArgumentException("no member " + called);
        }
        return m;
    }

    /** All members. */
    public Collection<FakeMember> members() {
        return members.values();
    }

    /** What was sent to it. */
    public Sends sends() {
        return sends;
    }

    /** Its feature compatibility version. */
    public FakeCompatibility compatibility() {
        return compatibility;
    }

    /** Who really leads; empty during an election. */
    public synchronized Optional<String> primary() {
        election.goesOn();
        return election.primary();
    }

    /** The term of the last election. */
    public synchronized long term() {
        return election.term();
    }

    FakeElection election() {
        return election;
    }

    FakeData data() {
        return data;
    }

    Clock clock() {
        return clock;
    }

    FakeMember at(String address) {
        return members.values().stream()
                .filter(m -> m.address().equals(address))
                .findFirst()
                .orElseThrow(() -> new CommandError(74, "NodeNotFound", "Could not find member " + address));
    }

    /** The number of the last entry of the log of writes. */
    int head() {
        return entries;
    }

    void write() {
        entries++;
    }

    /** By "replSetGetConfig"; who wins an election writes its term into it. */
    Document config(long term) {
        List<Document> all = new ArrayList<>();
        members.values().forEach(m -> all.add(m.config()));
        Document settings = new Document("chainingAllowed", chaining)
                .append("heartbeatIntervalMillis", HEARTBEAT_MILLIS)
                .append("heartbeatTimeoutSecs", 10)
                .append("electionTimeoutMillis", 10000)
                .append("catchUpTimeoutMillis", -1)
                .append("replicaSetId", ID);
        return new Document("_id", name)
                .append("version", 1)
                .append("term", term)
                .append("members", all)
                .append("protocolVersion", 1L)
                .append("writeConcernMajorityJournalDefault", true)
                .append("settings", settings);
    }

    int votersWithData() {
        return (int) members.values().stream()
                .filter(m -> m.votes() && m.bearsData())
                .count();
    }

    @Override
    public void close() {
        members.values().forEach(FakeMember::close);
    }
}
