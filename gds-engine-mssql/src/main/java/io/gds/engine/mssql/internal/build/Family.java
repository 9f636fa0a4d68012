package io.gds.engine.mssql.internal.build;

import java.util.Optional;
import java.util.stream.Stream;

/** A major version of SQL Server, as people name it. */
public enum Family {
    /** 10.0. */
    V2008("2008", 10, 0, "100"),
    /** 10.50. */
    V2008R2("2008R2", 10, 50, "100"),
    /** 11.0. */
    V2012("2012", 11, 0, "110"),
    /** 12.0. */
    V2014("2014", 12, 0, "120"),
    /** 13.0. */
    V2016("2016", 13, 0, "130"),
    /** 14.0. */
    V2017("2017", 14, 0, "140"),
    /** 15.0. */
    V2019("2019", 15, 0, "150"),
    /** 16.0. */
    V2022("2022", 16, 0, "160"),
    /** 17.0. */
    V2025("2025", 17, 0, "170");

    private final String label;
    private final int major;
    private final int minor;
    private final String folder;

    Family(String label, int major, int minor, String folder) {
        this.label = label;
        this.major = major;
        this.minor = minor;
        this.folder = folder;
    }

    /** The year, for example {@code 2022} or {@code 2008R2}: the {@code version_family} of a mapping. */
    public String label() {
        return label;
    }

    /** The first number of its builds. */
    public int major() {
        return major;
    }

    /** The second number of its builds. */
    public int minor() {
        return minor;
    }

    /** The folder below {@code Microsoft SQL Server} in which its setup keeps its log, for example {@code 160}. */
    public String folder() {
        return folder;
    }

    /** Whether this engine patches it: 2016 and later. */
    public boolean isSupported() {
        return major >= V2016.major;
    }

    /** The family of a name; blanks and case do not matter ({@code 2008 R2}). */
    public static Optional<Family> named(String name) {
        String plain = name.replace(" ", "");
        return Stream.of(values()).filter(f -> f.label.equalsIgnoreCase(plain)).findFirst();
    }

    /** The family of a build's first two numbers; empty for a major that nobody knew when this was written. */
    static Optional<Family> of(int major, int minor) {
        return Stream.of(values())
                .filter(f -> f.major == major && f.minor == minor)
                .findFirst();
    }

    @Override
    public String toString() {
        return "SQL Server " + label;
    }
}
