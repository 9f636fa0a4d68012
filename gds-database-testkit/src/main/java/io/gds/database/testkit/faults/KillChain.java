package io.gds.database.testkit.faults;

import io.gds.database.core.Journal;
import io.gds.database.core.RollingPatcher;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run driven by many processes: each is killed at its next point, the following one resumes. */
public final class KillChain {
    private static final Logger LOG = LoggerFactory.getLogger(KillChain.class);

    private static final int MOST = 80;

    private final Path spec;
    private final Path journal;
    private final Class<? extends FaultPatch> patch;
    private final String order;
    private final String target;
    private final Random random;
    private final Duration reach;
    private final Set<String> killedAt = new LinkedHashSet<>();

    /**
     * How the run ended.
     *
     * @param run its id
     * @param status its status
     * @param summary in words
     */
    public record End(String run, String status, String summary) {}

    /**
     * A chain that has not begun.
     *
     * @param patch what the processes run
     * @param order the first process's order, see {@link FaultHost}
     * @param target a version
     * @param reach how deep inside a step a process may be killed
     */
    public KillChain(
            Path spec,
            Path journal,
            Class<? extends FaultPatch> patch,
            String order,
            String target,
            long seed,
            Duration reach) {
        this.patch = patch;
        this.spec = spec;
        this.journal = journal;
        this.order = order;
        this.target = target;
        this.reach = reach;
        this.random = new Random(seed);
        LOG.info("kill chain: {} to {}, seed {}", order, target, seed);
    }

    /** Steps that were under way, or just done, when a process was killed. */
    public Set<String> killedAt() {
        return killedAt;
    }

    /** Kills right after every step of these was verified: the next has not begun. */
    public End atEveryBoundary(Predicate<String> steps) throws IOException, InterruptedException {
        return drive("STEP_VERIFIED", steps, false);
    }

    /** Kills at a random moment after the intent of each of these steps became durable. */
    public End insideEveryStep(Predicate<String> steps) throws IOException, InterruptedException {
        return drive("STEP_INTENT", steps, true);
    }

    private End drive(String type, Predicate<String> steps, boolean inside) throws IOException, InterruptedException {
        HostProcess spare = launch(type, inside);
        while (killedAt.size() < MOST) {
            try (HostProcess host = spare) {
                host.await("READY");
                spare = launch(type, inside);
                // the newest run is ours once somebody was killed; it may have ended just before
                String first = killedAt.isEmpty() ? order : "resume " + newestRun();
                host.tell(first);
                Optional<End> end = untilKilled(host, type, steps, inside);
                if (end.isPresent()) {
                    spare.close();
                    return end.get();
                }
            }
        }
        spare.close();
        throw new AssertionError("killed at " + killedAt + " and still no end");
    }

    /** Quick steps end before the kill: then it met the last step that had begun. */
    private void overtaken(List<String> rest, String type, Predicate<String> steps) {
        for (String line : rest) {
            List<String> words = List.of(line.split(" ", 4));
            if (words.size() > 2 && words.get(1).equals(type) && steps.test(words.get(2))) {
                killedAt.add(words.get(2));
            }
        }
    }

    private HostProcess launch(String type, boolean inside) throws IOException {
        return HostProcess.launch(spec, journal, patch, target, inside ? "" : type);
    }

    private String newestRun() {
        try (Journal j = Journal.sqlite(journal);
                RollingPatcher patcher = RollingPatcher.create(j)) {
            return patcher.runs().list().get(0).run().value();
        }
    }

    private Optional<End> untilKilled(HostProcess host, String type, Predicate<String> steps, boolean inside)
            throws IOException, InterruptedException {
        while (true) {
            List<String> line = host.next();
            switch (line.get(0)) {
                case "OUTCOME" -> {
                    return Optional.of(new End(line.get(1), line.get(2), line.get(3)));
                }
                case "ERROR" -> throw new AssertionError(line);
                default -> {
                    boolean here = line.get(1).equals(type) && steps.test(line.get(2)) && killedAt.add(line.get(2));
                    if (here) {
                        // early moments are the interesting ones: most effects are quick
                        host.live(inside ? (long) (reach.toMillis() * random.nextDouble() * random.nextDouble()) : 0);
                        host.kill();
                        overtaken(host.rest(), type, steps);
                        return Optional.empty();
                    }
                    if (line.get(0).equals("STOPPED")) {
                        host.tell("go");
                    }
                }
            }
        }
    }
}
