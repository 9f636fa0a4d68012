package io.gds.database.testkit.powershell;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What values are as strings and as truths, and what of them is many. */
public final class Conversions {
    private Conversions() {}

    /** The same, but the absence of output becomes null. */
    static @Nullable Object plain(@Nullable Object value) {
        return value == Nothing.VALUE ? null : value;
    }

    /** Whether it is {@code $null}. */
    static boolean isNull(@Nullable Object value) {
        return value == null || value == Nothing.VALUE;
    }

    /** As an expandable string shows it. */
    public static String text(@Nullable Object value) {
        if (isNull(value)) {
            return "";
        }
        if (value instanceof Boolean b) {
            return b ? "True" : "False";
        }
        if (value instanceof Double d) {
            return number(d);
        }
        if (value instanceof BigDecimal d) {
            return d.toPlainString();
        }
        if (value instanceof Duration d) {
            return Times.text(d);
        }
        if (isMany(value)) {
            List<String> texts = new ArrayList<>();
            items(value).forEach(i -> texts.add(text(i)));
            return String.join(" ", texts);
        }
        return String.valueOf(value);
    }

    private static String number(double d) {
        if (Double.isNaN(d)) {
            return "NaN";
        }
        if (Double.isInfinite(d)) {
            return d > 0 ? "Infinity" : "-Infinity";
        }
        BigDecimal rounded = new BigDecimal(d).round(new MathContext(15, RoundingMode.HALF_EVEN));
        if (rounded.signum() == 0) {
            return "0";
        }
        rounded = rounded.stripTrailingZeros();
        int exponent = rounded.precision() - rounded.scale() - 1;
        if (exponent >= -5 && exponent < 15) {
            return rounded.toPlainString();
        }
        String digits = rounded.unscaledValue().abs().toString();
        String mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
        String sign = exponent < 0 ? "-" : "+";
        return (rounded.signum() < 0 ? "-" : "") + mantissa + "E" + sign
                + String.format(Locale.ROOT, "%02d", Math.abs(exponent));
    }

    /** Whether it counts as true. */
    public static boolean truth(@Nullable Object value) {
        if (value == null || value == Nothing.VALUE) {
            return false;
        }
        if (value instanceof Boolean b) {
            return b;
        }
        if (value instanceof String s) {
            return !s.isEmpty();
        }
        if (value instanceof Number n) {
            return n.doubleValue() != 0;
        }
        if (value instanceof PsEnum e) {
            return e.number() != 0;
        }
        if (isMany(value)) {
            List<@Nullable Object> items = items(value);
            return items.size() > 1 || (items.size() == 1 && truth(items.get(0)));
        }
        return true;
    }

    /** Whether a pipeline takes it apart. */
    static boolean isMany(@Nullable Object value) {
        return value instanceof PsArray || value instanceof byte[] || value instanceof PsList;
    }

    /** What a pipeline makes of it: its elements, or it alone; nothing of no output. */
    static List<@Nullable Object> items(@Nullable Object value) {
        List<@Nullable Object> out = new ArrayList<>();
        if (value instanceof PsArray array) {
            return array.toList();
        }
        if (value instanceof PsList list) {
            return list.items();
        }
        if (value instanceof byte[] bytes) {
            for (byte b : bytes) {
                out.add(b & 0xff);
            }
        } else if (value != Nothing.VALUE) {
            out.add(value);
        }
        return out;
    }

    /** What many outputs are as one value. */
    static @Nullable Object collapse(List<@Nullable Object> outputs) {
        if (outputs.isEmpty()) {
            return Nothing.VALUE;
        }
        return outputs.size() == 1 ? outputs.get(0) : PsArray.of(outputs);
    }
}
