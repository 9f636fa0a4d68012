package io.gds.engine.postgres.contract;

import io.gds.database.testkit.EngineContract;
import io.gds.database.testkit.EngineFixture;
import org.junit.jupiter.api.Tag;

@Tag("slow")
class PostgresEngineContractTest extends EngineContract {
    @Override
    protected EngineFixture start() {
        return new PostgresFixture();
    }
}
