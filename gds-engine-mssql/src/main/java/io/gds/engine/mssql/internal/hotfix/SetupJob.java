package io.gds.engine.mssql.internal.hotfix;

import io.gds.database.plan.Params;
import io.gds.engine.mssql.internal.windows.Job;
import java.util.List;

/** How a package is run on a host: it is unpacked beside its job, then its setup is called. */
final class SetupJob {
    private SetupJob() {}

    /**
     * The job of a step.
     *
     * @param key its key
     * @param directory where it keeps its files on the host
     * @param p the step's parameters
     * @param description for whoever finds its task there
     */
    static Job of(String key, String directory, Params p, String description) {
        String path = p.string("path");
        String unpacked = directory + "\\x";
        return new Job(
                key,
                description,
                List.of(new Job.Checked(path, p.string("sha256"))),
                List.of(
                        new Job.Program("extract", path, "/x:\"" + unpacked + "\" /quiet"),
                        new Job.Program("setup", unpacked + "\\setup.exe", String.join(" ", p.strings("arguments")))));
    }
}
