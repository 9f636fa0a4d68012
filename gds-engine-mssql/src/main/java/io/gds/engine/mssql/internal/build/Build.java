package io.gds.engine.mssql.internal.build;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A build number such as {@code 16.0.4165.4}.
 *
 * <p>Order and equality go by the first three numbers: the fourth only counts compilations of one and the same release, and is
 * missing in Microsoft's own lists. The second number is 0 in every family but 2008 R2, where it is 50; programs report others
 * ({@code 13.2.5026.0} in file properties), which mean the same.
 *
 * @param major the first number
 * @param minor 0, or 50 for 2008 R2
 * @param number the third number, by which builds of a family are told apart
 */
public record Build(int major, int minor, int number) implements Comparable<Build> {
    private static final Pattern SHAPE = Pattern.compile("(\\d{1,3})\\.(\\d{1,4})\\.(\\d{1,6})(?:\\.\\d{1,6})?");
    private static final int R2 = 50;
    private static final int AZURE_CONNECT_PACK = 7000;
    private static final int CUMULATIVE_2017 = 3000;
    private static final int CUMULATIVE = 4000;

    /** Normalises the second number. */
    public Build {
        minor = major == Family.V2008R2.major() && minor >= R2 ? R2 : 0;
    }

    /** Reads three or four numbers; empty when the text is anything else. */
    public static Optional<Build> parse(String text) {
        Matcher m = SHAPE.matcher(text.strip());
        return m.matches() ? Optional.of(new Build(number(m, 1), number(m, 2), number(m, 3))) : Optional.empty();
    }

    private static int number(Matcher m, int group) {
        return Integer.parseInt(m.group(group));
    }

    /**
     * Reads three or four numbers that a server or we ourselves wrote.
     *
     * @throws IllegalArgumentException when the text is anything else
     */
    public static Build of(String text) {
        return parse(text).orElseThrow(() -> new IllegalArgumentException("\"" + text + "\" is not a build number"));
    }

    /** The family; empty for a major that nobody knew when this was written. */
    public Optional<Family> family() {
        return Family.of(major, minor);
    }

    /** Whether it is of the line with the Azure Connect Pack. */
    boolean isAzureConnect() {
        return major == Family.V2016.major() && number >= AZURE_CONNECT_PACK;
    }

    /** Whether the number alone tells security updates from cumulative ones. Before 2017 each service pack began anew. */
    boolean hasRanges() {
        return major >= Family.V2017.major();
    }

    /** Whether it lies in the range of cumulative updates and of what stands on them, where there is one. */
    boolean isInCumulativeRange() {
        return hasRanges() && number >= (major == Family.V2017.major() ? CUMULATIVE_2017 : CUMULATIVE);
    }

    /** Whether both are of one family, so that their order means something. */
    public boolean sameFamily(Build other) {
        return major == other.major && minor == other.minor;
    }

    /** Whether it comes before another one of its family. */
    public boolean isBelow(Build other) {
        return compareTo(other) < 0;
    }

    @Override
    public int compareTo(Build other) {
        int byMajor = Integer.compare(major, other.major);
        int byMinor = Integer.compare(minor, other.minor);
        return byMajor != 0 ? byMajor : byMinor != 0 ? byMinor : Integer.compare(number, other.number);
    }

    @Override
    public String toString() {
        return major + "." + minor + "." + number;
    }
}
