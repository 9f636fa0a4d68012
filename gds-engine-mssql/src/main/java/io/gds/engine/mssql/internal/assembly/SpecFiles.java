package io.gds.engine.mssql.internal.assembly;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.plan.Params;
import io.gds.engine.mssql.HotfixRequest;
import io.gds.engine.mssql.SqlTargets;
import io.gds.engine.mssql.internal.config.MssqlSpec;
import io.gds.engine.mssql.internal.config.PackageSpec;
import io.gds.engine.mssql.internal.config.PlainJson;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.TreeMap;

/** Files that a spec names: what stands in them takes the place of their names, so that a plan holds all of it. */
final class SpecFiles {
    private static final String PACKAGES = "packages";

    private final Path directory;

    private SpecFiles(Path directory) {
        this.directory = directory;
    }

    /** Files below a directory, unless their paths are absolute. */
    static SpecFiles of(Path directory) {
        return new SpecFiles(directory);
    }

    /** The same spec without names of files. */
    Params in(Params spec) {
        return mapping(targets(spec));
    }

    private Params targets(Params spec) {
        Map<String, Object> values = new TreeMap<>(spec.asMap());
        if (values.containsKey("targets")
                || !(values.remove(MssqlSpec.TARGETS_FILE) instanceof String file)
                || file.isBlank()) {
            return spec;
        }
        return Params.of(values)
                .with(SqlTargets.of(path(MssqlSpec.TARGETS_FILE, file, "sql_targets.json"))
                        .spec());
    }

    private Params mapping(Params spec) {
        if (!(spec.asMap().get(PACKAGES) instanceof Map<?, ?> packages)
                || !(packages.get(PackageSpec.MAPPING) instanceof String file)
                || file.isBlank()) {
            return spec;
        }
        String json = HotfixRequest.of(path("packages.mapping", file, "hotfix_mapping.json"))
                .mapping();
        Map<String, Object> changed =
                new TreeMap<>(Params.of(stringKeys(packages)).asMap());
        changed.put(
                PackageSpec.MAPPING, PlainJson.object(json, new ArrayList<>()).asMap());
        return spec.with(PACKAGES, Params.of(changed));
    }

    private static Map<String, Object> stringKeys(Map<?, ?> map) {
        Map<String, Object> out = new TreeMap<>();
        map.forEach((key, value) -> out.put(String.valueOf(key), value));
        return out;
    }

    private Path path(String field, String file, String example) {
        try {
            return directory.resolve(file);
        } catch (InvalidPathException e) {
            throw GdsDatabaseException.user("GDS-FILE")
                    .message(field + ": found what is no path, expected one such as " + example + ".")
                    .remedy("name the file by its path from where the spec is.")
                    .cause(e)
                    .build();
        }
    }
}
