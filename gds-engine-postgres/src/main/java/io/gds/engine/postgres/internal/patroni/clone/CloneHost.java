package io.gds.engine.postgres.internal.patroni.clone;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.plan.Params;
import io.gds.database.spi.HostShell;
import io.gds.database.spi.JsonReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** A host that has clones, or may have. Thread-safe. */
final class CloneHost {
    private static final String ROOT = "root";
    private static final Duration DESTRUCTION = Duration.ofMinutes(30);
    private static final int MAX_LIST = 1 << 20;

    /**
     * A clone's directory.
     *
     * @param site where it is
     * @param note what it says; empty when its removal was interrupted at the very end
     */
    record Found(CloneSite site, Optional<CloneNote> note) {
        /** The clone's id, as far as that cluster is concerned. */
        Optional<String> id(String cluster) {
            String prefix = CloneSite.prefix(cluster);
            if (note.isPresent()) {
                return note.filter(n -> n.cluster().equals(cluster)).map(CloneNote::id);
            }
            return site.name().startsWith(prefix)
                    ? Optional.of(site.name().substring(prefix.length()))
                    : Optional.empty();
        }
    }

    private final HostShell shell;
    private final String name;
    private final String parent;

    /**
     * A host.
     *
     * @param name as this process reaches it
     * @param parent the directory of clones
     */
    CloneHost(HostShell shell, String name, String parent) {
        this.shell = shell;
        this.name = name;
        this.parent = parent;
    }

    HostShell shell() {
        return shell;
    }

    String name() {
        return name;
    }

    String parent() {
        return parent;
    }

    /** The clones on this host, of whatever cluster. */
    List<Found> list() {
        String all = HostScript.run(
                shell,
                "list the clones in " + parent,
                HostScript.shell("list.sh", parent).as(ROOT).maxOutput(MAX_LIST));
        List<Found> out = new ArrayList<>();
        for (String line : all.lines().toList()) {
            int tab = line.indexOf('\t');
            if (tab > 0) {
                String json = line.substring(tab + 1);
                out.add(new Found(
                        new CloneSite(name, parent, line.substring(0, tab)),
                        json.isBlank() ? Optional.empty() : Optional.of(new CloneNote(params(json)))));
            }
        }
        return out;
    }

    /**
     * Claims a directory and ports.
     *
     * @param wish see {@code claim.py}
     * @throws GdsDatabaseException with code {@code GDS-CLONE-REFUSED} naming everything that the host lacks; then nothing
     *     was changed
     */
    CloneNote claim(String interpreter, Params wish, String cluster) {
        Params answer = params(HostScript.run(
                shell,
                "look whether it can have a clone, by Patroni's interpreter",
                HostScript.python(interpreter, "claim.py", wish.toJson()).as(ROOT)));
        List<String> wrong = answer.strings("wrong");
        if (!wrong.isEmpty()) {
            throw GdsDatabaseException.user("GDS-CLONE-REFUSED")
                    .message("cluster " + cluster + " cannot be cloned on host " + name + ": "
                            + String.join("; ", wrong) + ".")
                    .remedy("do what stands behind each arrow, or rehearse on a copy of your own.")
                    .build();
        }
        return new CloneNote(answer.object("note"));
    }

    /** Removes a clone, whatever is there of it. Idempotent. */
    void destroy(CloneSite site) {
        HostScript.run(
                shell,
                "remove the clone " + site,
                HostScript.shell("destroy.sh", site.path())
                        .with(site.units().toArray(String[]::new))
                        .as(ROOT)
                        .timeout(DESTRUCTION));
    }

    private static Params params(String json) {
        return Params.of(new TreeMap<String, Object>(JsonReader.object(json)));
    }
}
