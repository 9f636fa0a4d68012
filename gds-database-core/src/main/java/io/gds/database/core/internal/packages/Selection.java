package io.gds.database.core.internal.packages;

import io.gds.database.version.EngineVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which package versions make up one version of a product.
 *
 * @param pins one per package
 * @param missing packages that no repository has in that version
 */
record Selection(List<Offer> pins, List<String> missing) {
    Selection {
        pins = List.copyOf(pins);
        missing = List.copyOf(missing);
    }

    /**
     * Takes the newest package of the main one's version that there is, and of the others those built from the same source.
     *
     * @param offers newest first
     */
    static Selection of(Survey survey, List<Offer> offers, EngineVersion version) {
        if (!version.revision().isEmpty()) {
            throw PackageErrors.user(
                    "version: found " + version + ", expected one without a distribution's revision, such as "
                            + version.withoutRevision(),
                    "ask for the product's version; the newest package of it is taken.");
        }
        Optional<Offer> main = main(survey, offers, version);
        List<Offer> pins = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        for (InstalledPackage each : survey.packages()) {
            Optional<Offer> pin = main.flatMap(
                    m -> each.name().equals(m.name()) && m.isOf(each) ? main : sibling(each, offers, m.source()));
            pin.ifPresentOrElse(pins::add, () -> missing.add(each.name()));
        }
        return new Selection(pins, missing);
    }

    /** What is installed already is not exchanged for a newer revision: a server may be running it. */
    private static Optional<Offer> main(Survey survey, List<Offer> offers, EngineVersion version) {
        Optional<InstalledPackage> installed = survey.mainPackage();
        Optional<Offer> there = installed
                .filter(p -> p.whole() && p.version().isRelease(version))
                .map(Offer::of);
        return there.or(() -> offers.stream()
                .filter(o -> installed.map(o::isOf).orElse(o.name().equals(survey.main())))
                .filter(o -> o.version().isRelease(version))
                .findFirst());
    }

    private static Optional<Offer> sibling(InstalledPackage each, List<Offer> offers, String source) {
        return Stream.concat(Stream.of(each).filter(InstalledPackage::whole).map(Offer::of), offers.stream())
                .filter(o -> o.isOf(each) && o.source().equals(source))
                .findFirst();
    }

    boolean isComplete() {
        return missing.isEmpty() && !pins.isEmpty();
    }

    /** What becomes of the packages themselves. */
    List<Change> changes(Survey survey) {
        List<Change> out = new ArrayList<>();
        for (InstalledPackage each : survey.packages()) {
            for (Offer pin : pins) {
                if (pin.isOf(each) && !each.is(pin)) {
                    out.add(new Change(
                            each.name(), each.version().text(), pin.version().text()));
                }
            }
        }
        return out;
    }

    /** The pins that are not there yet. */
    List<Offer> changing(Survey survey) {
        return pins.stream()
                .filter(pin -> survey.packages().stream().noneMatch(p -> pin.isOf(p) && p.is(pin)))
                .toList();
    }

    /** What a system would do beyond bringing the pins. */
    static List<Change> others(List<Change> planned, List<Offer> pins) {
        return planned.stream()
                .filter(c -> c.to().isEmpty() || pins.stream().noneMatch(p -> c.isTo(p)))
                .toList();
    }
}
