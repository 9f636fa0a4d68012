package io.gds.engine.mongo.internal.topology;

import io.gds.engine.mongo.internal.client.Answer;
import java.util.List;
import java.util.Optional;

/**
 * The configuration of a set, as one member has it.
 *
 * @param name the set's name
 * @param version grows with every change
 * @param term of the primary that wrote it; -1 before 4.4
 * @param replicaSetId what tells this set from every other one
 * @param chainingAllowed whether members may follow others than the primary
 * @param members as written
 * @param document the whole of it, as it was read
 */
public record SetConfig(
        String name,
        long version,
        long term,
        String replicaSetId,
        boolean chainingAllowed,
        List<ConfiguredMember> members,
        Answer document) {
    static SetConfig of(Answer config) {
        Answer settings = config.object("settings");
        Object id = settings.asMap().get("replicaSetId");
        return new SetConfig(
                config.text("_id").orElse(""),
                config.number("version").orElse(-1),
                config.number("term").orElse(-1),
                id == null ? "" : id.toString(),
                !settings.has("chainingAllowed") || settings.flag("chainingAllowed"),
                config.objects("members").stream().map(ConfiguredMember::of).toList(),
                config);
    }

    /** The member with this address. */
    public Optional<ConfiguredMember> at(String address) {
        return members.stream().filter(m -> m.address().equals(address)).findFirst();
    }
}
