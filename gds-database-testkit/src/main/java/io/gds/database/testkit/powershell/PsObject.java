package io.gds.database.testkit.powershell;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An object with properties and methods. One of .NET or CIM knows only what the host gave it, and a script that asks
 * for more is {@link UnsupportedPowerShell}; a PSCustomObject has what it has. Not thread-safe.
 */
public final class PsObject {
    private final String typeName;
    private final boolean custom;
    private final Map<String, Property> properties = new LinkedHashMap<>();
    private final Map<String, NetMethod> methods = new LinkedHashMap<>();
    private final Map<String, Consumer<? super @Nullable Object>> setters = new LinkedHashMap<>();
    private @Nullable Supplier<String> text;
    private @Nullable Object payload;

    /** A property: what it is called and where its value comes from. */
    record Property(String name, Supplier<? extends @Nullable Object> value) {}

    private PsObject(String typeName, boolean custom) {
        this.typeName = requireNonNull(typeName, "typeName");
        this.custom = custom;
    }

    /** An empty PSCustomObject. */
    public static PsObject custom() {
        return new PsObject("System.Management.Automation.PSCustomObject", true);
    }

    /** An object of .NET or CIM; the name is the full one. */
    public static PsObject net(String typeName) {
        return new PsObject(typeName, false);
    }

    /** Adds a property with a value, or replaces it. */
    public PsObject with(String name, @Nullable Object value) {
        properties.put(fold(name), new Property(name, () -> value));
        return this;
    }

    /** Adds a property that is read each time it is asked for. */
    public PsObject reading(String name, Supplier<? extends @Nullable Object> value) {
        properties.put(fold(name), new Property(name, value));
        return this;
    }

    /** Adds a property that is read each time, and may be set by an assignment. */
    public PsObject writing(
            String name, Supplier<? extends @Nullable Object> value, Consumer<? super @Nullable Object> setter) {
        reading(name, value);
        setters.put(fold(name), setter);
        return this;
    }

    /** Adds a method. */
    public PsObject method(String name, NetMethod method) {
        methods.put(fold(name), method);
        return this;
    }

    /** What it is as a string; else the name of its type. */
    public PsObject text(Supplier<String> value) {
        text = value;
        return this;
    }

    /** Gives it something of the host's, for commands that get the object back. */
    public PsObject carrying(Object value) {
        payload = value;
        return this;
    }

    /** What it carries, when that is of a type. */
    public <T> @Nullable T payload(Class<T> type) {
        return type.isInstance(payload) ? type.cast(payload) : null;
    }

    private static String fold(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** The full name of its type. */
    public String typeName() {
        return typeName;
    }

    @Nullable
    Consumer<? super @Nullable Object> setter(String name) {
        return setters.get(fold(name));
    }

    boolean isCustom() {
        return custom;
    }

    boolean has(String name) {
        return properties.containsKey(fold(name));
    }

    /** The value of a property; null when there is none. */
    public @Nullable Object get(String name) {
        Property property = properties.get(fold(name));
        return property == null ? null : property.value().get();
    }

    @Nullable
    NetMethod method(String name) {
        return methods.get(fold(name));
    }

    List<Property> properties() {
        return new ArrayList<>(properties.values());
    }

    @Override
    public String toString() {
        if (text != null) {
            return text.get();
        }
        if (!custom) {
            return typeName;
        }
        StringBuilder out = new StringBuilder("@{");
        for (Property p : properties.values()) {
            out.append(out.length() == 2 ? "" : "; ").append(p.name()).append('=');
            out.append(Conversions.text(p.value().get()));
        }
        return out.append('}').toString();
    }
}
