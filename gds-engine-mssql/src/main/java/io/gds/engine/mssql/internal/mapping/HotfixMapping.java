package io.gds.engine.mssql.internal.mapping;

import io.gds.engine.mssql.internal.build.Build;
import io.gds.engine.mssql.internal.build.Family;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A whole mapping.
 *
 * @param hotfixes its entries, in the order of the file
 * @param unsupported families that get nothing any more, and what is said to that
 */
public record HotfixMapping(List<Hotfix> hotfixes, Map<Family, String> unsupported) {
    private static final Comparator<Hotfix> BY_TARGET = Comparator.comparing(Hotfix::target);
    private static final Comparator<Hotfix> BY_MINIMUM = Comparator.comparing(Hotfix::minimum);
    /** An entry for one edition is meant more than one for all of them. */
    private static final Comparator<Hotfix> BY_MEANING = Comparator.<Hotfix, Boolean>comparing(
                    h -> h.editionFilter().isPresent())
            .thenComparing(BY_TARGET);

    /** Copies the parts. */
    public HotfixMapping {
        hotfixes = List.copyOf(hotfixes);
        unsupported = Map.copyOf(unsupported);
    }

    /**
     * What an instance gets. Of several entries that apply, one for its edition goes before one for all, then the highest target.
     * No entry for all leads further than those for its edition: else the next run would patch on what they hold back.
     *
     * @param current the build that it runs
     * @param edition its edition, as the server names it
     */
    public Choice choose(Build current, String edition) {
        Optional<Family> family = current.family();
        if (family.isPresent() && unsupported.containsKey(family.get())) {
            return new Choice.Unsupported(unsupported.get(family.get()));
        }
        List<Hotfix> candidates = upToEdition(hotfixes.stream()
                .filter(h -> family.filter(f -> f == h.family()).isPresent() && h.isForEdition(edition))
                .toList());
        Optional<Hotfix> nearest =
                candidates.stream().filter(h -> current.isBelow(h.target())).min(BY_MINIMUM);
        Optional<Hotfix> applies = candidates.stream()
                .filter(h -> current.isBelow(h.target()) && !current.isBelow(h.minimum()))
                .max(BY_MEANING);
        if (applies.isPresent()) {
            return new Choice.Scheduled(applies.get());
        }
        if (nearest.isPresent()) {
            return new Choice.PrerequisiteFirst(nearest.get());
        }
        return candidates.stream()
                .max(BY_TARGET)
                .<Choice>map(Choice.UpToDate::new)
                .orElseGet(Choice.NoMapping::new);
    }

    private static List<Hotfix> upToEdition(List<Hotfix> candidates) {
        Optional<Build> end = candidates.stream()
                .filter(h -> h.editionFilter().isPresent())
                .map(Hotfix::target)
                .max(Comparator.naturalOrder());
        return candidates.stream()
                .filter(h -> h.editionFilter().isPresent()
                        || end.filter(e -> e.isBelow(h.target())).isEmpty())
                .toList();
    }
}
