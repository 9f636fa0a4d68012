package io.gds.engine.mongo.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bson.BsonDateTime;
import org.bson.BsonTimestamp;
import org.bson.Document;
import org.bson.types.ObjectId;

/**
 * How one member of a played set sees itself and the others: {@code hello} and {@code replSetGetStatus}, by the pages of those
 * names in the manual. Guarded by the set.
 */
final class FakeViews {
    private static final int PRIMARY = 1;
    private static final int SECONDARY = 2;
    private static final int ARBITER = 7;
    private static final int DOWN = 8;
    private static final String[] STATES = {
        "STARTUP",
        "PRIMARY",
        "SECONDARY",
        "RECOVERING",
        "",
        "STARTUP2",
        "UNKNOWN",
        "ARBITER",
        "DOWN",
        "ROLLBACK",
        "REMOVED"
    };
    /** The first entry of the log; entries are a second apart. */
    private static final int BEGAN = 1_700_000_000;

    private final FakeSet set;
    private final FakeMember me;

    FakeViews(FakeSet set, FakeMember me) {
        this.set = set;
        this.me = me;
    }

    static BsonTimestamp timestamp(int entry) {
        return new BsonTimestamp(BEGAN + entry, 1);
    }

    Document hello() {
        boolean leads = me.leads();
        Document out = Handshake.limits(Handshake.wireVersion(me.version()))
                .append("setName", set.name())
                .append("setVersion", 1)
                .append("ismaster", leads)
                .append("isWritablePrimary", leads)
                .append("secondary", !leads && me.bearsData())
                .append("hosts", addresses(true))
                .append("arbiters", addresses(false))
                .append("me", me.address())
                .append("lastWrite", new Document("opTime", opTime(me)).append("lastWriteDate", wall(me)));
        me.mind()
                .belief()
                .primary()
                .ifPresent(p -> out.append("primary", set.member(p).address()));
        if (leads) {
            out.append(
                    "electionId",
                    new ObjectId(String.format("%024x", me.mind().belief().term())));
        }
        return me.bearsData() ? out : out.append("arbiterOnly", true);
    }

    private List<String> addresses(boolean bearData) {
        return set.members().stream()
                .filter(m -> m.bearsData() == bearData)
                .map(FakeMember::address)
                .toList();
    }

    Document status() {
        int majority = set.election().voters() / 2 + 1;
        List<Document> all = new ArrayList<>();
        set.members().forEach(m -> all.add(line(m)));
        Document at = opTime(me);
        return new Document("set", set.name())
                .append("date", new BsonDateTime(set.clock().millis()))
                .append("myState", state(me))
                .append("term", me.mind().belief().term())
                .append("syncSourceHost", me.source().orElse(""))
                .append("heartbeatIntervalMillis", (long) FakeSet.HEARTBEAT_MILLIS)
                .append("majorityVoteCount", majority)
                .append("writeMajorityCount", Math.min(majority, set.votersWithData()))
                .append("votingMembersCount", set.election().voters())
                .append("writableVotingMembersCount", set.votersWithData())
                .append(
                        "optimes",
                        new Document("lastCommittedOpTime", at)
                                .append("appliedOpTime", at)
                                .append("durableOpTime", at))
                .append("members", all);
    }

    private Document line(FakeMember other) {
        Optional<FakeMind.Seen> seen =
                other == me ? Optional.empty() : me.mind().seen(other.name());
        int state = seen.map(FakeMind.Seen::state).orElseGet(() -> state(other));
        boolean healthy = seen.map(FakeMind.Seen::healthy).orElseGet(other::isUp);
        Document out = new Document("_id", other.id())
                .append("name", other.address())
                .append("health", healthy ? 1.0 : 0.0)
                .append("state", state)
                .append("stateStr", STATES[state])
                .append("uptime", healthy ? 3600 : 0)
                .append("configVersion", 1)
                .append("configTerm", me.mind().belief().term());
        if (other.bearsData()) {
            out.append("optime", opTime(other)).append("optimeDate", wall(other));
        }
        out.append("syncSourceHost", healthy ? other.source().orElse("") : "")
                .append("infoMessage", "")
                .append("lastHeartbeatMessage", seen.map(FakeMind.Seen::message).orElse(""));
        if (out.getString("infoMessage").isEmpty()) {
            out.remove("infoMessage");
        }
        return other == me ? out.append("self", true) : out;
    }

    /** The state of a member, as this one believes. */
    private int state(FakeMember other) {
        if (!other.isUp()) {
            return DOWN;
        }
        boolean leads =
                me.mind().belief().primary().filter(other.name()::equals).isPresent();
        return leads ? PRIMARY : other.bearsData() ? SECONDARY : ARBITER;
    }

    private Document opTime(FakeMember of) {
        return new Document("ts", timestamp(set.head() - of.behind()))
                .append("t", me.mind().belief().term());
    }

    private BsonDateTime wall(FakeMember of) {
        return new BsonDateTime((BEGAN + set.head() - of.behind()) * 1000L);
    }
}
