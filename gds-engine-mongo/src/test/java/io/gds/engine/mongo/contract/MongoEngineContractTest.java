package io.gds.engine.mongo.contract;

import io.gds.database.testkit.EngineContract;
import io.gds.database.testkit.EngineFixture;
import org.junit.jupiter.api.Tag;

/** The contract of every engine, kept on real servers. */
@Tag("slow")
class MongoEngineContractTest extends EngineContract {
    @Override
    protected EngineFixture start() {
        return new MongoFixture();
    }
}
