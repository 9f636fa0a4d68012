package io.gds.database.core.internal.packages;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code apt-cache show} prints: stanzas, each package's newest version first. */
final class AptIndex {
    private static final Pattern FIELD = Pattern.compile("([A-Za-z0-9-]+): *(.*)");
    private static final Pattern SOURCE_VERSION = Pattern.compile("\\S+ \\((\\S+)\\)");

    private AptIndex() {}

    static List<Offer> parse(String text) {
        List<Offer> out = new ArrayList<>();
        for (String stanza : text.split("\n\\s*\n", -1)) {
            Map<String, String> fields = new HashMap<>();
            for (String line : stanza.split("\n", -1)) {
                Matcher m = FIELD.matcher(line);
                if (m.matches()) {
                    fields.putIfAbsent(m.group(1), m.group(2).strip());
                }
            }
            // Without a file it is what dpkg remembers of an installed package, which nobody can fetch.
            if (fields.containsKey("Package") && fields.containsKey("Version") && fields.containsKey("Filename")) {
                out.add(offer(fields));
            }
        }
        return out;
    }

    private static Offer offer(Map<String, String> fields) {
        String version = fields.getOrDefault("Version", "");
        Matcher source = SOURCE_VERSION.matcher(fields.getOrDefault("Source", ""));
        return new Offer(
                fields.getOrDefault("Package", ""),
                fields.getOrDefault("Architecture", "all"),
                new PackageVersion(version),
                source.matches() ? source.group(1) : version,
                number(fields, "Size"),
                1024 * number(fields, "Installed-Size"));
    }

    private static long number(Map<String, String> fields, String name) {
        String text = fields.getOrDefault(name, "");
        return text.matches("\\d{1,15}") ? Long.parseLong(text) : 0;
    }
}
