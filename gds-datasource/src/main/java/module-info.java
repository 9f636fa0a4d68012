/**
 * For applications: a JDBC data source that parks check-outs while the primary of a cluster changes, so that no
 * transaction fails.
 *
 * <p>Needs nothing at run time but the JDK, JSpecify's annotations and SLF4J's API; {@code jdk.httpserver} only where the
 * HTTP endpoint is used.
 */
@org.jspecify.annotations.NullMarked
module io.gds.database.datasource {
    requires transitive java.sql;
    requires static jdk.httpserver;
    requires transitive org.jspecify;
    requires org.slf4j;

    exports io.gds.database.datasource;
}
