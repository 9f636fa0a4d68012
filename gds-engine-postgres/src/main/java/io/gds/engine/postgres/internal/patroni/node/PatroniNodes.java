package io.gds.engine.postgres.internal.patroni.node;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.plan.Params;
import io.gds.database.spi.Command;
import io.gds.database.spi.HostShell;
import io.gds.database.spi.JsonReader;
import io.gds.engine.postgres.internal.layout.Layout;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Finds Patroni on the hosts: the unit that systemd knows, the file that the unit names, and what that file says. A member
 * that is down is found like one that runs. What was found is kept, for all but the tags stays as it is under a running cluster.
 * Thread-safe.
 */
public final class PatroniNodes implements Layout {
    private static final String ROOT = "root";
    private static final String CONFIG = script("config.py");

    private final Function<String, HostShell> shells;
    private final Optional<String> unit;
    private final Map<String, PatroniNode> found = new ConcurrentHashMap<>();

    /**
     * Looks for nothing yet.
     *
     * @param shells the shell of a member's host
     * @param unit the unit's name when it is not to be searched for
     */
    public PatroniNodes(Function<String, HostShell> shells, Optional<String> unit) {
        this.shells = shells;
        this.unit = unit;
    }

    /**
     * Patroni on the host of a member.
     *
     * @throws GdsDatabaseException with code {@code PG-PATRONI-UNIT} or {@code PG-PATRONI-CONFIG} when it is not found
     */
    public PatroniNode of(String member) {
        PatroniNode known = found.get(member);
        if (known == null) {
            known = look(member);
            found.put(member, known);
        }
        return known;
    }

    /** The same, read now. */
    public PatroniNode fresh(String member) {
        PatroniNode now = look(member);
        found.put(member, now);
        return now;
    }

    @Override
    public String dataDir(String member) {
        return of(member).dataDir();
    }

    @Override
    public Optional<String> owner(String member) {
        return Optional.of(of(member).owner()).filter(o -> !o.isEmpty());
    }

    @Override
    public Optional<String> program(String member) {
        String directory = of(member).binDir();
        return directory.isEmpty() ? Optional.empty() : Optional.of(directory + "/postgres");
    }

    private PatroniNode look(String member) {
        HostShell shell = shells.apply(member);
        List<PatroniUnit> units = units(shell).stream()
                .map(name -> PatroniUnit.read(shell, name))
                .flatMap(Optional::stream)
                .toList();
        List<PatroniNode> nodes = new ArrayList<>();
        for (PatroniUnit u : units) {
            node(member, shell, u).ifPresent(nodes::add);
        }
        List<PatroniNode> named =
                nodes.stream().filter(n -> n.name().equals(member)).toList();
        List<PatroniNode> fit = named.isEmpty() ? nodes : named;
        if (fit.size() != 1) {
            throw GdsDatabaseException.user("PG-PATRONI-UNIT")
                    .message("host " + shell.host() + " of member " + member + ": found "
                            + (nodes.isEmpty() ? "no unit of Patroni with a configuration" : nodes)
                            + ", expected exactly one unit whose configuration has name: " + member + ".")
                    .remedy("set patroni.unit in the cluster spec, for example patroni@15-main.service.")
                    .build();
        }
        return fit.get(0);
    }

    private List<String> units(HostShell shell) {
        if (unit.isPresent()) {
            return List.of(unit.get());
        }
        List<String> names = new ArrayList<>();
        for (String verb : List.of("list-unit-files", "list-units")) {
            Command list = Command.of("systemctl", verb, "--plain", "--no-legend", "--type=service");
            String all = shell.run((verb.equals("list-units") ? list.with("--all") : list).with("patroni*"))
                    .orElseThrow()
                    .output();
            all.lines()
                    .map(l -> l.strip().split("\\s+", 2)[0])
                    .filter(n -> n.endsWith(".service") && !n.endsWith("@.service") && !names.contains(n))
                    .forEach(names::add);
        }
        return names;
    }

    private static Optional<PatroniNode> node(String member, HostShell shell, PatroniUnit unit) {
        String isFile = shell.run(
                        Command.of("stat", "-L", "-c", "%F", unit.configFile()).as(ROOT))
                .output()
                .strip();
        if (isFile.isEmpty()) {
            return Optional.empty(); // the unit is installed and not set up: ConditionPathExists keeps it from running
        }
        if (!isFile.startsWith("regular")) {
            throw GdsDatabaseException.user("PG-PATRONI-CONFIG")
                    .message("host " + shell.host() + ": the configuration of " + unit.name() + " is "
                            + unit.configFile() + ", a " + isFile + ", expected one file.")
                    .remedy("put Patroni's configuration into one file, or patch this cluster by hand.")
                    .build();
        }
        String said = shell.run(Command.of(unit.interpreter(), "-c", CONFIG, unit.configFile())
                        .as(ROOT))
                .orElseThrow()
                .output();
        Params config = Params.of(new TreeMap<String, Object>(JsonReader.object(said)));
        return Optional.of(new PatroniNode(
                member,
                unit.name(),
                unit.interpreter(),
                unit.configFile(),
                config.string("name"),
                config.string("scope"),
                config.string("dataDir"),
                config.string("binDir"),
                config.string("owner"),
                config.object("tags"),
                config.string("watchdog")));
    }

    private static String script(String name) {
        try (InputStream in = PatroniNodes.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is not in the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(name, e);
        }
    }
}
