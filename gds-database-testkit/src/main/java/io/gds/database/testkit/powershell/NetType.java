package io.gds.database.testkit.powershell;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A type of .NET as scripts see it: static members, constructors, casts to it. What it was not given is
 * {@link UnsupportedPowerShell}. To be filled before scripts run.
 */
public final class NetType {
    private final String name;
    private final Map<String, NetMethod> methods = new LinkedHashMap<>();
    private final Map<String, Supplier<? extends @Nullable Object>> properties = new LinkedHashMap<>();
    private final Map<String, PsEnum> values = new LinkedHashMap<>();
    private @Nullable NetMethod constructor;
    private @Nullable Cast cast;
    private @Nullable Predicate<Object> instance;

    /** What a cast does. */
    @FunctionalInterface
    public interface Cast {
        /**
         * Makes a value of the type of another one.
         *
         * @throws NetFailure when it cannot
         */
        @Nullable
        Object apply(@Nullable Object value);
    }

    private NetType(String name) {
        this.name = requireNonNull(name, "name");
    }

    /** A type without members yet; the name is the full one. */
    public static NetType named(String name) {
        return new NetType(name);
    }

    /** An enumeration with these values, numbered from zero. */
    public static NetType enumeration(String name, String... values) {
        NetType type = new NetType(name);
        for (int i = 0; i < values.length; i++) {
            type.value(values[i], i);
        }
        return type;
    }

    /** Adds a value of an enumeration. */
    public NetType value(String value, int number) {
        values.put(fold(value), new PsEnum(name, value, number));
        return this;
    }

    /** Adds a static method. */
    public NetType method(String method, NetMethod body) {
        methods.put(fold(method), body);
        return this;
    }

    /** Adds a static property. */
    public NetType property(String property, Supplier<? extends @Nullable Object> value) {
        properties.put(fold(property), value);
        return this;
    }

    /** Says how to make one. */
    public NetType constructor(NetMethod body) {
        constructor = body;
        return this;
    }

    /** Says what a cast makes of a value; it throws {@link NetFailure} for one that it cannot take. */
    public NetType cast(Cast body) {
        cast = body;
        return this;
    }

    /** Says which values are of this type, where the name of their type does not. */
    NetType instance(Predicate<Object> test) {
        instance = test;
        return this;
    }

    private static String fold(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    /** Its full name. */
    public String name() {
        return name;
    }

    List<PsEnum> values() {
        return List.copyOf(values.values());
    }

    /** A value of an enumeration by its name; null when there is none. */
    public @Nullable PsEnum value(String value) {
        return values.get(fold(value.trim()));
    }

    @Nullable
    Object get(String property) {
        PsEnum value = values.get(fold(property));
        if (value != null) {
            return value;
        }
        Supplier<? extends @Nullable Object> found = properties.get(fold(property));
        if (found == null) {
            throw new UnsupportedPowerShell("[" + name + "]::" + property);
        }
        return found.get();
    }

    @Nullable
    Object call(String method, NetArguments arguments) {
        if (method.equalsIgnoreCase("new")) {
            if (constructor == null) {
                throw new UnsupportedPowerShell("[" + name + "]::new()");
            }
            return constructor.call(arguments);
        }
        NetMethod found = methods.get(fold(method));
        if (found == null) {
            throw new UnsupportedPowerShell("[" + name + "]::" + method + "()");
        }
        return found.call(arguments);
    }

    boolean isEnumeration() {
        return !values.isEmpty();
    }

    @Nullable
    Cast cast() {
        return cast;
    }

    @Nullable
    Predicate<Object> instance() {
        return instance;
    }

    @Override
    public String toString() {
        return name;
    }
}
