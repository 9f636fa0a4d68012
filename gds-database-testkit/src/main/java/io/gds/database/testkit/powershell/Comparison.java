package io.gds.database.testkit.powershell;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Comparing operators. The left side says how to compare; an array on it is filtered. */
final class Comparison {
    private final Casts casts;

    Comparison(Casts casts) {
        this.casts = casts;
    }

    /** The value of -eq and its like. */
    @Nullable
    Object compare(String operator, @Nullable Object left, @Nullable Object right) {
        Predicate<@Nullable Object> test =
                switch (operator) {
                    case "eq", "ieq" -> l -> equal(l, right, false);
                    case "ne" -> l -> !equal(l, right, false);
                    case "ceq" -> l -> equal(l, right, true);
                    case "cne" -> l -> !equal(l, right, true);
                    case "gt" -> l -> order(l, right) > 0;
                    case "ge" -> l -> order(l, right) >= 0;
                    case "lt" -> l -> order(l, right) < 0;
                    case "le" -> l -> order(l, right) <= 0;
                    default -> throw new UnsupportedPowerShell("operator -" + operator);
                };
        return each(left, test);
    }

    /** The truth for one value; the values it is true for, for an array. */
    static @Nullable Object each(@Nullable Object left, Predicate<@Nullable Object> test) {
        if (!Conversions.isMany(left)) {
            return test.test(Conversions.plain(left));
        }
        List<@Nullable Object> out = new ArrayList<>();
        for (@Nullable Object item : Conversions.items(left)) {
            if (test.test(item)) {
                out.add(item);
            }
        }
        return PsArray.of(out);
    }

    boolean contains(@Nullable Object many, @Nullable Object one) {
        for (@Nullable Object item : Conversions.items(many)) {
            if (equal(item, Conversions.plain(one), false)) {
                return true;
            }
        }
        return false;
    }

    boolean equal(@Nullable Object left, @Nullable Object right, boolean caseSensitive) {
        Object l = Conversions.plain(left);
        Object r = Conversions.plain(right);
        if (l == null || r == null) {
            return l == null && r == null;
        }
        if (l instanceof String s) {
            String other = Conversions.text(r);
            return caseSensitive ? s.equals(other) : s.equalsIgnoreCase(other);
        }
        if (l instanceof Boolean b) {
            return b == Conversions.truth(r);
        }
        if (l instanceof Number n) {
            Number other = r instanceof PsArray ? null : Numbers.number(r);
            return other != null && Numbers.compare(n, other) == 0;
        }
        if (l instanceof PsEnum e) {
            return r instanceof Number n ? e.number() == n.intValue() : e.name().equalsIgnoreCase(Conversions.text(r));
        }
        if (l instanceof PsDateTime || l instanceof Duration || l instanceof PsVersion || l instanceof Character) {
            try {
                return l.equals(casts.cast(r, TypeNames.of(l))) || (l instanceof PsDateTime && order(l, r) == 0);
            } catch (NetFailure notOfThatType) {
                return false;
            }
        }
        return l.equals(r);
    }

    /** The order of two values that have one. */
    int order(@Nullable Object left, @Nullable Object right) {
        Object l = Conversions.plain(left);
        Object r = Conversions.plain(right);
        if (l == null) {
            return ofNull(r);
        }
        if (l instanceof String s) {
            return invariant(s, Conversions.text(r));
        }
        if (l instanceof Number || l instanceof Boolean || l instanceof PsEnum) {
            Number n = Numbers.number(l);
            Number other = Numbers.number(r);
            if (n == null || other == null) {
                throw incomparable(
                        l,
                        r,
                        "Cannot convert value \"" + Conversions.text(r) + "\" to type \"" + TypeNames.of(l)
                                + "\". Error: \"Input string was not in a correct format.\"");
            }
            return Numbers.compare(n, other);
        }
        Object other;
        try {
            other = casts.cast(r, TypeNames.of(l));
        } catch (NetFailure e) {
            throw incomparable(l, r, e.exception().message());
        }
        if (l instanceof PsDateTime a && other instanceof PsDateTime b) {
            return a.compareTo(b);
        }
        if (l instanceof Duration a && other instanceof Duration b) {
            return a.compareTo(b);
        }
        if (l instanceof PsVersion a && other instanceof PsVersion b) {
            return a.compareTo(b);
        }
        throw new UnsupportedPowerShell("the order of " + TypeNames.of(l) + " and " + TypeNames.of(r));
    }

    private static int ofNull(@Nullable Object right) {
        if (right == null) {
            return 0;
        }
        if (right instanceof Number n) {
            // $null comes before every number but those below zero
            return n.doubleValue() < 0 ? 1 : -1;
        }
        return -1;
    }

    private static NetFailure incomparable(@Nullable Object l, @Nullable Object r, String why) {
        return new NetFailure(
                new NetException(
                        "System.Management.Automation.RuntimeException",
                        "Could not compare \"" + Conversions.text(l) + "\" to \"" + Conversions.text(r)
                                + "\". Error: \"" + why + "\""),
                "InvalidOperation",
                "ComparisonFailure");
    }

    /** As dictionaries do: letters first by what they are, and capitals after small ones. */
    static int invariant(String a, String b) {
        int c = a.toLowerCase(Locale.ROOT).compareTo(b.toLowerCase(Locale.ROOT));
        return c;
    }
}
