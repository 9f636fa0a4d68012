package io.gds.database.testkit.powershell;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The commands of a host, by name. To be filled before scripts run. */
public final class Commands {
    private static final Map<String, String> ALIASES = Map.ofEntries(
            Map.entry("%", "foreach-object"),
            Map.entry("foreach", "foreach-object"),
            Map.entry("?", "where-object"),
            Map.entry("where", "where-object"),
            Map.entry("select", "select-object"),
            Map.entry("sort", "sort-object"),
            Map.entry("echo", "write-output"),
            Map.entry("write", "write-output"),
            // which is why sc.exe must be called by its whole name
            Map.entry("sc", "set-content"),
            Map.entry("gc", "get-content"),
            Map.entry("gci", "get-childitem"),
            Map.entry("gi", "get-item"),
            Map.entry("gp", "get-itemproperty"),
            Map.entry("gcim", "get-ciminstance"),
            Map.entry("ri", "remove-item"),
            Map.entry("mi", "move-item"),
            Map.entry("ni", "new-item"),
            Map.entry("sleep", "start-sleep"));

    private final Map<String, Cmdlet> byName = new HashMap<>();

    Commands() {}

    /** Adds a command. */
    public Commands add(Cmdlet cmdlet) {
        byName.put(cmdlet.name().toLowerCase(Locale.ROOT), cmdlet);
        return this;
    }

    @Nullable
    Cmdlet find(String name) {
        String folded = name.toLowerCase(Locale.ROOT);
        return byName.get(ALIASES.getOrDefault(folded, folded));
    }
}
