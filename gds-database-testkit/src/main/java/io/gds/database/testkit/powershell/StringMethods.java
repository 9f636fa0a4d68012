package io.gds.database.testkit.powershell;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The methods of strings. Other than the operators they care for case. */
final class StringMethods {
    private StringMethods() {}

    static Object call(String s, String name, NetArguments a) {
        return switch (name) {
            case "tostring" -> s;
            case "tolower", "tolowerinvariant" -> s.toLowerCase(Locale.ROOT);
            case "toupper", "toupperinvariant" -> s.toUpperCase(Locale.ROOT);
            case "trim" -> trim(s, a, true, true);
            case "trimstart" -> trim(s, a, true, false);
            case "trimend" -> trim(s, a, false, true);
            case "startswith" -> s.startsWith(a.exactly(1).text(0));
            case "endswith" -> s.endsWith(a.exactly(1).text(0));
            case "contains" -> s.contains(a.exactly(1).text(0));
            case "indexof" -> s.indexOf(a.exactly(1).text(0));
            case "lastindexof" -> s.lastIndexOf(a.exactly(1).text(0));
            case "replace" -> s.replace(a.exactly(2).text(0), a.text(1));
            case "substring" -> substring(s, a);
            case "split" -> split(s, a);
            case "padleft" -> " ".repeat(Math.max(0, a.exactly(1).integer(0) - s.length())) + s;
            case "padright" -> s + " ".repeat(Math.max(0, a.exactly(1).integer(0) - s.length()));
            case "equals" -> a.exactly(1).get(0) instanceof String o && s.equals(o);
            case "tochararray" -> {
                List<Character> out = new ArrayList<>();
                s.chars().forEach(c -> out.add((char) c));
                yield PsArray.ofType("System.Char", out);
            }
            default -> throw new UnsupportedPowerShell("method " + name + " of a string");
        };
    }

    private static String chars(NetArguments a) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < a.count(); i++) {
            for (@Nullable Object one : Conversions.items(a.get(i))) {
                out.append(Conversions.text(one));
            }
        }
        return out.toString();
    }

    private static String trim(String s, NetArguments a, boolean start, boolean end) {
        String chars = a.count() == 0 ? " \t\r\n\f\u000b\u00a0" : chars(a);
        int from = 0;
        int to = s.length();
        while (start && from < to && chars.indexOf(s.charAt(from)) >= 0) {
            from++;
        }
        while (end && to > from && chars.indexOf(s.charAt(to - 1)) >= 0) {
            to--;
        }
        return s.substring(from, to);
    }

    private static String substring(String s, NetArguments a) {
        int from = a.integer(0);
        if (from < 0 || from > s.length()) {
            throw new NetFailure(
                    "System.ArgumentOutOfRangeException",
                    "startIndex cannot be larger than length of string.\r\nParameter name: startIndex");
        }
        if (a.count() == 1) {
            return s.substring(from);
        }
        int length = a.exactly(2).integer(1);
        if (length < 0 || from + length > s.length()) {
            throw new NetFailure(
                    "System.ArgumentOutOfRangeException",
                    "Index and length must refer to a location within the string.\r\nParameter name: length");
        }
        return s.substring(from, from + length);
    }

    /** At every one of the characters given, as .NET Framework has it: a longer string is a set of characters. */
    private static PsArray split(String s, NetArguments a) {
        if (a.count() == 0) {
            return PsArray.ofStrings(List.of(s.split("\\s", -1)));
        }
        StringBuilder set = new StringBuilder();
        chars(a.exactly(1)).chars().forEach(c -> set.append(Pattern.quote(String.valueOf((char) c)))
                .append('|'));
        if (set.length() == 0) {
            return PsArray.ofStrings(List.of(s.split("\\s", -1)));
        }
        return PsArray.ofStrings(List.of(s.split(set.substring(0, set.length() - 1), -1)));
    }
}
