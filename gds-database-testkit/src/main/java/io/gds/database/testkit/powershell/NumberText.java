package io.gds.database.testkit.powershell;

import java.math.BigInteger;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Numbers as scripts write them: {@code 12}, {@code 0x1F}, {@code 5L}, {@code 2.5}, {@code 1kb}. */
final class NumberText {
    private static final Pattern NUMBER = Pattern.compile(
            "(0x[0-9a-f]+|\\d+\\.\\d+|\\.\\d+|\\d+)(e[+-]?\\d+)?(l)?(kb|mb|gb|tb)?", Pattern.CASE_INSENSITIVE);

    private NumberText() {}

    /** Where the number that begins here ends. */
    static int end(String text, int start) {
        Matcher m = NUMBER.matcher(text).region(start, text.length());
        int end = m.lookingAt() ? m.end() : start + 1;
        // what goes on with letters is no number; the whole word shows that
        while (end < text.length() && Lexer.isNamePart(text.charAt(end))) {
            end++;
        }
        return end;
    }

    /** Its value; null when the word is no number. */
    static @Nullable Object value(String word) {
        boolean negative = word.startsWith("-");
        Matcher m = NUMBER.matcher(negative ? word.substring(1) : word);
        if (!m.matches()) {
            return null;
        }
        String digits = m.group(1).toLowerCase(Locale.ROOT);
        if (digits.contains(".") || m.group(2) != null) {
            if (m.group(3) != null || digits.startsWith("0x")) {
                return null;
            }
            double d = Double.parseDouble(digits + (m.group(2) == null ? "" : m.group(2))) * unit(m.group(4));
            return negative ? -d : d;
        }
        BigInteger value = digits.startsWith("0x") ? new BigInteger(digits.substring(2), 16) : new BigInteger(digits);
        if (digits.startsWith("0x")) {
            // 0xFFFFFFFF is -1, as an int is written
            value = digits.length() <= 10
                    ? BigInteger.valueOf(value.intValue())
                    : BigInteger.valueOf(value.longValue());
        }
        value = value.multiply(BigInteger.valueOf(unit(m.group(4))));
        value = negative ? value.negate() : value;
        if (m.group(3) == null && value.bitLength() < 32) {
            return value.intValue();
        }
        return value.bitLength() < 64 ? (Object) value.longValue() : (Object) value.doubleValue();
    }

    private static long unit(@Nullable String name) {
        if (name == null) {
            return 1;
        }
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "kb" -> 1L << 10;
            case "mb" -> 1L << 20;
            case "gb" -> 1L << 30;
            default -> 1L << 40;
        };
    }
}
