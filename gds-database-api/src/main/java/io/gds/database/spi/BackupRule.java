package io.gds.database.spi;

import static java.util.Objects.requireNonNull;

import io.gds.database.plan.Finding;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How old the newest backup of a cluster may be before a change. Immutable; as thread-safe as its check.
 *
 * @param check tells when the newest good backup was taken
 * @param maxAge the oldest that is good enough; more than zero
 * @param required whether a run without such a backup is refused; otherwise somebody may acknowledge its absence
 */
public record BackupRule(BackupCheck check, Duration maxAge, boolean required) {
    /** A day and two hours: a nightly backup that took a little longer is still in time. */
    public static final Duration DEFAULT_MAX_AGE = Duration.ofHours(26);

    /** Clocks differ a little; a backup of the future is no backup. */
    private static final Duration SKEW = Duration.ofMinutes(5);

    /** Checks the parts. */
    public BackupRule {
        requireNonNull(check, "check");
        requireNonNull(maxAge, "maxAge");
        if (maxAge.isNegative() || maxAge.isZero()) {
            throw new IllegalArgumentException("maxAge: expected more than zero, found " + maxAge);
        }
    }

    /**
     * Asks the check; may block for seconds. Whatever it throws is a finding too: an unknown age is not a good one.
     *
     * @param cluster what the finding is about
     * @param now the present
     * @return finding {@code GDS-BACKUP}, or empty when the newest backup is young enough
     */
    public Optional<Finding> finding(String cluster, Instant now) {
        Optional<Instant> last;
        try {
            last = check.lastBackup();
        } catch (RuntimeException e) {
            return Optional.of(
                    about(cluster, "the backup check failed: " + e.getMessage(), "repair the check, then plan again."));
        }
        if (last.isEmpty()) {
            return Optional.of(about(cluster, "no backup", "take a backup, then plan again."));
        }
        Duration age = Duration.between(last.get(), now);
        if (age.compareTo(SKEW.negated()) < 0) {
            return Optional.of(about(
                    cluster,
                    "the newest backup ends in the future, at " + last.get(),
                    "correct the clock of the host that takes or reports backups, then plan again."));
        }
        return age.compareTo(maxAge) <= 0
                ? Optional.empty()
                : Optional.of(about(
                        cluster,
                        "the newest backup is " + words(age) + " old, of " + last.get(),
                        "take a backup, then plan again."));
    }

    private Finding about(String cluster, String observed, String remedy) {
        Finding.Severity severity = required ? Finding.Severity.BLOCK : Finding.Severity.ACK;
        return new Finding(
                "GDS-BACKUP", severity, cluster, observed, "a backup not older than " + words(maxAge), remedy);
    }

    private static String words(Duration d) {
        return d.toHours() > 0 ? d.toHours() + " h" : d.toMinutes() > 0 ? d.toMinutes() + " min" : d.toSeconds() + " s";
    }
}
