package io.gds.testbed;

/** A Debian package's version, for instance {@code 15.18-0+deb12u1}. Immutable. */
public record PackageVersion(String packaged) {
    /** The version that PostgreSQL itself tells: {@code 15.18}. */
    public String upstream() {
        int dash = packaged.lastIndexOf('-');
        return dash < 0 ? packaged : packaged.substring(0, dash);
    }

    @Override
    public String toString() {
        return packaged;
    }
}
