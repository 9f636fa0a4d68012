package io.gds.engine.mssql.internal.config;

import io.gds.database.plan.Params;
import io.gds.database.spi.SpecFields;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Where packages come from and where they lie on a host.
 *
 * @param root the folder of the host, or of a file server, that relative paths of a mapping begin at; empty when all are UNC
 * @param sha256 by file name the SHA-256 that a package must have; a package that is not named here is taken as its host has it,
 *     and must be the same on every host
 * @param mapping which packages lead from which build to which, as in {@code hotfix_mapping.json}; empty when a request brings its own
 * @param signer a part of the subject of the certificate that must have signed every package
 */
public record PackageSpec(Optional<String> root, Map<String, String> sha256, Optional<Params> mapping, String signer) {
    /** The key of the mapping; a file that stands there is read when the spec is. */
    public static final String MAPPING = "mapping";

    /** What belongs to packages for Windows alone. */
    static final List<String> KEYS = List.of("root", "sha256", MAPPING, "signer");

    private static final String SIGNER = "O=Microsoft Corporation";
    private static final String ROOT = "([A-Za-z]:\\\\|\\\\\\\\)[^/:*?\"<>|]+";
    private static final PackageSpec USUAL = new PackageSpec(Optional.empty(), Map.of(), Optional.empty(), SIGNER);

    /** Copies the map. */
    public PackageSpec {
        sha256 = Map.copyOf(sha256);
    }

    /** The SHA-256 that a file must have, by its name without regard to case, as Windows has it; empty when nobody said. */
    public Optional<String> pinned(String file) {
        return sha256.entrySet().stream()
                .filter(e -> e.getKey().equalsIgnoreCase(file))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    static PackageSpec read(SpecFields spec) {
        return spec.optionalObject("packages")
                .filter(p -> !LinuxSpec.isMeant(p))
                .map(PackageSpec::of)
                .orElse(USUAL);
    }

    private static PackageSpec of(SpecFields f) {
        f.only(KEYS.toArray(String[]::new));
        Optional<String> root = f.optionalText("root");
        if (root.filter(r -> !r.matches(ROOT)).isPresent()) {
            f.wrong("root", "\"" + root.get() + "\"", "a folder such as D:\\packages or \\\\server\\share\\packages");
        }
        Map<String, String> sums = new TreeMap<>();
        f.optionalObject("sha256").ifPresent(s -> s.values().keySet().forEach(file -> {
            String sum = s.text(file, "64 hexadecimal digits");
            if (!sum.isEmpty() && !sum.matches("(?i)[0-9a-f]{64}")) {
                s.wrong(file, "\"" + sum + "\"", "64 hexadecimal digits");
            }
            sums.put(file, sum.toLowerCase(Locale.ROOT));
        }));
        Optional<Params> mapping = f.optionalObject(MAPPING).map(m -> Params.of(m.values()));
        return new PackageSpec(root, sums, mapping, f.optionalText("signer").orElse(SIGNER));
    }
}
