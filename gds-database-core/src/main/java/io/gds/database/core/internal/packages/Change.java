package io.gds.database.core.internal.packages;

import static java.util.Objects.requireNonNull;

/**
 * What a package system would do with one package.
 *
 * @param name the package
 * @param from its version now, empty when it is not there
 * @param to its version then, empty when it would be removed
 */
record Change(String name, String from, String to) {
    Change {
        requireNonNull(name, "name");
        requireNonNull(from, "from");
        requireNonNull(to, "to");
    }

    /** Whether it brings this very package; systems add an architecture to a name where it is not the host's own. */
    boolean isTo(Offer offer) {
        return to.equals(offer.version().text())
                && (name.equals(offer.name()) || name.equals(offer.name() + ":" + offer.architecture()));
    }

    @Override
    public String toString() {
        return name + " " + (from.isEmpty() ? "none" : from) + " -> " + (to.isEmpty() ? "none" : to);
    }
}
