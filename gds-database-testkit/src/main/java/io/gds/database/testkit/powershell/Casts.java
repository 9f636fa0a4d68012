package io.gds.database.testkit.powershell;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Casts: {@code [int] $x}, {@code -is}, the types of parameters. */
final class Casts {
    private final NetTypes types;

    Casts(NetTypes types) {
        this.types = types;
    }

    /**
     * A value as one of a type.
     *
     * @throws NetFailure when it cannot be one
     */
    @Nullable
    Object cast(@Nullable Object given, String type) {
        Object value = Conversions.plain(given);
        String name = type.trim();
        if (name.endsWith("[]")) {
            return array(value, name.substring(0, name.length() - 2));
        }
        NetType known = types.get(name);
        if (known.isEnumeration()) {
            return enumeration(value, known);
        }
        NetType.Cast cast = known.cast();
        if (cast != null) {
            return cast.apply(value);
        }
        if (value != null && is(value, name)) {
            return value;
        }
        throw failure(value, known.name());
    }

    static NetFailure failure(@Nullable Object value, String type) {
        if (value == null) {
            return Numbers.castFailure("Cannot convert null to type \"" + type + "\".", "nullToObjectInvalidCast");
        }
        return Numbers.castFailure(
                "Cannot convert the \"" + Conversions.text(value) + "\" value of type \"" + TypeNames.of(value)
                        + "\" to type \"" + type + "\".",
                "ConvertToFinalInvalidCastException");
    }

    private @Nullable Object array(@Nullable Object value, String element) {
        if (value == null) {
            return null;
        }
        NetType type = types.get(element);
        List<@Nullable Object> out = new ArrayList<>();
        for (@Nullable Object item : Conversions.items(value)) {
            out.add(type.name().equals("System.Object") ? item : cast(item, element));
        }
        if (!type.name().equals("System.Byte")) {
            return PsArray.ofType(type.name(), out);
        }
        byte[] bytes = new byte[out.size()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Numbers.integer(out.get(i));
        }
        return bytes;
    }

    private static PsEnum enumeration(@Nullable Object value, NetType type) {
        if (value instanceof PsEnum e && e.type().equals(type.name())) {
            return e;
        }
        PsEnum named = value instanceof String s ? type.value(s) : null;
        if (named != null) {
            return named;
        }
        if (value instanceof Number n) {
            for (PsEnum e : type.values()) {
                if (e.number() == n.intValue()) {
                    return e;
                }
            }
        }
        if (value == null) {
            throw failure(null, type.name());
        }
        List<String> names = new ArrayList<>();
        type.values().forEach(v -> names.add(v.name()));
        throw Numbers.castFailure(
                "Cannot convert value \"" + Conversions.text(value) + "\" to type \"" + type.name()
                        + "\". Error: \"Unable to match the identifier name " + Conversions.text(value)
                        + " to a valid enumerator name. Specify one of the following enumerator names and try again: "
                        + String.join(", ", names) + "\"",
                "InvalidCastFromStringToEnumeration");
    }

    /** Whether a value is of a type. */
    boolean is(@Nullable Object value, String type) {
        Object plain = Conversions.plain(value);
        String name = type.trim();
        if (plain == null) {
            return false;
        }
        if (plain instanceof NetException e && ExceptionTypes.find(name) != null) {
            return ExceptionTypes.isA(e, String.valueOf(ExceptionTypes.find(name)));
        }
        if (name.endsWith("[]")) {
            String own = TypeNames.of(plain);
            NetType element = types.get(name.substring(0, name.length() - 2));
            return own.equalsIgnoreCase(element.name() + "[]");
        }
        NetType known = types.get(name);
        Predicate<Object> instance = known.instance();
        return instance != null
                ? instance.test(plain)
                : TypeNames.of(plain)
                        .toLowerCase(Locale.ROOT)
                        .equals(known.name().toLowerCase(Locale.ROOT));
    }
}
