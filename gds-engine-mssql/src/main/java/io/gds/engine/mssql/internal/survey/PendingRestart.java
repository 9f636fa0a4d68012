package io.gds.engine.mssql.internal.survey;

import io.gds.database.plan.Params;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One sign that Windows waits for a restart.
 *
 * @param signal which, for example {@code RebootPending}
 * @param at where it was found
 * @param detail what stands there: files to be renamed, or names
 */
public record PendingRestart(String signal, String at, List<String> detail) {
    /** Files that Windows itself renames at every other start, and that no installer has to do with. */
    private static final Pattern NOISE = Pattern.compile(
            "(?i).*\\\\(Amcache\\.hve[^\\\\]*|AppCompat\\\\.*|Temp\\\\[^\\\\]+\\.tmp|Windows Defender\\\\.*|"
                    + "spool\\\\.*|Prefetch\\\\.*|SoftwareDistribution\\\\Download\\\\.*)");

    private static final String RENAMES = "PendingFileRenameOperations";

    /** Copies the list. */
    public PendingRestart {
        detail = List.copyOf(detail);
    }

    static PendingRestart of(Params p) {
        return new PendingRestart(p.string("signal"), p.string("at"), p.strings("detail"));
    }

    /**
     * Whether setup would refuse to begin, or an installation would be built upon one that is not finished. Renames count unless all
     * the files are those that Windows renames in its daily work.
     */
    public boolean matters() {
        return !signal.startsWith(RENAMES)
                || detail.isEmpty()
                || !detail.stream().allMatch(file -> NOISE.matcher(file).matches());
    }

    /** For people. */
    public String describe() {
        return signal + (detail.isEmpty() ? "" : " (" + shown() + ")");
    }

    private String shown() {
        return detail.size() <= 3
                ? String.join(", ", detail)
                : String.join(", ", detail.subList(0, 3)) + " and " + (detail.size() - 3) + " more";
    }
}
