package io.gds.database.testkit;

class FakeEngineContractTest extends EngineContract {
    @Override
    protected EngineFixture start() {
        return new FakeFixture(e -> e, Journals.inMemory());
    }
}
