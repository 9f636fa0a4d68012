package io.gds.engine.mongo.internal.steps;

import io.gds.database.spi.StepHandler;
import io.gds.engine.mongo.internal.MongoCluster;
import java.util.ArrayList;
import java.util.List;

/** The engine's own actions. */
public final class MongoActions {
    private MongoActions() {}

    /** A handler of each. */
    public static List<StepHandler<MongoCluster>> handlers() {
        List<StepHandler<MongoCluster>> all = new ArrayList<>(SourceHandlers.all());
        all.addAll(FreezeHandlers.all());
        all.addAll(UnitHandlers.all());
        all.addAll(BalancerHandlers.all());
        all.add(new CompatibilityHandler());
        return List.copyOf(all);
    }
}
