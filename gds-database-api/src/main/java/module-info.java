/**
 * The contract between host programs, the core and the engine plugins of gds-database.
 *
 * <p>Host programs read {@code io.gds.database}, {@code .plan}, {@code .gate} and {@code .run}; authors of engines
 * implement {@code .spi}. The module needs nothing at run time but the JDK, JSpecify's annotations and SLF4J's API.
 */
@org.jspecify.annotations.NullMarked
module io.gds.database.api {
    requires transitive org.jspecify;
    requires org.slf4j;

    exports io.gds.database;
    exports io.gds.database.error;
    exports io.gds.database.gate;
    exports io.gds.database.plan;
    exports io.gds.database.run;
    exports io.gds.database.spi;
    exports io.gds.database.topology;
    exports io.gds.database.version;
}
