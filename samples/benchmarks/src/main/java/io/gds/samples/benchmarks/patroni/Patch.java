package io.gds.samples.benchmarks.patroni;

import io.gds.testbed.Bed;
import java.io.IOException;
import java.nio.file.Path;

/** A way to bring a bed's cluster from the older minor to the newer one. */
interface Patch {
    /**
     * Does it, from the first look at the hosts to the last check.
     *
     * @param details where what it did is written, with times
     * @throws IllegalStateException if it did not say that all went well
     */
    void run(Bed bed, Path details) throws IOException, InterruptedException;
}
