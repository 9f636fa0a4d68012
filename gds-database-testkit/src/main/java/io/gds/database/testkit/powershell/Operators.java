package io.gds.database.testkit.powershell;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Operators with two sides, but for those that decide whether their right side is looked at. */
final class Operators {
    private final Casts casts;
    private final Comparison comparison;

    Operators(Casts casts, Comparison comparison) {
        this.casts = casts;
        this.comparison = comparison;
    }

    @Nullable
    Object binary(String operator, @Nullable Object left, @Nullable Object right) {
        Object l = Conversions.plain(left);
        Object r = Conversions.plain(right);
        return switch (operator) {
            case "+" -> plus(l, r);
            case "-" -> minus(l, r);
            case "*" -> times(l, r);
            case "/", "%" -> arithmetic(operator, l, r);
            case "eq", "ieq", "ne", "ceq", "cne", "gt", "ge", "lt", "le" -> comparison.compare(operator, l, r);
            case "like" -> Comparison.each(l, v -> like(v, r, false));
            case "clike" -> Comparison.each(l, v -> like(v, r, true));
            case "notlike" -> Comparison.each(l, v -> !like(v, r, false));
            case "contains" -> comparison.contains(l, r);
            case "notcontains" -> !comparison.contains(l, r);
            case "in" -> comparison.contains(r, l);
            case "notin" -> !comparison.contains(r, l);
            case "split" -> split(l, r);
            case "join" -> join(l, Conversions.text(r));
            case "replace", "creplace" -> replace(l, r, operator.startsWith("c"));
            case "f" -> Format.format(Conversions.text(l), Conversions.items(r));
            case ".." -> range(Numbers.integer(l), Numbers.integer(r));
            case "is" -> casts.is(l, typeName(r));
            case "isnot" -> !casts.is(l, typeName(r));
            case "as" -> as(l, typeName(r));
            case "xor" -> Conversions.truth(l) != Conversions.truth(r);
            case "band" -> bits(Numbers.longInteger(l) & Numbers.longInteger(r), l, r);
            case "bor" -> bits(Numbers.longInteger(l) | Numbers.longInteger(r), l, r);
            case "bxor" -> bits(Numbers.longInteger(l) ^ Numbers.longInteger(r), l, r);
            default -> throw new UnsupportedPowerShell("operator -" + operator);
        };
    }

    private static String typeName(@Nullable Object value) {
        return value instanceof NetType t ? t.name() : Conversions.text(value);
    }

    private static Object bits(long value, @Nullable Object l, @Nullable Object r) {
        return l instanceof Long || r instanceof Long || (int) value != value ? (Object) value : (Object) (int) value;
    }

    private static @Nullable Object plus(@Nullable Object l, @Nullable Object r) {
        if (Conversions.isMany(l)) {
            List<@Nullable Object> out = Conversions.items(l);
            out.addAll(Conversions.items(r));
            return PsArray.of(out);
        }
        if (l instanceof String s) {
            return s + Conversions.text(r);
        }
        if (l instanceof Character c) {
            return c + Conversions.text(r);
        }
        if (l instanceof PsHashtable a) {
            return merged(a, r);
        }
        if (l instanceof PsDateTime d && r instanceof Duration by) {
            return d.plusNanos(by.toNanos());
        }
        if (l instanceof Duration a && r instanceof Duration b) {
            return a.plus(b);
        }
        if (l == null && (r instanceof String || Conversions.isMany(r) || r instanceof PsHashtable)) {
            return r;
        }
        return arithmetic("+", l, r);
    }

    private static PsHashtable merged(PsHashtable a, @Nullable Object r) {
        if (!(r instanceof PsHashtable b)) {
            throw new NetFailure(
                    new NetException(
                            "System.Management.Automation.RuntimeException",
                            "A hash table can only be added to another hash table."),
                    "InvalidOperation",
                    "AddHashTableToNonHashTable");
        }
        PsHashtable out = new PsHashtable(a.ordered());
        a.entries().forEach(e -> out.put(e.key(), e.value()));
        for (PsHashtable.Entry e : b.entries()) {
            if (out.has(e.key())) {
                throw new NetFailure(
                        "System.ArgumentException",
                        "Item has already been added. Key in dictionary: '" + Conversions.text(e.key())
                                + "'  Key being added: '" + Conversions.text(e.key()) + "'");
            }
            out.put(e.key(), e.value());
        }
        return out;
    }

    private static Object minus(@Nullable Object l, @Nullable Object r) {
        if (l instanceof PsDateTime a && r instanceof PsDateTime b) {
            return Duration.between(b.time(), a.time());
        }
        if (l instanceof PsDateTime a && r instanceof Duration by) {
            return a.plusNanos(-by.toNanos());
        }
        if (l instanceof Duration a && r instanceof Duration b) {
            return a.minus(b);
        }
        return arithmetic("-", l, r);
    }

    private static Object times(@Nullable Object l, @Nullable Object r) {
        if (l instanceof String s) {
            return s.repeat(Numbers.integer(r));
        }
        if (Conversions.isMany(l)) {
            List<@Nullable Object> out = new ArrayList<>();
            for (int i = 0; i < Numbers.integer(r); i++) {
                out.addAll(Conversions.items(l));
            }
            return PsArray.of(out);
        }
        return arithmetic("*", l, r);
    }

    private static Number arithmetic(String operator, @Nullable Object l, @Nullable Object r) {
        boolean odd = l instanceof PsDateTime
                || l instanceof Duration
                || l instanceof PsObject
                || l instanceof PsHashtable
                || Conversions.isMany(l)
                || l instanceof PsVersion;
        if (odd) {
            throw new NetFailure(
                    new NetException(
                            "System.Management.Automation.RuntimeException",
                            "Method invocation failed because [" + TypeNames.of(l)
                                    + "] does not contain a method named '" + methodOf(operator) + "'."),
                    "InvalidOperation",
                    "MethodNotFound");
        }
        Number a = Numbers.number(l, l instanceof String ? "System.Int32" : "System.Double");
        return Numbers.arithmetic(operator, a, Numbers.number(r, "System.Int32"));
    }

    private static String methodOf(String operator) {
        return switch (operator) {
            case "+" -> "op_Addition";
            case "-" -> "op_Subtraction";
            case "*" -> "op_Multiply";
            case "/" -> "op_Division";
            default -> "op_Modulus";
        };
    }

    private static boolean like(@Nullable Object v, @Nullable Object pattern, boolean caseSensitive) {
        return Patterns.like(Conversions.text(v), Conversions.text(pattern), caseSensitive);
    }

    private static Object split(@Nullable Object l, @Nullable Object r) {
        List<@Nullable Object> how = Conversions.items(r);
        if (how.isEmpty() || how.size() > 2 || how.get(0) instanceof ScriptBlock) {
            throw new UnsupportedPowerShell("-split with " + how.size() + " operands or a script block");
        }
        int limit = how.size() < 2 ? 0 : Numbers.integer(how.get(1));
        List<@Nullable Object> out = new ArrayList<>();
        for (@Nullable Object item : Conversions.items(l)) {
            out.addAll(Patterns.split(Conversions.text(item), Conversions.text(how.get(0)), limit)
                    .toList());
        }
        return PsArray.ofType("System.String", out);
    }

    /** {@code -split} with nothing on its left: at blanks. */
    static Object words(@Nullable Object value) {
        List<String> out = new ArrayList<>();
        for (@Nullable Object item : Conversions.items(value)) {
            for (String word : Conversions.text(item).trim().split("\\s+", -1)) {
                if (!word.isEmpty()) {
                    out.add(word);
                }
            }
        }
        return PsArray.ofStrings(out);
    }

    static String join(@Nullable Object many, String separator) {
        List<String> out = new ArrayList<>();
        Conversions.items(many).forEach(i -> out.add(Conversions.text(i)));
        return String.join(separator, out);
    }

    private static @Nullable Object replace(@Nullable Object l, @Nullable Object r, boolean caseSensitive) {
        List<@Nullable Object> how = Conversions.items(r);
        String regex = Conversions.text(how.get(0));
        String with = how.size() < 2 ? null : Conversions.text(how.get(1));
        if (!Conversions.isMany(l)) {
            return Patterns.replace(Conversions.text(l), regex, with, caseSensitive);
        }
        List<@Nullable Object> out = new ArrayList<>();
        Conversions.items(l).forEach(i -> out.add(Patterns.replace(Conversions.text(i), regex, with, caseSensitive)));
        return PsArray.of(out);
    }

    private static PsArray range(int from, int to) {
        List<@Nullable Object> out = new ArrayList<>();
        for (int i = from; from <= to ? i <= to : i >= to; i += from <= to ? 1 : -1) {
            out.add(i);
        }
        return PsArray.of(out);
    }

    private @Nullable Object as(@Nullable Object value, String type) {
        try {
            return casts.cast(value, type);
        } catch (NetFailure noSuchCast) {
            return null;
        }
    }
}
