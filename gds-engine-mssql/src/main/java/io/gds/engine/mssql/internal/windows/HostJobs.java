package io.gds.engine.mssql.internal.windows;

import static java.util.Objects.requireNonNull;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.plan.Params;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Jobs on one Windows host: tasks of its own scheduler, that go on whoever's connection ends. Thread-safe; calls block. */
public final class HostJobs {
    private final HostScripts scripts;

    /** The jobs of a host. */
    public HostJobs(HostScripts scripts) {
        this.scripts = requireNonNull(scripts, "scripts");
    }

    /** Where a job keeps its files on the host. */
    public String directory(String key) {
        return scripts.root() + "\\jobs\\" + key;
    }

    /**
     * Starts a job, or finds it started. Its program is started at most once, whoever calls this how often.
     *
     * @throws GdsDatabaseException when the host does not answer; then it may have been started, and {@link #state} tells
     */
    public void start(Job job) {
        String directory = directory(job.key());
        if (scripts.shell().read(directory + "\\job.json").isEmpty()) {
            byte[] document = job.document().toJson().getBytes(StandardCharsets.UTF_8);
            scripts.shell().write(directory + "\\job.json", document, "600", "");
        }
        scripts.ask(
                "job-start",
                Params.of("directory", directory, "task", task(job.key()), "runner", scripts.path("runner"))
                        .with("description", job.description()));
    }

    /** How far a job is. */
    public JobState state(String key) {
        return JobState.of(scripts.ask("job-state", Params.of("directory", directory(key), "task", task(key))));
    }

    /**
     * Takes away what jobs left.
     *
     * @param prefix what their keys begin with
     * @return the tasks of those that go on, which are left alone
     */
    public List<String> remove(String prefix) {
        return end(prefix, false);
    }

    /**
     * Takes away what jobs left, and what those of others left that are over: whose run has ended nobody cleans up after. Only for whoever
     * has the host's mark, for then no other run counts on its jobs there. Copies of packages stay.
     *
     * @param prefix what the keys of one's own begin with
     * @return the tasks of one's own that go on, which are left alone
     */
    public List<String> removeWithOthers(String prefix) {
        return end(prefix, true);
    }

    private List<String> end(String prefix, boolean others) {
        return scripts.ask(
                        "jobs-end",
                        Params.of("directory", scripts.root() + "\\jobs", "prefix", prefix, "others", others))
                .strings("left");
    }

    /**
     * The tasks of jobs that go on.
     *
     * @param prefix what their keys begin with
     */
    public List<String> alive(String prefix) {
        return scripts.ask("jobs-alive", Params.of("directory", scripts.root() + "\\jobs", "prefix", prefix))
                .strings("alive");
    }

    private static String task(String key) {
        return "gds-" + key;
    }
}
