package io.gds.database.testkit.powershell;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A System.Version: two to four numbers. */
public record PsVersion(List<Integer> parts) implements Comparable<PsVersion> {
    /** Checks that there are two to four numbers. */
    public PsVersion {
        parts = List.copyOf(parts);
        if (parts.size() < 2 || parts.size() > 4) {
            throw new IllegalArgumentException("not a version: " + parts);
        }
    }

    /** Reads one; null when the text is none. */
    public static @Nullable PsVersion parse(String text) {
        List<Integer> parts = new ArrayList<>();
        for (String part : text.trim().split("\\.", -1)) {
            if (!part.matches("\\d{1,9}")) {
                return null;
            }
            parts.add(Integer.valueOf(part));
        }
        return parts.size() < 2 || parts.size() > 4 ? null : new PsVersion(parts);
    }

    /** One of its numbers; -1 when it has not so many. */
    int part(int index) {
        return index < parts.size() ? parts.get(index) : -1;
    }

    @Override
    public int compareTo(PsVersion o) {
        for (int i = 0; i < 4; i++) {
            int c = Integer.compare(part(i), o.part(i));
            if (c != 0) {
                return c;
            }
        }
        return 0;
    }

    @Override
    public String toString() {
        StringBuilder out = new StringBuilder();
        parts.forEach(p -> out.append(out.length() == 0 ? "" : ".").append(p));
        return out.toString();
    }
}
