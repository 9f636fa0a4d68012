package io.gds.engine.mssql.internal.settings;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The defaults of options, which no view tells.
 *
 * <p>Source: Server configuration options (table of defaults), ALTER DATABASE SCOPED CONFIGURATION. An option that is not here has a
 * default that differs between versions, or that setup chooses.
 */
final class OptionDefaults {
    private static final long MOST = 2147483647L;
    private static final Map<String, Long> OF_SERVER = ofServer();
    private static final Map<String, String> OF_DATABASE = Map.of(
            "MAXDOP", "0",
            "LEGACY_CARDINALITY_ESTIMATION", "OFF",
            "PARAMETER_SNIFFING", "ON",
            "QUERY_OPTIMIZER_HOTFIXES", "OFF",
            "IDENTITY_CACHE", "ON",
            "OPTIMIZE_FOR_AD_HOC_WORKLOADS", "OFF",
            "ELEVATE_ONLINE", "OFF",
            "ELEVATE_RESUMABLE", "OFF",
            "LIGHTWEIGHT_QUERY_PROFILING", "ON",
            "VERBOSE_TRUNCATION_WARNINGS", "ON");

    private OptionDefaults() {}

    private static Map<String, Long> ofServer() {
        Map<String, Long> all = new TreeMap<>();
        for (String off : new String[] {
            "access check cache bucket count",
            "access check cache quota",
            "ad hoc distributed queries",
            "affinity i/o mask",
            "affinity mask",
            "affinity64 i/o mask",
            "affinity64 mask",
            "automatic soft-numa disabled",
            "backup checksum default",
            "backup compression default",
            "blocked process threshold (s)",
            "c2 audit mode",
            "clr enabled",
            "common criteria compliance enabled",
            "contained database authentication",
            "cross db ownership chaining",
            "database mail xps",
            "disallow results from triggers",
            "fill factor (%)",
            "in-doubt xact resolution",
            "index create memory (kb)",
            "lightweight pooling",
            "locks",
            "max degree of parallelism",
            "max worker threads",
            "media retention",
            "min server memory (mb)",
            "ole automation procedures",
            "optimize for ad hoc workloads",
            "priority boost",
            "query governor cost limit",
            "recovery interval (min)",
            "remote admin connections",
            "remote proc trans",
            "scan for startup procs",
            "show advanced options",
            "tempdb metadata memory-optimized",
            "transform noise words",
            "user connections",
            "user options",
            "xp_cmdshell"
        }) {
            all.put(off, 0L);
        }
        all.put("clr strict security", 1L);
        all.put("cost threshold for parallelism", 5L);
        all.put("cursor threshold", -1L);
        all.put("default trace enabled", 1L);
        all.put("max server memory (mb)", MOST);
        all.put("max text repl size (b)", 65536L);
        all.put("min memory per query (kb)", 1024L);
        all.put("nested triggers", 1L);
        all.put("network packet size (b)", 4096L);
        all.put("query wait (s)", -1L);
        all.put("remote access", 1L);
        all.put("remote login timeout (s)", 10L);
        all.put("remote query timeout (s)", 600L);
        all.put("server trigger recursion", 1L);
        all.put("two digit year cutoff", 2049L);
        return all;
    }

    /** Of an option of sp_configure. */
    static Optional<Long> ofServer(String name) {
        return Optional.ofNullable(OF_SERVER.get(name.toLowerCase(Locale.ROOT)));
    }

    /** Of an option of a database. */
    static Optional<String> ofDatabase(String name) {
        return Optional.ofNullable(OF_DATABASE.get(name.toUpperCase(Locale.ROOT)));
    }
}
