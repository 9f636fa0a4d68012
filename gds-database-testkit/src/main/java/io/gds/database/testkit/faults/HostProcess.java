package io.gds.database.testkit.faults;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A {@link FaultHost} seen from the test that will kill it. */
public final class HostProcess implements AutoCloseable {
    private static final String END = "(end of output)";
    private static final long PATIENCE_SECONDS = 300;

    private final Process process;
    private final Writer orders;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final List<String> seen = new ArrayList<>();

    private HostProcess(Process process) {
        this.process = process;
        this.orders = process.outputWriter(StandardCharsets.UTF_8);
        Thread reader = new Thread(this::read, "host-" + process.pid());
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * Starts a process that waits for its order.
     *
     * @param patch what it runs
     * @param target a version
     * @param stopAfter types of events after which it goes no further before it is told to, with commas; may be empty
     */
    public static HostProcess launch(
            Path spec, Path journal, Class<? extends FaultPatch> patch, String target, String stopAfter)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                "-cp",
                System.getProperty("java.class.path"),
                FaultHost.class.getName(),
                spec.toString(),
                journal.toString(),
                patch.getName(),
                target,
                stopAfter));
        File log = new File(journal + ".hosts.log");
        return new HostProcess(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(log))
                .start());
    }

    private void read() {
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                lines.add(line);
            }
        } catch (IOException killed) {
            lines.add(END);
            return;
        }
        lines.add(END);
    }

    /** Writes a line: the order at first, then what lets it go on. */
    public void tell(String line) throws IOException {
        orders.write(line + "\n");
        orders.flush();
    }

    /** The next line as words; a process that falls silent is an error that shows what it said last. */
    public List<String> next() throws InterruptedException {
        String line = lines.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (line == null) {
            throw new AssertionError("host " + process.pid() + " says nothing any more; it said " + seen);
        }
        if (line.equals(END)) {
            throw new AssertionError("host " + process.pid() + " ended without an outcome; it said " + seen);
        }
        seen.add(line);
        return List.of(line.split(" ", 4));
    }

    /** Reads until a line begins with this word, and gives that line. */
    public List<String> await(String word) throws InterruptedException {
        List<String> line = next();
        while (!line.get(0).equals(word)) {
            if (line.get(0).equals("ERROR") || line.get(0).equals("OUTCOME")) {
                throw new AssertionError("expected " + word + ", the host said " + seen);
            }
            line = next();
        }
        return line;
    }

    /** Lets it live for a while. */
    public void live(long millis) throws InterruptedException {
        process.waitFor(millis, TimeUnit.MILLISECONDS);
    }

    /** SIGKILL: no shutdown hook, no finally. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** What a killed process had still said. */
    public List<String> rest() throws InterruptedException {
        List<String> out = new ArrayList<>();
        String line = lines.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        while (line != null && !line.equals(END)) {
            out.add(line);
            line = lines.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
        return out;
    }

    /** Its process. */
    public long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
