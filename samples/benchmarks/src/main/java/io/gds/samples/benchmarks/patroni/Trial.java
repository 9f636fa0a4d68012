package io.gds.samples.benchmarks.patroni;

import io.gds.testbed.Bed;
import io.gds.testbed.BedNode;
import io.gds.testbed.WriteLoad;
import io.gds.testbed.WriteLoadResult;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * One patch of a fresh cluster, and what clients outside of it saw meanwhile.
 *
 * @param seconds how long the patch took
 * @param inAll the same with its planning
 * @param load what the clients saw
 * @param old the members that run the old version afterwards, by the servers' own word
 */
record Trial(double seconds, double inAll, WriteLoadResult load, List<String> old) {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** The clients of a trial. */
    enum Clients {
        /** One writer, a transaction every 10 ms, by a driver that looks for the leader itself. */
        DIRECT(1, Duration.ofMillis(10)),
        /** Eight writers through PgBouncer. */
        POOLED(8, Duration.ofMillis(5));

        private final int count;
        private final Duration pacing;

        Clients(int count, Duration pacing) {
            this.count = count;
            this.pacing = pacing;
        }

        private WriteLoad start(Bed bed) {
            String url = this == DIRECT ? bed.sql().directUrl() : bed.sql().pgbouncerUrl();
            return WriteLoad.through(bed, url, count, pacing);
        }
    }

    /** Makes the bed fresh and patches it. */
    static Trial of(Bed bed, Clients clients, Patch patch, Path details)
            throws IOException, InterruptedException, SQLException {
        bed.reset();
        try (WriteLoad load = clients.start(bed)) {
            load.awaitCommits(200, PATIENCE);
            long began = System.nanoTime();
            double seconds = patch.run(bed, details);
            double inAll = Patch.secondsSince(began);
            load.awaitCommits(100, PATIENCE);
            WriteLoadResult seen = load.stop();
            seen.assertNothingLost();
            return new Trial(seconds, inAll, seen, old(bed));
        }
    }

    private static List<String> old(Bed bed) throws SQLException {
        List<String> out = new ArrayList<>();
        for (BedNode m : bed.members()) {
            if (!bed.sql().runningVersion(m).equals(bed.newMinor().upstream())) {
                out.add(m.name());
            }
        }
        return out;
    }

    double gap() {
        return load.longestGap().toNanos() / 1e6;
    }

    double longestTransaction() {
        return load.longestTransaction().toNanos() / 1e6;
    }

    @Override
    public String toString() {
        return "patch " + Math.round(seconds) + " s (" + Math.round(inAll) + " s with planning), longest gap "
                + Math.round(gap()) + " ms, longest transaction "
                + Math.round(longestTransaction()) + " ms, committed " + load.committed() + ", failed " + load.failed()
                + ", in doubt " + load.inDoubt() + ", refused " + load.refused() + ", lost " + load.lost()
                + ", running the old version " + old;
    }
}
