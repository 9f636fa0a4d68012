package io.gds.database.testkit.powershell;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code -f}, and ToString with a format. */
final class Format {
    private static final Pattern ITEM = Pattern.compile("\\{\\{|}}|\\{(\\d+)(?:,(-?\\d+))?(?::([^}]*))?}|[{}]");

    private Format() {}

    static String format(String pattern, List<@Nullable Object> values) {
        StringBuilder out = new StringBuilder();
        Matcher m = ITEM.matcher(pattern);
        int from = 0;
        while (m.find()) {
            out.append(pattern, from, m.start());
            from = m.end();
            if (m.group().equals("{{") || m.group().equals("}}")) {
                out.append(m.group().charAt(0));
                continue;
            }
            if (m.group(1) == null) {
                throw wrong("Input string was not in a correct format.");
            }
            int index = Integer.parseInt(m.group(1));
            if (index >= values.size()) {
                throw wrong("Index (zero based) must be greater than or equal to zero and less than the size of the "
                        + "argument list.");
            }
            String text = m.group(3) == null ? Conversions.text(values.get(index)) : one(values.get(index), m.group(3));
            out.append(aligned(text, m.group(2) == null ? 0 : Integer.parseInt(m.group(2))));
        }
        return out.append(pattern.substring(from)).toString();
    }

    private static NetFailure wrong(String why) {
        return new NetFailure(
                new NetException("System.Management.Automation.RuntimeException", "Error formatting a string: " + why),
                "InvalidOperation",
                "FormatError");
    }

    private static String aligned(String text, int width) {
        String blanks = " ".repeat(Math.max(0, Math.abs(width) - text.length()));
        return width < 0 ? text + blanks : blanks + text;
    }

    /** One value in a format of .NET. */
    static String one(@Nullable Object value, String format) {
        if (value instanceof PsDateTime d) {
            return d.format(format);
        }
        Matcher m = Pattern.compile("([dDxXnNfF])(\\d*)").matcher(format);
        if (!(value instanceof Number number) || !m.matches()) {
            throw new UnsupportedPowerShell("the format '" + format + "' for " + TypeNames.of(value));
        }
        int digits = m.group(2).isEmpty() ? -1 : Integer.parseInt(m.group(2));
        String kind = m.group(1);
        return switch (kind.toLowerCase(Locale.ROOT)) {
            case "d" -> padded(String.valueOf(value), digits);
            case "x" -> {
                String hex = value instanceof Integer i ? Integer.toHexString(i) : Long.toHexString(number.longValue());
                yield padded(kind.equals("X") ? hex.toUpperCase(Locale.ROOT) : hex, digits);
            }
            default -> {
                BigDecimal rounded = Numbers.decimal(number).setScale(digits < 0 ? 2 : digits, RoundingMode.HALF_UP);
                yield kind.equalsIgnoreCase("n")
                        ? String.format(Locale.ROOT, "%,." + rounded.scale() + "f", rounded)
                        : rounded.toPlainString();
            }
        };
    }

    private static String padded(String digits, int width) {
        boolean negative = digits.startsWith("-");
        String plain = negative ? digits.substring(1) : digits;
        return (negative ? "-" : "") + "0".repeat(Math.max(0, width - plain.length())) + plain;
    }
}
