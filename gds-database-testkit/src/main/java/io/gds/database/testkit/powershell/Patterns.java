package io.gds.database.testkit.powershell;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** Wildcards and regular expressions. */
final class Patterns {
    private static final Pattern GROUP_NAME = Pattern.compile("\\(\\?<([A-Za-z][A-Za-z0-9]*)>");

    private Patterns() {}

    static boolean like(String text, String wildcard, boolean caseSensitive) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < wildcard.length(); i++) {
            char c = wildcard.charAt(i);
            if (c == '`' && i + 1 < wildcard.length()) {
                regex.append(Pattern.quote(String.valueOf(wildcard.charAt(++i))));
            } else if (c == '*') {
                regex.append(".*");
            } else if (c == '?') {
                regex.append('.');
            } else if (c == '[') {
                int end = wildcard.indexOf(']', i + 1);
                if (end < 0) {
                    throw new NetFailure(
                            "System.Management.Automation.WildcardPatternException",
                            "The specified wildcard character pattern is not valid: " + wildcard);
                }
                regex.append('[')
                        .append(wildcard.substring(i + 1, end)
                                .replace("\\", "\\\\")
                                .replace("^", "\\^"));
                regex.append(']');
                i = end;
            } else {
                regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        int flags = Pattern.DOTALL | (caseSensitive ? 0 : Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
        return Pattern.compile(regex.toString(), flags).matcher(text).matches();
    }

    /** Ends of lines are line feeds only, as .NET has it. */
    static Pattern regex(String text, boolean caseSensitive) {
        try {
            int flags = Pattern.UNIX_LINES | (caseSensitive ? 0 : Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
            return Pattern.compile(text, flags);
        } catch (PatternSyntaxException e) {
            throw new NetFailure("System.ArgumentException", "parsing \"" + text + "\" - " + e.getDescription() + ".");
        }
    }

    /** What {@code $Matches} is after a match. */
    static PsHashtable groups(Matcher m, String regex) {
        PsHashtable out = new PsHashtable();
        List<String> names = new ArrayList<>();
        Matcher named = GROUP_NAME.matcher(regex);
        while (named.find()) {
            names.add(named.group(1));
        }
        for (int i = m.groupCount(); i >= 0; i--) {
            if (m.group(i) != null && (i == 0 || names.isEmpty())) {
                out.put(i, m.group(i));
            }
        }
        if (!names.isEmpty() && names.size() != m.groupCount()) {
            throw new UnsupportedPowerShell("groups with and without names in " + regex);
        }
        for (String name : names) {
            if (m.group(name) != null) {
                out.put(name, m.group(name));
            }
        }
        return out;
    }

    static PsArray split(String text, String regex, int limit) {
        List<String> out = new ArrayList<>();
        Matcher m = regex(regex, false).matcher(text);
        int from = 0;
        while ((limit <= 0 || out.size() < limit - 1) && m.find()) {
            if (m.end() == m.start()) {
                if (m.start() == text.length()) {
                    break;
                }
                if (m.start() == 0) {
                    out.add("");
                    continue;
                }
            }
            out.add(text.substring(from, m.start()));
            for (int g = 1; g <= m.groupCount(); g++) {
                if (m.group(g) != null) {
                    out.add(m.group(g));
                }
            }
            from = m.end();
        }
        out.add(text.substring(from));
        return PsArray.ofStrings(out);
    }

    static String replace(String text, String regex, @Nullable String replacement, boolean caseSensitive) {
        String with = replacement == null ? "" : replacement;
        if (with.contains("$&") || with.contains("$$") || with.contains("$`") || with.contains("$'")) {
            throw new UnsupportedPowerShell("the replacement " + with);
        }
        // a backslash is an ordinary character in a replacement of .NET
        String java = with.replace("\\", "\\\\").replaceAll("\\$(?![0-9{])", "\\\\\\$");
        Matcher m = regex(regex, caseSensitive).matcher(text);
        return m.replaceAll(java);
    }
}
