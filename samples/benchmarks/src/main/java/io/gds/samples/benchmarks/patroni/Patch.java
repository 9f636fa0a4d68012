package io.gds.samples.benchmarks.patroni;

import io.gds.testbed.Bed;
import java.io.IOException;
import java.nio.file.Path;

/** A way to bring a bed's cluster from the older minor to the newer one. */
interface Patch {
    static double secondsSince(long began) {
        return (System.nanoTime() - began) / 1e9;
    }

    /**
     * Does it, from the first look at the hosts to the last check.
     *
     * @param details where what it did is written, with times
     * @return how long it took without what was only planned, in seconds
     * @throws IllegalStateException if it did not say that all went well
     */
    double run(Bed bed, Path details) throws IOException, InterruptedException;
}
