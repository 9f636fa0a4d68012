/** MongoDB as an engine. */
@org.jspecify.annotations.NullMarked
module io.gds.engine.mongo {
    exports io.gds.engine.mongo;

    requires transitive io.gds.database.api;
    requires org.mongodb.bson;
    requires org.mongodb.driver.core;
    requires org.mongodb.driver.sync.client;
    requires org.slf4j;

    provides io.gds.database.spi.EngineProvider with
            io.gds.engine.mongo.internal.assembly.MongoProvider;
}
