package io.gds.database.testkit.powershell;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The types of .NET that scripts may name. To be filled before scripts run. */
public final class NetTypes {
    private final Map<String, NetType> byName = new HashMap<>();

    NetTypes() {}

    /** Adds a type. */
    public NetTypes add(NetType type) {
        byName.put(fold(type.name()), type);
        return this;
    }

    /** Adds another name for a type that is there. */
    NetTypes alias(String alias, String name) {
        NetType type = byName.get(fold(name));
        if (type == null) {
            throw new IllegalArgumentException("no type " + name);
        }
        byName.put(fold(alias), type);
        return this;
    }

    private static String fold(String name) {
        return name.replace(" ", "").toLowerCase(Locale.ROOT);
    }

    /** A type by its full name, by that without System, or by its short name in PowerShell; null when not known. */
    public @Nullable NetType find(String name) {
        NetType type = byName.get(fold(name));
        return type == null ? byName.get("system." + fold(name)) : type;
    }

    /** The same, for a type that must be known. */
    NetType get(String name) {
        NetType type = find(name);
        if (type == null) {
            throw new UnsupportedPowerShell("type [" + name + "]");
        }
        return type;
    }
}
