package io.gds.engine.mongo.internal.kernel;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.plan.Finding;
import io.gds.database.version.EngineVersion;
import io.gds.engine.mongo.internal.MongoEngine;
import io.gds.engine.mongo.internal.control.Mongod;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What speaks against a change on the host of a member, or of a router: its packages, and whose process answers. */
public final class HostLook {
    private final MongoEngine engine;

    /** Looks at the hosts of a set, or of the routers. */
    public HostLook(MongoEngine engine) {
        this.engine = engine;
    }

    /** That a version cannot be had on the host of this member; empty when it can. */
    public Optional<Finding> available(String member, EngineVersion version) {
        List<EngineVersion> there = engine.packages().available(member);
        return there.stream().anyMatch(v -> v.sameRelease(version))
                ? Optional.empty()
                : Optional.of(Finding.block(
                        "MONGO-VERSION-NOT-AVAILABLE",
                        member,
                        "available: " + there,
                        version.toString(),
                        "install " + version + " where the package manager looks, on every member."));
    }

    /** Everything that speaks against this version on the host of this member; a host that does not answer, too. */
    public List<Finding> findings(String member, EngineVersion target) {
        try {
            List<Finding> out = new ArrayList<>(engine.packages().preFlight(member, target));
            available(member, target).ifPresent(out::add);
            if (new Mongod(engine, member).process().isEmpty()) {
                out.add(Finding.block(
                        "MONGO-NOT-OUR-PROCESS",
                        member,
                        "no server on its host was started by its unit or configuration file",
                        "the server that answers",
                        "correct unit or configFile of the member in the cluster spec."));
            }
            return List.copyOf(out);
        } catch (GdsDatabaseException e) {
            return List.of(Finding.block(
                    "MONGO-HOST", member, String.valueOf(e.getMessage()), "a host that answers", e.remedy()));
        }
    }
}
