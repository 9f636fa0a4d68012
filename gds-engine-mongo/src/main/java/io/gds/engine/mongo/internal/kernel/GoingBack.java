package io.gds.engine.mongo.internal.kernel;

import io.gds.database.plan.Finding;
import io.gds.database.spi.Permit;
import io.gds.database.version.EngineVersion;
import io.gds.engine.mongo.internal.MongoEngine;
import io.gds.engine.mongo.internal.topology.MemberView;
import io.gds.engine.mongo.internal.topology.MemberView.Compatibility;
import io.gds.engine.mongo.internal.upgrade.Series;

/** Whether the way back is still open, computed from live facts each time it is asked. */
public final class GoingBack {
    private final MongoEngine engine;

    /** Ways back of a set. */
    public GoingBack(MongoEngine engine) {
        this.engine = engine;
    }

    /**
     * Could a member's former programs read the data as it is now, by the word of everybody who has some? A primary is not waited
     * for: where nobody leads, because the member did not come back on the new version, going back is what brings one.
     */
    public Permit mayGoBack(String member, EngineVersion former) {
        Series programs = Series.of(former);
        return engine.views().all().stream()
                .flatMap((MemberView v) -> v.compatibility().stream())
                .filter(data -> !reads(programs, data))
                .findFirst()
                .map(data -> Permit.refused(Finding.block(
                        "MONGO-FCV-RAISED",
                        member,
                        "the feature compatibility version is " + data.describe() + ", raised since the plan was made",
                        "one that " + former + " reads",
                        "leave the members where they are and go forward, or restore the backup from before.")))
                .orElseGet(Permit::granted);
    }

    private static boolean reads(Series programs, Compatibility data) {
        return programs.isFrom(Series.parse(data.version()))
                && data.target()
                        .map(Series::parse)
                        .filter(t -> !programs.isFrom(t))
                        .isEmpty();
    }
}
