package io.gds.engine.mongo.internal.upgrade;

/**
 * One legal step between series. The data must be compatible with the series that it leaves, and with no other.
 *
 * @param from the series that it leaves
 * @param to the series that it reaches
 * @param wayBack how the vendor stands to the way back with the old compatibility
 */
public record Hop(Series from, Series to, WayBack wayBack) {
    /** How the vendor stands to putting the old binaries back before the compatibility is raised. */
    public enum WayBack {
        /** The vendor's pages describe it, for every edition. */
        DOCUMENTED,
        /** It works, and the vendor supports it for Enterprise and with its own people only. */
        VENDOR
    }

    /** What a plan says about the way back, for an edition. */
    public String support(String edition) {
        return switch (wayBack) {
            case DOCUMENTED -> "back from " + to + " to " + from + " is described by the vendor";
            case VENDOR ->
                edition.equals("enterprise")
                        ? "back from " + to + " to " + from + " only with the vendor's support"
                        : "back from " + to + " to " + from + " works and is not supported by the vendor for Community";
        };
    }
}
