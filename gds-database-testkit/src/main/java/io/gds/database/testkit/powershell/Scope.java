package io.gds.database.testkit.powershell;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Variables and functions; what is not here is looked for in the one around it, which is that of the caller. */
final class Scope {
    private final @Nullable Scope around;
    private final boolean script;
    private final Map<String, Slot> variables = new HashMap<>();
    private final Map<String, ScriptBlock> functions = new HashMap<>();
    private @Nullable Double strict;

    /** A variable: its value, and the type it was declared with. */
    static final class Slot {
        @Nullable
        Object value;

        @Nullable
        String type;
    }

    Scope(@Nullable Scope around, boolean script) {
        this.around = around;
        this.script = script;
    }

    private static String fold(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** The nearest one that is a script's; the outermost is one. */
    Scope ofScript() {
        return script || around == null ? this : around.ofScript();
    }

    Scope outermost() {
        return around == null ? this : around.outermost();
    }

    @Nullable
    Slot find(String name) {
        Slot slot = variables.get(fold(name));
        return slot != null || around == null ? slot : around.find(name);
    }

    @Nullable
    Slot own(String name) {
        return variables.get(fold(name));
    }

    /** Makes or finds a variable here. */
    Slot slot(String name) {
        return variables.computeIfAbsent(fold(name), k -> new Slot());
    }

    void set(String name, @Nullable Object value) {
        slot(name).value = value;
    }

    void drop(String name) {
        variables.remove(fold(name));
    }

    void function(String name, ScriptBlock body) {
        functions.put(fold(name), body);
    }

    @Nullable
    ScriptBlock function(String name) {
        ScriptBlock found = functions.get(fold(name));
        return found != null || around == null ? found : around.function(name);
    }

    void strict(double version) {
        strict = version;
    }

    /** The strict mode in force; 0 when it is off. */
    double strict() {
        if (strict != null) {
            return strict;
        }
        return around == null ? 0 : around.strict();
    }
}
