package io.gds.samples.quickstart;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** Kills the orchestrating process at random points and starts another one, until one of them gets to the end. */
final class Chaos {
    private static final int MOST_KILLS = 8;

    private final Arguments child;
    private final long seed;

    Chaos(Arguments child, long seed) {
        this.child = child;
        this.seed = seed;
    }

    int run() throws IOException, InterruptedException {
        Random random = new Random(seed);
        Terminal.say("chaos: seed " + seed);
        for (int kills = 0; ; kills++) {
            Process p = start();
            long life = kills < MOST_KILLS ? 1500 + random.nextInt(4500) : Long.MAX_VALUE / 2;
            if (p.waitFor(life, TimeUnit.MILLISECONDS)) {
                return p.exitValue();
            }
            p.destroyForcibly().waitFor(); // SIGKILL: no shutdown hook, no finally
            Terminal.say("chaos: killed the orchestrator after " + life + " ms (kill " + (kills + 1) + ")");
        }
    }

    private Process start() throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Quickstart.class.getName()));
        command.addAll(child.toList());
        return new ProcessBuilder(command).inheritIO().start();
    }
}
