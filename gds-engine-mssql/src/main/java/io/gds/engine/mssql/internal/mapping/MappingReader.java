package io.gds.engine.mssql.internal.mapping;

import io.gds.database.error.InvalidSpecException;
import io.gds.database.error.Problem;
import io.gds.database.spi.SpecFields;
import io.gds.engine.mssql.internal.build.Build;
import io.gds.engine.mssql.internal.build.Family;
import io.gds.engine.mssql.internal.config.PlainJson;
import io.gds.engine.mssql.internal.setup.SetupArguments;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads {@code hotfix_mapping.json} and names every mistake in it. */
public final class MappingReader {
    /** What Windows takes in a name. */
    private static final String NAME = "[^\\\\/:*?\"<>|\\p{Cntrl}]+";

    private static final String FILENAME = NAME + "\\.(?i:exe)";
    private static final String UNC = "\\\\\\\\" + NAME + "(\\\\" + NAME + ")+\\\\?";
    private static final String RELATIVE = "(" + NAME + "[\\\\/])*(" + NAME + ")?";
    /** Windows drops dots and blanks at the end of a name. */
    private static final String PARENT = "[. ]*\\.\\.[. ]*";

    private final List<Problem> problems;
    private final Map<Family, String> unsupported = new EnumMap<>(Family.class);

    private MappingReader(List<Problem> problems) {
        this.problems = problems;
    }

    /**
     * Reads a mapping.
     *
     * @param source where the text comes from, for messages
     * @param json the text
     * @throws InvalidSpecException with every mistake: a JSON pointer, what was found, what was expected
     */
    public static HotfixMapping read(String source, String json) {
        List<Problem> problems = new ArrayList<>();
        SpecFields root = SpecFields.of(PlainJson.object(json, problems), problems);
        HotfixMapping mapping =
                problems.isEmpty() ? new MappingReader(problems).mapping(root) : new HotfixMapping(List.of(), Map.of());
        if (!problems.isEmpty()) {
            throw new InvalidSpecException(source, problems);
        }
        return mapping;
    }

    /**
     * Looks for mistakes in a mapping that stands in a spec.
     *
     * @param fields the mapping
     * @param problems where mistakes are noted, those of the fields too
     */
    public static void check(SpecFields fields, List<Problem> problems) {
        new MappingReader(problems).mapping(fields);
    }

    private HotfixMapping mapping(SpecFields root) {
        root.only("schema_version", "mappings", "unsupported_versions");
        Object version = root.values().get("schema_version");
        if (!Long.valueOf(1).equals(version)) {
            root.wrong("schema_version", version == null ? "nothing" : "\"" + version + "\"", "1");
        }
        if (root.has("unsupported_versions") && !emptyList(root, "unsupported_versions")) {
            root.objects("unsupported_versions").forEach(this::unsupported);
        }
        List<Hotfix> hotfixes = new ArrayList<>();
        Set<List<Object>> seen = new HashSet<>();
        List<SpecFields> entries = root.objects("mappings");
        for (int i = 0; i < entries.size(); i++) {
            SpecFields entry = entries.get(i);
            Optional<Hotfix> read = hotfix(i, entry);
            read.filter(h -> !seen.add(List.of(h.family(), h.editionWord(), h.minimum(), h.target())))
                    .ifPresent(h -> entry.wrong(
                            "target_build", "a second entry for the same family, edition and builds", "one entry"));
            read.ifPresent(hotfixes::add);
        }
        return new HotfixMapping(hotfixes, unsupported);
    }

    private static boolean emptyList(SpecFields root, String key) {
        return root.values().get(key) instanceof List<?> list && list.isEmpty();
    }

    private void unsupported(SpecFields entry) {
        entry.only("version_family", "message");
        Optional<Family> family = family(entry);
        String message = entry.text("message", "what to tell the owner of such an instance");
        family.filter(f -> unsupported.putIfAbsent(f, message) != null)
                .ifPresent(
                        f -> entry.wrong("version_family", "\"" + f.label() + "\" a second time", "each family once"));
    }

    private static Optional<Family> family(SpecFields entry) {
        String expected =
                "one of " + Stream.of(Family.values()).map(Family::label).collect(Collectors.joining(", "));
        String name = entry.text("version_family", expected);
        Optional<Family> family = Family.named(name);
        if (family.isEmpty() && !name.isEmpty()) {
            entry.wrong("version_family", "\"" + name + "\"", expected);
        }
        return family;
    }

    private Optional<Hotfix> hotfix(int index, SpecFields entry) {
        int before = problems.size();
        entry.only(
                "version_family",
                "edition_filter",
                "min_build",
                "target_build",
                "description",
                "files",
                "requires_restart",
                "notes");
        Optional<Family> family = family(entry);
        family.filter(unsupported::containsKey)
                .ifPresent(f -> entry.wrong(
                        "version_family",
                        "\"" + f.label() + "\", which stands in unsupported_versions too",
                        "a family in one of the two"));
        Optional<Build> minimum = build(entry, "min_build", family);
        Optional<Build> target = build(entry, "target_build", family);
        if (minimum.isPresent() && target.isPresent() && !minimum.get().isBelow(target.get())) {
            entry.wrong("min_build", minimum.get().toString(), "less than target_build, " + target.get());
        }
        Optional<String> edition = entry.optionalText("edition_filter");
        String description = entry.optionalText("description").orElse("");
        String notes = entry.optionalText("notes").orElse("");
        boolean restart = entry.flag("requires_restart", true);
        List<InstallerFile> files = files(entry);
        if (problems.size() > before) {
            return Optional.empty();
        }
        return Optional.of(new Hotfix(
                index,
                family.orElseThrow(),
                edition,
                minimum.orElseThrow(),
                target.orElseThrow(),
                description,
                files,
                restart,
                notes));
    }

    private static Optional<Build> build(SpecFields entry, String key, Optional<Family> family) {
        String expected = "a build such as "
                + family.map(f -> f.major() + "." + f.minor() + ".").orElse("16.0.") + "4165.4";
        String text = entry.text(key, expected);
        Optional<Build> build = Build.parse(text);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        if (build.isEmpty()) {
            entry.wrong(key, "\"" + text + "\"", expected);
        } else if (family.isPresent()
                && build.get().family().filter(family.get()::equals).isEmpty()) {
            entry.wrong(
                    key,
                    "\"" + text + "\"",
                    "a build of SQL Server " + family.get().label() + ": "
                            + family.get().major() + "." + family.get().minor() + ".*");
            return Optional.empty();
        }
        return build;
    }

    private static List<InstallerFile> files(SpecFields entry) {
        List<InstallerFile> files = new ArrayList<>();
        Set<Integer> orders = new HashSet<>();
        for (SpecFields file : entry.objects("files")) {
            file.only("filename", "path", "order", "required", "parameters");
            String filename = file.text("filename", "the name of a package");
            if (!filename.isEmpty() && !filename.matches(FILENAME)) {
                file.wrong("filename", "\"" + filename + "\"", "a name without a folder that ends with .exe");
            }
            String path = file.text("path", "a folder, relative or UNC");
            if (!path.isEmpty() && !isFolder(path)) {
                file.wrong(
                        "path",
                        "\"" + path + "\"",
                        "a folder relative to that of the packages, without .., or a UNC path such as \\\\server\\share\\folder");
            }
            if (!file.has("order")) {
                file.wrong("order", "nothing", "a number, 1 to 1000");
            }
            int order = file.count("order", 0);
            if (order > 0 && !orders.add(order)) {
                file.wrong("order", String.valueOf(order) + " a second time", "a number of its own");
            }
            boolean required = file.flag("required", true);
            SetupArguments arguments = SetupArguments.read(file, "parameters");
            files.add(new InstallerFile(filename, path, order, required, arguments));
        }
        return files;
    }

    private static boolean isFolder(String path) {
        boolean climbs = Stream.of(path.split("[\\\\/]", -1)).anyMatch(part -> part.matches(PARENT));
        return !climbs && (path.matches(UNC) || path.matches(RELATIVE));
    }
}
