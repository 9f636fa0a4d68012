package io.gds.database.core.internal.packages;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The table in which dnf says what it would do: sections, in each a row per package, long names on a line of their own. */
final class DnfTable {
    private static final Pattern SECTION = Pattern.compile("[A-Z][A-Za-z ]*:");
    private static final Pattern ROW = Pattern.compile(" (\\S+)(?: +\\S+ +(\\S+) .*)?");
    private static final Pattern REST_OF_ROW = Pattern.compile(" {2,}(?!replacing )\\S+ +(\\S+) .*");

    private DnfTable() {}

    static List<Change> parse(String text) {
        List<Change> out = new ArrayList<>();
        String section = "";
        String name = "";
        for (String line : text.split("\n", -1)) {
            var row = ROW.matcher(line);
            var rest = REST_OF_ROW.matcher(line);
            if (SECTION.matcher(line).matches()) {
                section = line;
            } else if (line.isBlank()) {
                section = "";
            } else if (!section.isEmpty() && row.matches()) {
                name = row.group(1);
                if (row.group(2) != null) {
                    out.add(change(section, name, row.group(2)));
                }
            } else if (!section.isEmpty() && !name.isEmpty() && rest.matches()) {
                out.add(change(section, name, rest.group(1)));
                name = "";
            }
        }
        return out;
    }

    private static Change change(String section, String name, String version) {
        return section.startsWith("Removing") ? new Change(name, version, "") : new Change(name, "", version);
    }
}
