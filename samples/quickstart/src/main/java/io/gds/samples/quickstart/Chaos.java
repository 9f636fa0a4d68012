package io.gds.samples.quickstart;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Kills the orchestrating process at random points and starts another one, until one of them gets to the end. */
final class Chaos {
    private static final int MOST_KILLS = 6;
    private static final int KILLS_IN_REHEARSAL = 2;

    private final Arguments child;
    private final long seed;
    private @Nullable Process process;
    private @Nullable BufferedReader output;
    private boolean rehearsing;

    Chaos(Arguments child, long seed) {
        this.child = child;
        this.seed = seed;
    }

    int run() throws IOException, InterruptedException {
        Random random = new Random(seed);
        Terminal.say("chaos: seed " + seed);
        int kills = 0;
        int inRehearsal = 0;
        while (true) {
            Process p = start();
            boolean sparesRehearsal = inRehearsal >= KILLS_IN_REHEARSAL;
            boolean lives = kills >= MOST_KILLS || !awaitWork(p, sparesRehearsal);
            long life = lives ? Long.MAX_VALUE / 2 : random.nextInt(3500);
            if (lives) {
                forwardAll(p);
            }
            if (p.waitFor(life, TimeUnit.MILLISECONDS)) {
                forwardAll(p);
                return p.exitValue();
            }
            p.toHandle().destroyForcibly(); // SIGKILL: no shutdown hook, no finally; what it said stays readable
            p.waitFor();
            kills++;
            inRehearsal += rehearsing ? 1 : 0;
            forwardAll(p);
            Terminal.say("chaos: killed the orchestrator " + life + " ms later (kill " + kills + ")");
        }
    }

    /** Forwards what the orchestrator prints until it works on something; false when it ended before. */
    private boolean awaitWork(Process p, boolean sparesRehearsal) throws IOException {
        BufferedReader out = reader(p);
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            Terminal.say(line);
            rehearsing = line.contains(Orchestration.REHEARSING);
            if (line.contains(" driven by ") || (rehearsing && !sparesRehearsal)) {
                return true;
            }
        }
        return false;
    }

    private void forwardAll(Process p) throws IOException {
        BufferedReader out = reader(p);
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            Terminal.say(line);
        }
    }

    private BufferedReader reader(Process p) {
        if (output == null || !p.equals(process)) {
            process = p;
            output = p.inputReader(StandardCharsets.UTF_8);
        }
        return output;
    }

    private Process start() throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Quickstart.class.getName()));
        command.addAll(child.toList());
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
