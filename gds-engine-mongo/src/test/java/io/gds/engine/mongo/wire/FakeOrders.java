package io.gds.engine.mongo.wire;

import java.time.Duration;
import org.bson.Document;

/** What a member of a played set does when it is told to. Guarded by the set. */
final class FakeOrders {
    private static final int CATCH_UP = 10;

    private final FakeSet set;
    private final FakeMember member;

    FakeOrders(FakeSet set, FakeMember member) {
        this.set = set;
        this.member = member;
    }

    Document obey(String name, Document command) {
        switch (name) {
            case "replSetStepDown" -> stepDown(command);
            case "replSetFreeze" -> freeze(command);
            case "replSetSyncFrom" -> syncFrom(command);
            case "appendOplogNote" -> {
                onlyPrimary();
                set.write();
            }
            case "setFeatureCompatibilityVersion" -> {
                onlyPrimary();
                set.compatibility().set(command, member.version());
            }
            default -> shutdown(command);
        }
        return new Document();
    }

    private void onlyPrimary() {
        if (!member.leads()) {
            throw Refusals.notWritablePrimary();
        }
    }

    /** "replSetStepDown": the time of it must be longer than the time to catch up; without force somebody must have everything. */
    private void stepDown(Document command) {
        onlyPrimary();
        int aside = number(command, "replSetStepDown", 60);
        boolean force = command.getBoolean("force", false);
        if (aside <= number(command, "secondaryCatchUpPeriodSecs", force ? 0 : CATCH_UP)) {
            throw Refusals.badValue("stepdown period must be longer than secondaryCatchUpPeriodSecs");
        }
        if (!force && !set.election().hasSuccessor(member)) {
            throw Refusals.nobodyCaughtUp();
        }
        member.mayStandAfter(Duration.ofSeconds(aside));
        set.steppedDown();
    }

    /** "replSetFreeze": of secondaries only; 0 lifts it, and the time aside after a step-down with it. */
    private void freeze(Document command) {
        if (member.leads()) {
            throw Refusals.notSecondary("cannot freeze node when primary or running for election. state: Primary");
        }
        member.mayStandAfter(Duration.ofSeconds(number(command, "replSetFreeze", 0)));
    }

    /** "replSetSyncFrom": not of a primary or an arbiter, and not from oneself or an arbiter. */
    private void syncFrom(Document command) {
        FakeMember source = set.at(command.getString("replSetSyncFrom"));
        if (member.leads()) {
            throw Refusals.notSecondary("primaries don't sync");
        }
        if (!member.bearsData() || !source.bearsData() || source == member) {
            throw Refusals.invalidOptions("I cannot sync from " + source.address());
        }
        if (!source.isUp()) {
            throw new CommandError(6, "HostUnreachable", "I cannot reach the requested member: " + source.address());
        }
        member.follow(source.address());
    }

    /** "shutdown": a primary steps down first and refuses when it cannot; nobody answers. */
    private void shutdown(Document command) {
        if (member.leads()
                && !command.getBoolean("force", false)
                && !set.election().hasSuccessor(member)) {
            throw Refusals.nobodyCaughtUp();
        }
        member.stop();
        throw new ConnectionCut();
    }

    private static int number(Document command, String key, int otherwise) {
        return command.get(key) instanceof Number n ? n.intValue() : otherwise;
    }
}
