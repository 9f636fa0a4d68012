/** PostgreSQL as an engine. */
@org.jspecify.annotations.NullMarked
module io.gds.engine.postgres {
    exports io.gds.engine.postgres;

    requires transitive io.gds.database.api;
    requires java.net.http;
    requires java.sql;
    requires org.postgresql.jdbc;
    requires org.slf4j;

    provides io.gds.database.spi.EngineProvider with
            io.gds.engine.postgres.internal.assembly.PostgresProvider;
}
