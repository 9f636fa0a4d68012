package io.gds.engine.mongo.internal.topology;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.version.EngineVersion;
import io.gds.engine.mongo.internal.client.Answer;
import io.gds.engine.mongo.internal.client.Clients;
import io.gds.engine.mongo.internal.client.CommandRefusedException;
import io.gds.engine.mongo.internal.config.MemberSpec;
import java.util.Optional;
import java.util.Set;
import org.bson.Document;

/** Asks one member about itself. Stateless apart from its clients. */
final class MemberLook {
    /** NotYetInitialized, NoReplicationEnabled, InvalidReplicaSetConfig. */
    private static final Set<Integer> IN_NO_SET = Set.of(94, 76, 93);

    private final Clients clients;

    MemberLook(Clients clients) {
        this.clients = clients;
    }

    MemberView at(MemberSpec member) {
        Answer build = clients.ask(member.name(), new Document("buildInfo", 1));
        Answer hello = clients.ask(member.name(), new Document("hello", 1));
        EngineVersion version = EngineVersion.parse(build.text("version").orElse(""));
        if (hello.text("msg").filter("isdbgrid"::equals).isPresent()) {
            return MemberView.router(member, version);
        }
        return new MemberView(
                member,
                version,
                build.texts("modules").contains("enterprise") ? "enterprise" : "community",
                hello.flag("isWritablePrimary"),
                inSet(member, "replSetGetStatus").map(SetStatus::of),
                inSet(member, "replSetGetConfig").map(a -> SetConfig.of(a.object("config"))),
                hello.flag("arbiterOnly") ? Optional.empty() : compatibility(member));
    }

    private Optional<Answer> inSet(MemberSpec member, String command) {
        try {
            return Optional.of(clients.ask(member.name(), new Document(command, 1)));
        } catch (CommandRefusedException e) {
            if (IN_NO_SET.contains(e.refusal())) {
                return Optional.empty();
            }
            throw e;
        } catch (GdsDatabaseException e) {
            if (e.code().equals(Clients.ARBITER)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private Optional<MemberView.Compatibility> compatibility(MemberSpec member) {
        Answer fcv = clients.ask(
                        member.name(), new Document("getParameter", 1).append("featureCompatibilityVersion", 1))
                .object("featureCompatibilityVersion");
        return fcv.text("version").map(v -> new MemberView.Compatibility(v, fcv.text("targetVersion")));
    }
}
