package io.gds.engine.mongo.internal.topology;

import io.gds.engine.mongo.internal.client.Answer;
import io.gds.engine.mongo.internal.client.OpTime;
import java.util.List;
import java.util.Optional;

/**
 * How the set stands by one member's view.
 *
 * @param set the set's name
 * @param state that member's own state
 * @param term the election that it knows of
 * @param syncSource whom that member follows; empty when nobody
 * @param applied what it has applied
 * @param durable what it has on disk
 * @param initialSync whether it copies all data just now
 * @param members all members as it sees them, itself included
 */
public record SetStatus(
        String set,
        MemberState state,
        long term,
        Optional<String> syncSource,
        Optional<OpTime> applied,
        Optional<OpTime> durable,
        boolean initialSync,
        List<SeenMember> members) {
    static SetStatus of(Answer a) {
        Answer optimes = a.object("optimes");
        return new SetStatus(
                a.text("set").orElse(""),
                MemberState.of(a.number("myState").orElse(6)),
                a.number("term").orElse(-1),
                a.text("syncSourceHost").filter(s -> !s.isEmpty()),
                optimes.opTime("appliedOpTime"),
                optimes.opTime("durableOpTime"),
                a.has("initialSyncStatus"),
                a.objects("members").stream().map(SeenMember::of).toList());
    }

    /** How this member sees the one with this address. */
    public Optional<SeenMember> at(String address) {
        return members.stream().filter(m -> m.address().equals(address)).findFirst();
    }
}
