package io.gds.database.core.internal.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.OptionalInt;
import net.schmizz.concurrent.Promise;
import net.schmizz.sshj.common.SSHPacket;
import net.schmizz.sshj.connection.ConnectionException;
import org.jspecify.annotations.Nullable;

/**
 * One order from its telling to its end. The host keeps the time limit, also when we are gone; here we only listen, and
 * give up when the host says nothing for too long. Confined to one thread.
 */
final class HostRun {
    /** How long after its limit a command may take to be ended and reported. */
    private static final Duration SLACK = Duration.ofSeconds(20);
    /** After its end a command has written all; when its pipes stay open, a daemon has them. */
    private static final Duration GRACE = Duration.ofMillis(500);

    private static final String END = "end\n";
    private static final String LEAVE = "leave\n";

    private final Dialogue dialogue;
    private final Order order;
    private final Duration limit;
    private final Pause pause = new Pause();
    private final long started = System.nanoTime();
    private final byte[] chunk = new byte[32 * 1024];
    private long heard = started;
    /** When the host had the order and its input; until then, when it last took some of it. */
    private long told = started;

    private OptionalInt exit = OptionalInt.empty();
    private String missing = "";
    private boolean over;
    private boolean ended;
    private String left = "";
    private boolean leaving;
    private boolean cut;
    private @Nullable Promise<SSHPacket, ConnectionException> ping;

    /**
     * How it ended.
     *
     * @param exit the exit code, when there was one to report
     * @param over whether its time was over
     * @param ended whether its processes were ended
     * @param left the processes that could not be ended
     * @param missing what kept it from starting
     * @param cut whether some of its output may be missing
     */
    record Ending(OptionalInt exit, boolean over, boolean ended, String left, String missing, boolean cut) {}

    HostRun(Dialogue dialogue, Order order) {
        this.dialogue = dialogue;
        this.order = order;
        Duration limit = order.command().timeout();
        this.limit = (limit.compareTo(Order.LONGEST) > 0 ? Order.LONGEST : limit).plus(SLACK);
    }

    /**
     * Tells the host and listens to the end.
     *
     * @throws InterruptedException when we were interrupted; the command was told to end, and {@link #ending} says more
     */
    Ending follow(String line) throws InterruptedException {
        try {
            send(line.getBytes(StandardCharsets.UTF_8));
            try (InputStream input = order.input().source().open()) {
                feed(input, order.input().size());
            }
            listen();
        } catch (IOException e) {
            if (Thread.interrupted()) {
                interrupted(); // while a write waited for new keys: what it had to say goes first with the next one
            }
            cut = true; // the connection broke; what was heard until then counts
        }
        dialogue.finish();
        hear();
        return ending();
    }

    Ending ending() {
        return new Ending(exit, over, ended, left, missing, cut || exit.isEmpty());
    }

    Duration took() {
        return Duration.ofNanos(System.nanoTime() - started);
    }

    private void send(byte[] line) throws IOException, InterruptedException {
        byte[] all = new byte[line.length + 1];
        System.arraycopy(line, 0, all, 0, line.length);
        all[line.length] = '\n';
        push(all, all.length);
    }

    private void feed(InputStream input, long size) throws IOException, InterruptedException {
        long rest = size;
        while (rest > 0) {
            int read = input.readNBytes(chunk, 0, (int) Math.min(chunk.length, rest));
            if (read == 0) {
                dialogue.endInput(); // the source is shorter than it was, and the host sees it
                return;
            }
            push(chunk, read);
            rest -= read;
        }
    }

    private void push(byte[] bytes, int length) throws IOException, InterruptedException {
        int at = 0;
        while (at < length && !isSettled() && !dialogue.isOver() && !isLate()) {
            int sent = dialogue.send(bytes, at, length - at);
            at += sent;
            told = sent > 0 ? System.nanoTime() : told;
            if (!look() && sent == 0) {
                pause.idle();
            }
        }
    }

    private void listen() throws IOException, InterruptedException {
        while (true) {
            boolean last = dialogue.isOver();
            if (look()) {
                continue;
            }
            if (last) {
                return;
            }
            if (isLate()) {
                cut = true;
                return;
            }
            if (isSettled() && isSilent() && !goesOn()) {
                return;
            }
            pause.idle();
        }
    }

    /** Takes what is there; whether there was anything. */
    private boolean look() throws IOException, InterruptedException {
        if (Thread.interrupted()) {
            interrupted();
        }
        boolean some = dialogue.take();
        if (some) {
            heard = System.nanoTime();
            ping = null;
            pause.reset();
            hear();
        }
        return some;
    }

    private void hear() {
        dialogue.word().ifPresent(word -> {
            String[] parts = word.split(" ", 2);
            String rest = parts.length > 1 ? parts[1] : "";
            switch (parts[0]) {
                case "exit" -> exit = OptionalInt.of(Integer.parseInt(rest));
                case "over" -> over = true;
                case "ended" -> {
                    ended = true;
                    left = rest;
                }
                case "missing" -> missing = rest;
                default -> throw new IllegalStateException("our program said \"" + word + "\"");
            }
            hear();
        });
    }

    private boolean isSettled() {
        return !missing.isEmpty() || (over ? ended && (exit.isPresent() || !left.isEmpty()) : exit.isPresent());
    }

    private boolean isSilent() {
        return System.nanoTime() - heard > GRACE.toNanos();
    }

    private boolean isLate() {
        return System.nanoTime() - told > limit.toNanos();
    }

    /**
     * The command is over, and its pipes are not. First makes sure that the silence is not the network's, then has the
     * pipes left to whoever holds them.
     */
    private boolean goesOn() throws IOException {
        if (leaving) {
            return false;
        }
        if (ping == null) {
            ping = dialogue.connection().ping();
        } else if (ping.isFulfilled()) {
            leaving = true;
            heard = System.nanoTime();
            if (!order.input().isStream()) {
                dialogue.write(LEAVE);
            }
        }
        return true;
    }

    /** Has the command ended, and waits a while to hear that it was. */
    private void interrupted() throws InterruptedException {
        long asked = System.nanoTime();
        try {
            if (order.input().isStream()) {
                dialogue.endInput(); // it hears nothing but its input, and sees that some of it is missing
            } else {
                dialogue.write(END);
            }
            boolean last = false;
            while (!ended && !last && System.nanoTime() - asked < SLACK.toNanos()) {
                last = dialogue.isOver();
                if (dialogue.take()) {
                    hear();
                    last = false;
                } else {
                    pause.idle();
                }
            }
        } catch (IOException e) {
            ended = false; // nobody can say
        }
        throw new InterruptedException("while a command ran");
    }
}
