package io.gds.database.topology;

import static java.util.Objects.requireNonNull;

/**
 * How far a follower trails, at the instant of its topology. Unknown lag is an absent {@code Lag}, never zero.
 *
 * @param amount how much, not negative
 * @param unit of what
 * @param source where the figure comes from, for example {@code pg_stat_replication.replay_lsn}
 */
public record Lag(long amount, Unit unit, String source) implements Comparable<Lag> {
    /** What lag is counted in. */
    public enum Unit {
        /** Bytes of log. */
        BYTES,
        /** Milliseconds of time. */
        MILLISECONDS,
        /** Transactions. */
        TRANSACTIONS
    }

    /** Checks the parts. */
    public Lag {
        requireNonNull(unit, "unit");
        requireNonNull(source, "source");
        if (amount < 0) {
            throw new IllegalArgumentException("lag amount is negative: " + amount);
        }
    }

    /** Compares amounts of one unit; lags of different units have no order and are refused. */
    @Override
    public int compareTo(Lag other) {
        if (unit != other.unit) {
            throw new IllegalArgumentException("cannot compare " + unit + " with " + other.unit);
        }
        return Long.compare(amount, other.amount);
    }

    @Override
    public String toString() {
        return amount + " "
                + switch (unit) {
                    case BYTES -> "bytes";
                    case MILLISECONDS -> "ms";
                    case TRANSACTIONS -> "transactions";
                };
    }
}
