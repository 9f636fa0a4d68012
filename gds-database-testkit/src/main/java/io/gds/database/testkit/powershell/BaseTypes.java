package io.gds.database.testkit.powershell;

import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The types of .NET that have nothing to do with a host: strings, numbers, encodings. */
final class BaseTypes {
    private static final String ENCODING = "System.Text.UTF8Encoding";

    private BaseTypes() {}

    static void addTo(NetTypes types) {
        numbers(types);
        collections(types);
        types.add(NetType.named("System.String")
                .cast(BaseTypes::string)
                .property("Empty", () -> "")
                .method("IsNullOrEmpty", a -> a.exactly(1).text(0).isEmpty())
                .method("IsNullOrWhiteSpace", a -> a.exactly(1).text(0).isBlank())
                .method("Join", BaseTypes::join));
        types.add(NetType.named("System.Char").cast(BaseTypes::character));
        types.add(NetType.named("System.Boolean").cast(Conversions::truth));
        types.add(NetType.named("System.Version").cast(BaseTypes::version));
        types.add(NetType.named("System.Void"));
        types.add(NetType.named("System.Object").cast(v -> v).instance(v -> true));
        types.add(NetType.named("System.Guid").method("NewGuid", a -> {
            String guid = UUID.randomUUID().toString();
            return PsObject.net("System.Guid").with("Guid", guid).text(() -> guid);
        }));
        types.add(NetType.named("System.Management.Automation.Language.NullString")
                .property("Value", () -> null));
        types.add(NetType.named("System.Management.Automation.ScriptBlock").instance(v -> v instanceof ScriptBlock));
        types.add(NetType.named("System.Convert")
                .method("ToBase64String", a -> Base64.getEncoder()
                        .encodeToString(a.exactly(1).bytes(0)))
                .method("FromBase64String", a -> fromBase64(a.exactly(1).text(0)))
                .method("ToInt32", a -> Numbers.integer(a.exactly(1).get(0)))
                .method("ToInt64", a -> Numbers.longInteger(a.exactly(1).get(0))));
        types.add(NetType.named("System.BitConverter")
                .method("ToString", a -> hex(a.exactly(1).bytes(0))));
        types.add(NetType.named("System.Math")
                .method("Max", a -> Numbers.compare(num(a, 0), num(a, 1)) >= 0 ? num(a, 0) : num(a, 1))
                .method("Min", a -> Numbers.compare(num(a, 0), num(a, 1)) <= 0 ? num(a, 0) : num(a, 1))
                .method("Floor", a -> Math.floor(num(a.exactly(1), 0).doubleValue()))
                .method("Ceiling", a -> Math.ceil(num(a.exactly(1), 0).doubleValue())));
        types.add(NetType.named("System.Text.Encoding")
                .property("UTF8", () -> encoding(StandardCharsets.UTF_8))
                .property("Unicode", () -> encoding(StandardCharsets.UTF_16LE))
                .property("ASCII", () -> encoding(StandardCharsets.US_ASCII)));
        types.add(NetType.named("System.Environment").property("NewLine", () -> "\r\n"));
        for (String name : ExceptionTypes.names()) {
            types.add(NetType.named(name)
                    .constructor(a -> new NetException(name, a.exactly(1).text(0)))
                    .instance(v -> v instanceof NetException e && ExceptionTypes.isA(e, name)));
        }
        aliases(types);
    }

    private static void numbers(NetTypes types) {
        types.add(NetType.named("System.Int32")
                .cast(Numbers::integer)
                .property("MaxValue", () -> Integer.MAX_VALUE)
                .property("MinValue", () -> Integer.MIN_VALUE));
        types.add(NetType.named("System.Int64")
                .cast(Numbers::longInteger)
                .property("MaxValue", () -> Long.MAX_VALUE)
                .property("MinValue", () -> Long.MIN_VALUE));
        types.add(NetType.named("System.Byte").cast(v -> (int) ranged(v, 0, 255, "System.Byte", "an unsigned byte")));
        types.add(NetType.named("System.UInt32").cast(v -> ranged(v, 0, 0xffff_ffffL, "System.UInt32", "a UInt32")));
        types.add(NetType.named("System.Double")
                .cast(v -> Numbers.number(v, "System.Double").doubleValue()));
        types.add(NetType.named("System.Decimal").cast(v -> Numbers.decimal(Numbers.number(v, "System.Decimal"))));
    }

    private static void collections(NetTypes types) {
        types.add(NetType.named("System.Collections.Hashtable")
                .constructor(a -> new PsHashtable())
                .cast(v -> {
                    if (v == null || v instanceof PsHashtable) {
                        return v;
                    }
                    throw Casts.failure(v, "System.Collections.Hashtable");
                }));
        types.add(NetType.named("System.Array")
                .instance(v -> v instanceof PsArray || v instanceof byte[])
                .cast(v -> v == null || Conversions.isMany(v) ? v : PsArray.of(v)));
        types.add(NetType.named("System.Management.Automation.PSCustomObject")
                .cast(BaseTypes::custom)
                .instance(v -> v instanceof PsObject o && o.isCustom()));
        types.add(NetType.named("System.Management.Automation.SwitchParameter").cast(Conversions::truth));
        types.add(NetType.named("System.Collections.Specialized.OrderedDictionary")
                .cast(v -> v));
    }

    private static void aliases(NetTypes types) {
        types.alias("string", "System.String").alias("char", "System.Char").alias("bool", "System.Boolean");
        types.alias("int", "System.Int32").alias("long", "System.Int64").alias("byte", "System.Byte");
        types.alias("double", "System.Double")
                .alias("decimal", "System.Decimal")
                .alias("uint32", "System.UInt32");
        types.alias("hashtable", "System.Collections.Hashtable").alias("array", "System.Array");
        types.alias("pscustomobject", "System.Management.Automation.PSCustomObject");
        types.alias("switch", "System.Management.Automation.SwitchParameter");
        types.alias("ordered", "System.Collections.Specialized.OrderedDictionary");
        types.alias("scriptblock", "System.Management.Automation.ScriptBlock");
        types.alias("nullstring", "System.Management.Automation.Language.NullString");
        types.alias("version", "System.Version").alias("guid", "System.Guid").alias("void", "System.Void");
    }

    private static Number num(NetArguments a, int index) {
        return Numbers.number(a.get(index), "System.Double");
    }

    private static String string(@Nullable Object value) {
        return Conversions.text(value);
    }

    private static Character character(@Nullable Object value) {
        if (value instanceof Character c) {
            return c;
        }
        if (value instanceof String s && s.length() == 1) {
            return s.charAt(0);
        }
        if (value instanceof Integer i) {
            return (char) i.intValue();
        }
        throw Casts.failure(value, "System.Char");
    }

    private static PsVersion version(@Nullable Object value) {
        if (value instanceof PsVersion v) {
            return v;
        }
        PsVersion parsed = value instanceof String s ? PsVersion.parse(s) : null;
        if (parsed == null) {
            throw Casts.failure(value, "System.Version");
        }
        return parsed;
    }

    private static long ranged(@Nullable Object value, long min, long max, String type, String what) {
        long n = Numbers.longInteger(value);
        if (n < min || n > max) {
            throw Numbers.castFailure(
                    "Cannot convert value \"" + Conversions.text(value) + "\" to type \"" + type
                            + "\". Error: \"Value was either too large or too small for " + what + ".\"",
                    "InvalidCastIConvertible");
        }
        return n;
    }

    private static @Nullable Object custom(@Nullable Object value) {
        if (!(value instanceof PsHashtable table)) {
            return value;
        }
        PsObject out = PsObject.custom();
        table.entries().forEach(e -> out.with(Conversions.text(e.key()), e.value()));
        return out;
    }

    private static String join(NetArguments a) {
        StringBuilder out = new StringBuilder();
        String separator = "";
        for (@Nullable Object item : Conversions.items(a.exactly(2).get(1))) {
            out.append(separator).append(Conversions.text(item));
            separator = a.text(0);
        }
        return out.toString();
    }

    private static byte[] fromBase64(String text) {
        String digits = text.replaceAll("[ \t\r\n]", "");
        if (digits.length() % 4 != 0) {
            throw new NetFailure("System.FormatException", "Invalid length for a Base-64 char array or string.");
        }
        try {
            return Base64.getDecoder().decode(digits);
        } catch (IllegalArgumentException e) {
            throw new NetFailure(
                    "System.FormatException",
                    "The input is not a valid Base-64 string as it contains a non-base 64 character, more than two "
                            + "padding characters, or an illegal character among the padding characters. ");
        }
    }

    private static String hex(byte[] bytes) {
        StringBuilder out = new StringBuilder();
        for (byte b : bytes) {
            out.append(out.length() == 0 ? "" : "-").append(String.format("%02X", b & 0xff));
        }
        return out.toString();
    }

    private static PsObject encoding(Charset charset) {
        return PsObject.net(ENCODING)
                .carrying(charset)
                .method("GetBytes", a -> a.exactly(1).text(0).getBytes(charset))
                .method("GetString", a -> {
                    if (a.count() == 3) {
                        return new String(a.bytes(0), a.integer(1), a.integer(2), charset);
                    }
                    return new String(a.exactly(1).bytes(0), charset);
                });
    }

    static Duration span(@Nullable Object value) {
        if (value instanceof Duration d) {
            return d;
        }
        if (value instanceof Number n && !(n instanceof BigDecimal) && !(n instanceof Double)) {
            return Duration.ofNanos(n.longValue() * 100);
        }
        throw Casts.failure(value, "System.TimeSpan");
    }
}
