package io.gds.engine.mssql.internal.mapping;

import io.gds.engine.mssql.internal.build.Build;
import io.gds.engine.mssql.internal.build.Family;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One entry of a mapping: what brings an instance of a family from one build to another.
 *
 * @param index its place in the file, from 0
 * @param family for which family
 * @param editionFilter for which edition, by the leading word of its name; empty for all
 * @param minimum the build from which on it may be applied
 * @param target the build it leads to
 * @param description for people
 * @param files its packages, in their order
 * @param requiresRestart whether the host has to be restarted afterwards
 * @param notes for people; may be empty
 */
public record Hotfix(
        int index,
        Family family,
        Optional<String> editionFilter,
        Build minimum,
        Build target,
        String description,
        List<InstallerFile> files,
        boolean requiresRestart,
        String notes) {
    /** Puts the files in their order. */
    public Hotfix {
        files = files.stream()
                .sorted(Comparator.comparingInt(InstallerFile::order))
                .toList();
    }

    /**
     * Whether it is for an edition: {@code Enterprise} is for {@code Enterprise Edition: Core-based Licensing}, whatever the case.
     *
     * @param edition as the server names it
     */
    public boolean isForEdition(String edition) {
        return editionFilter.isEmpty() || leadingWord(edition).equals(leadingWord(editionFilter.get()));
    }

    /** What the filter compares; two filters with the same word are for the same editions. */
    Optional<String> editionWord() {
        return editionFilter.map(Hotfix::leadingWord);
    }

    private static String leadingWord(String text) {
        return text.strip().split("\\s+", 2)[0].toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return description.isEmpty() ? "SQL Server " + family.label() + " to " + target : description;
    }
}
