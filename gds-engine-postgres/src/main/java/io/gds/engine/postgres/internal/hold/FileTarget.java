package io.gds.engine.postgres.internal.hold;

import io.gds.database.spi.Command;
import io.gds.database.spi.HostShell;
import io.gds.engine.postgres.internal.config.HoldSpec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Announces by a file on a host; the instances that watch it answer by files beside it. */
final class FileTarget implements HoldTarget {
    /** The time since an instance wrote last, by which a dead one is told; it writes every two seconds. */
    private static final int DEAD_AFTER_SECONDS = 10;

    private static final long PAUSE_NANOS = Duration.ofMillis(5).toNanos();

    /** For every instance a line with its age, then what it says. */
    private static final String LOOK =
            "now=$(date +%s); for f in \"$1\".ack-*; do [ -f \"$f\" ] || continue; t=$(stat -c %Y -- \"$f\") || continue;"
                    + " printf 'age=%s\\n' $((now - t)); cat -- \"$f\"; done";

    /** Only a file that names this token or this owner. */
    private static final String LIFT = "[ -f \"$1\" ] || exit 0; case \"$(sed -n 's/^token=//p' <\"$1\")\" in"
            + " \"$2\"|\"$2\".*) rm -f -- \"$1\";; esac";

    private final HoldSpec.ByFile spec;
    private final Supplier<HostShell> shell;

    FileTarget(HoldSpec.ByFile spec, Supplier<HostShell> shell) {
        this.spec = spec;
        this.shell = shell;
    }

    @Override
    public HoldSpec spec() {
        return spec;
    }

    @Override
    public Seen announce(String token, String owner) {
        String text = "token=" + token + "\nforMillis=" + spec.limit().toMillis() + "\n";
        shell.get()
                .write(
                        spec.path(),
                        text.getBytes(StandardCharsets.UTF_8),
                        "644",
                        spec.user().orElse(""));
        long end = System.nanoTime() + spec.quiesce().toNanos();
        while (true) {
            Seen seen = look();
            if (seen.isQuiescedFor(token)
                    || end - System.nanoTime() <= 0
                    || Thread.currentThread().isInterrupted()) {
                return seen;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    @Override
    public void lift(String name) {
        run(Command.of("sh", "-c", LIFT, "sh", spec.path(), name));
    }

    @Override
    public Seen look() {
        List<Map<String, String>> instances = new ArrayList<>();
        for (String line : run(Command.of("sh", "-c", LOOK, "sh", spec.path())).split("\n", -1)) {
            int equals = line.indexOf('=');
            if (equals < 1) {
                continue;
            }
            String key = line.substring(0, equals);
            if (key.equals("age")) {
                instances.add(new HashMap<>());
            }
            if (!instances.isEmpty()) {
                instances.get(instances.size() - 1).put(key, line.substring(equals + 1));
            }
        }
        List<Seen> alive = instances.stream()
                .filter(i -> i.containsKey("phase") && isYoung(i.getOrDefault("age", "")))
                .map(Seen::of)
                .toList();
        return alive.size() < spec.instances()
                ? Seen.absent()
                : alive.stream().reduce(Seen::and).orElseGet(Seen::absent);
    }

    private static boolean isYoung(String seconds) {
        return seconds.matches("-?[0-9]{1,9}") && Integer.parseInt(seconds) < DEAD_AFTER_SECONDS;
    }

    private String run(Command command) {
        Command bounded = command.timeout(Duration.ofSeconds(10));
        return shell.get()
                .run(spec.user().map(bounded::as).orElse(bounded))
                .orElseThrow()
                .output();
    }
}
