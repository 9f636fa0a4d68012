package io.gds.database.testkit.mssql;

import java.util.Map;
import java.util.TreeMap;

/** An option of {@code sp_configure}. Guarded by its {@link ServerCatalogue}. */
final class ModelOption {
    final int id;
    final String name;
    final long least;
    final long most;
    final boolean dynamic;
    final boolean advanced;
    long value;
    long inUse;

    private ModelOption(int id, String name, long value, long least, long most, boolean dynamic, boolean advanced) {
        this.id = id;
        this.name = name;
        this.value = value;
        this.inUse = value;
        this.least = least;
        this.most = most;
        this.dynamic = dynamic;
        this.advanced = advanced;
    }

    /** Some of each kind, with numbers, limits and defaults as sys.configurations of a fresh instance has them. */
    static Map<String, ModelOption> ofFreshInstance() {
        Map<String, ModelOption> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (ModelOption o : new ModelOption[] {
            new ModelOption(101, "recovery interval (min)", 0, 0, 32767, true, true),
            new ModelOption(103, "user connections", 0, 0, 32767, false, true),
            new ModelOption(109, "fill factor (%)", 0, 0, 100, false, true),
            new ModelOption(115, "nested triggers", 1, 0, 1, true, false),
            new ModelOption(117, "remote access", 1, 0, 1, false, false),
            new ModelOption(518, "show advanced options", 0, 0, 1, true, false),
            new ModelOption(1538, "cost threshold for parallelism", 5, 0, 32767, true, true),
            new ModelOption(1539, "max degree of parallelism", 0, 0, 32767, true, true),
            new ModelOption(1543, "min server memory (MB)", 0, 0, 2147483647, true, true),
            new ModelOption(1544, "max server memory (MB)", 2147483647, 128, 2147483647, true, true),
            new ModelOption(1551, "affinity64 I/O mask", 0, -2147483648, 2147483647, false, true),
            new ModelOption(1579, "backup compression default", 0, 0, 1, true, false),
            new ModelOption(16390, "xp_cmdshell", 0, 0, 1, true, true),
        }) {
            all.put(o.name, o);
        }
        // The server uses 16 MB for a minimum of nothing, and so shows different values for ever.
        ModelOption memory = all.get("min server memory (MB)");
        if (memory != null) {
            memory.inUse = 16;
        }
        return all;
    }

    /** What RECONFIGURE does, or a start. */
    void install() {
        inUse = id == 1543 && value == 0 ? 16 : value;
    }
}
