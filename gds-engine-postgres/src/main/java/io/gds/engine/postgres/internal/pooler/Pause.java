package io.gds.engine.postgres.internal.pooler;

import io.gds.database.plan.Params;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One pause of all poolers, as the step that makes it journals it before it does anything.
 *
 * @param step what names it, for the timers
 * @param since when it began at the earliest
 * @param poolers what was found, by pooler
 */
record Pause(String step, Instant since, Map<String, Found> poolers) {
    /**
     * What a pooler looked like before.
     *
     * @param configFile its configuration
     * @param total how long its pause may last
     * @param follows databases whose entries name no member, and so must follow the primary by themselves
     */
    record Found(String configFile, Duration total, List<Follow> follows) {
        /** Copies. */
        Found {
            follows = List.copyOf(follows);
        }
    }

    /**
     * An entry that follows the primary by itself.
     *
     * @param name what clients call the database
     * @param host where it leads, empty for the local socket
     * @param port where it leads
     * @param database what the server calls it
     */
    record Follow(String name, String host, int port, String database) {
        private static Follow of(Params p) {
            return new Follow(p.string("name"), p.string("host"), (int) p.integer("port"), p.string("database"));
        }

        private Params facts() {
            return Params.of("name", name, "host", host).with(Params.of("port", port, "database", database));
        }
    }

    /** Copies. */
    Pause {
        poolers = Map.copyOf(poolers);
    }

    /** Reads what {@link #facts()} wrote. */
    static Pause of(Params facts) {
        Map<String, Found> poolers = new TreeMap<>();
        for (Params p : facts.objects("poolers")) {
            poolers.put(
                    p.string("name"),
                    new Found(
                            p.string("configFile"),
                            p.duration("pauseLimit"),
                            p.objects("follows").stream().map(Follow::of).toList()));
        }
        return new Pause(facts.string("pause"), Instant.parse(facts.string("since")), poolers);
    }

    Params facts() {
        List<Params> list = new TreeMap<>(poolers)
                .entrySet().stream().map(e -> facts(e.getKey(), e.getValue())).toList();
        return Params.of("pause", step, "since", since.toString(), "poolers", list);
    }

    private static Params facts(String name, Found found) {
        return Params.of("name", name, "configFile", found.configFile())
                .with("pauseLimit", found.total())
                .with("follows", found.follows().stream().map(Follow::facts).toList());
    }

    /** The limits of a pooler; the usual ones for one that was not there. */
    PauseLimits limits(String pooler) {
        return PauseLimits.ofTotal(
                Optional.ofNullable(poolers.get(pooler)).map(Found::total).orElse(Duration.ofSeconds(40)));
    }

    String configFile(String pooler) {
        return Optional.ofNullable(poolers.get(pooler)).map(Found::configFile).orElse("");
    }

    List<Follow> follows(String pooler) {
        return Optional.ofNullable(poolers.get(pooler)).map(Found::follows).orElse(List.of());
    }

    /** From when on clients are let go in any case: they have waited as long as the least patient pooler allows. */
    Instant over() {
        return since.plus(poolers.values().stream()
                .map(Found::total)
                .min(Duration::compareTo)
                .orElse(Duration.ZERO));
    }
}
