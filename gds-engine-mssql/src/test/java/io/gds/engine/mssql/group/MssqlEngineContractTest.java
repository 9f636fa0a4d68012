package io.gds.engine.mssql.group;

import io.gds.database.testkit.EngineContract;
import io.gds.database.testkit.EngineFixture;
import org.junit.jupiter.api.Tag;

/** The contract of every engine, kept by availability groups. */
@Tag("slow")
class MssqlEngineContractTest extends EngineContract {
    @Override
    protected EngineFixture start() {
        return new GroupFixture();
    }
}
