package io.gds.database.testkit.powershell;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a method is called with, and how it wants that to be: values are converted as PowerShell does. */
public final class NetArguments {
    private final String method;
    private final List<@Nullable Object> values;
    private final NetTypes types;

    NetArguments(String method, List<? extends @Nullable Object> values, NetTypes types) {
        this.method = method;
        this.values = new ArrayList<>(values);
        this.types = types;
    }

    /** How many there are. */
    public int count() {
        return values.size();
    }

    /** Insists on a number of arguments; another overload is not modelled. */
    public NetArguments exactly(int number) {
        if (values.size() != number) {
            throw otherwise();
        }
        return this;
    }

    /** What to throw for an overload that is not modelled. */
    public UnsupportedPowerShell otherwise() {
        List<String> given = new ArrayList<>();
        values.forEach(v -> given.add(TypeNames.of(v)));
        return new UnsupportedPowerShell("method " + method + " with arguments " + given);
    }

    /** An argument as it is; null for {@code $null}. */
    public @Nullable Object get(int index) {
        if (index >= values.size()) {
            throw otherwise();
        }
        return values.get(index);
    }

    /** An argument as a string; {@code $null} is an empty one. */
    public String text(int index) {
        return Conversions.text(get(index));
    }

    /** An argument as an int. */
    public int integer(int index) {
        return Numbers.integer(get(index));
    }

    /** An argument as a long. */
    public long longInteger(int index) {
        return Numbers.longInteger(get(index));
    }

    /** An argument that must be a byte[]. */
    public byte[] bytes(int index) {
        Object value = get(index);
        if (value instanceof byte[] bytes) {
            return bytes;
        }
        if (value instanceof PsArray array) {
            byte[] out = new byte[array.size()];
            for (int i = 0; i < out.length; i++) {
                out[i] = (byte) Numbers.integer(array.get(i));
            }
            return out;
        }
        throw otherwise();
    }

    /** An argument that is a value of an enumeration, or its name. */
    public PsEnum enumeration(int index, String type) {
        Object value = get(index);
        if (value instanceof PsEnum e && e.type().equals(type)) {
            return e;
        }
        PsEnum named = value instanceof String s ? types.get(type).value(s) : null;
        if (named == null) {
            throw otherwise();
        }
        return named;
    }

    /** An argument that is a TimeSpan. */
    public Duration duration(int index) {
        if (get(index) instanceof Duration d) {
            return d;
        }
        throw otherwise();
    }

    /** An argument that is an object of a type. */
    public PsObject object(int index, String type) {
        if (get(index) instanceof PsObject o && o.typeName().equals(type)) {
            return o;
        }
        throw otherwise();
    }

    /** An argument that is a type. */
    public NetType type(int index) {
        if (get(index) instanceof NetType t) {
            return t;
        }
        throw otherwise();
    }
}
