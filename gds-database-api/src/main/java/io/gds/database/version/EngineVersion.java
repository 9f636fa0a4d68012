package io.gds.database.version;

import static java.util.Objects.requireNonNull;

import io.gds.database.error.GdsDatabaseException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version of a database product or platform, ordered the way vendors order them.
 *
 * <p>A version is a release (numbers), perhaps a pre-release tag ({@code beta1}, {@code -rc.2}), perhaps a packaging
 * revision ({@code -0+deb12u1}, {@code +k3s1}). Numbers compare as numbers ({@code 9.6 < 10}, {@code 15.9 < 15.10}),
 * missing trailing numbers are zero, a pre-release comes before its release, a revision after it. Text around the
 * version ({@code PostgreSQL 15.20 (Debian ...)}) is not accepted: parse what the server reports as its version.
 *
 * <p>Immutable; equality is that of {@link #compareTo}. {@link #toString()} is the text it was parsed from.
 */
public final class EngineVersion implements Comparable<EngineVersion> {
    private static final Pattern SHAPE = Pattern.compile("v?(\\d+(?:\\.\\d+)*)(.*)");
    private static final Pattern PRE_RELEASE =
            Pattern.compile("[-~.]?((?:alpha|beta|rc|dev|devel|preview|pre|snapshot|ctp)[-.]?\\d*)(.*)");
    private static final Pattern CHUNK = Pattern.compile("\\d+|\\D+");

    private final String text;
    private final List<BigInteger> release;
    private final String preRelease;
    private final String revision;

    private EngineVersion(String text, List<BigInteger> release, String preRelease, String revision) {
        this.text = text;
        this.release = List.copyOf(release);
        this.preRelease = preRelease;
        this.revision = revision;
    }

    /**
     * Parses a version.
     *
     * @param text for example {@code 15.20-0+deb12u1}, {@code 16.0.4165.4}, {@code v1.36.3+k3s1}, {@code 19beta1}
     * @throws GdsDatabaseException with code {@code GDS-VERSION-INVALID} when the text does not start with a number
     */
    public static EngineVersion parse(String text) {
        String trimmed = requireNonNull(text, "text").strip();
        Matcher m = SHAPE.matcher(trimmed.toLowerCase(Locale.ROOT));
        if (!m.matches() || m.group(2).chars().anyMatch(Character::isWhitespace)) {
            throw GdsDatabaseException.user("GDS-VERSION-INVALID")
                    .message("\"" + text + "\" is not a version: expected numbers separated by dots, such as 15.20.")
                    .remedy("give the version as the vendor writes it, without the product's name.")
                    .build();
        }
        List<BigInteger> numbers = new ArrayList<>();
        for (String part : m.group(1).split("\\.", -1)) {
            numbers.add(new BigInteger(part));
        }
        Matcher pre = PRE_RELEASE.matcher(m.group(2));
        return pre.matches()
                ? new EngineVersion(trimmed, numbers, pre.group(1), pre.group(2))
                : new EngineVersion(trimmed, numbers, "", m.group(2));
    }

    /** The release number at a place, 0 when the version has fewer numbers; place 0 is the leftmost. */
    public long number(int place) {
        return place < release.size() ? release.get(place).longValueExact() : 0;
    }

    /** How many numbers were written. */
    public int numbers() {
        return release.size();
    }

    /** Whether this is a pre-release. */
    public boolean isPreRelease() {
        return !preRelease.isEmpty();
    }

    /** The packaging revision as written, empty when there is none. */
    public String revision() {
        return revision;
    }

    /** The release and pre-release without packaging: {@code 15.20-0+deb12u1} gives {@code 15.20}. */
    public EngineVersion withoutRevision() {
        if (revision.isEmpty()) {
            return this;
        }
        return new EngineVersion(text.substring(0, text.length() - revision.length()), release, preRelease, "");
    }

    /** Whether both are the same release, whatever their packaging revision. */
    public boolean sameRelease(EngineVersion other) {
        return compareRelease(other) == 0 && compareNaturally(preRelease, other.preRelease) == 0;
    }

    @Override
    public int compareTo(EngineVersion other) {
        int byRelease = compareRelease(other);
        if (byRelease != 0) {
            return byRelease;
        }
        if (isPreRelease() != other.isPreRelease()) {
            return isPreRelease() ? -1 : 1;
        }
        int byPre = compareNaturally(preRelease, other.preRelease);
        return byPre != 0 ? byPre : compareNaturally(revision, other.revision);
    }

    private int compareRelease(EngineVersion other) {
        int places = Math.max(release.size(), other.release.size());
        for (int i = 0; i < places; i++) {
            BigInteger a = i < release.size() ? release.get(i) : BigInteger.ZERO;
            BigInteger b = i < other.release.size() ? other.release.get(i) : BigInteger.ZERO;
            int c = a.compareTo(b);
            if (c != 0) {
                return c;
            }
        }
        return 0;
    }

    /** Runs of digits compare as numbers, the rest as text, so that {@code deb12u2 < deb12u10}. */
    private static int compareNaturally(String a, String b) {
        Matcher left = CHUNK.matcher(a);
        Matcher right = CHUNK.matcher(b);
        while (true) {
            boolean hasLeft = left.find();
            boolean hasRight = right.find();
            if (!hasLeft || !hasRight) {
                return Boolean.compare(hasLeft, hasRight);
            }
            String l = left.group();
            String r = right.group();
            boolean numeric = Character.isDigit(l.charAt(0)) && Character.isDigit(r.charAt(0));
            int c = numeric ? new BigInteger(l).compareTo(new BigInteger(r)) : l.compareTo(r);
            if (c != 0) {
                return c;
            }
        }
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof EngineVersion other && compareTo(other) == 0;
    }

    @Override
    public int hashCode() {
        int last = release.size();
        while (last > 0 && release.get(last - 1).signum() == 0) {
            last--;
        }
        return Objects.hash(release.subList(0, last), stripZeros(preRelease), stripZeros(revision));
    }

    private static String stripZeros(String s) {
        return s.replaceAll("(?<!\\d)0+(?=\\d)", "");
    }

    @Override
    public String toString() {
        return text;
    }
}
