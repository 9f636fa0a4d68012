package io.gds.engine.mssql.internal.pacemaker;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.spi.Command;
import io.gds.database.spi.CommandResult;
import io.gds.engine.mssql.internal.MssqlEngine;
import io.gds.engine.mssql.internal.config.LinuxSpec;
import io.gds.engine.mssql.internal.config.PacemakerSpec;
import io.gds.engine.mssql.internal.config.TargetSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The cluster that decides who leads a group with the cluster type EXTERNAL. Whatever it is told, it does later, or not at all: the proof is
 * always what the instances say. Thread-safe.
 *
 * <p>Source: pcs(8); Always On Availability Group failover on Linux (a manual failover is a move of the resource, and leaves a location
 * constraint that has to be cleared); pcs 0.11 made {@code resource move} another command, which waits and clears by itself: what it was is
 * {@code resource move-with-constraint}.
 */
public final class Pacemaker {
    private static final String ROOT = "root";
    private static final int MOST_OUTPUT = 2 << 20;
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+).*", Pattern.DOTALL);
    private static final int WORDS_CHANGED = 11;

    private final MssqlEngine engine;
    private final PacemakerSpec spec;

    private Pacemaker(MssqlEngine engine, PacemakerSpec spec) {
        this.engine = engine;
        this.spec = spec;
    }

    /** The cluster of the engine's group; empty when its spec names none. */
    public static Optional<Pacemaker> of(MssqlEngine engine) {
        return engine.spec().linux().flatMap(LinuxSpec::pacemaker).map(p -> new Pacemaker(engine, p));
    }

    /** The group's resource. */
    public String resource() {
        return spec.resource();
    }

    String node(String member) {
        return spec.node(member);
    }

    /** What the cluster says, asked on the host of a member, or on another one when that one does not answer. */
    ClusterState state(String member) {
        return onSomeHost(member, this::stateOn);
    }

    /** What it says on the host of a member and nowhere else. */
    ClusterState stateOn(String member) {
        String status = run(member, pcs("status", "xml").maxOutput(MOST_OUTPUT));
        String cib = run(member, pcs("cluster", "cib", "scope=constraints").maxOutput(MOST_OUTPUT));
        return ClusterXml.read(status, cib, spec.resource());
    }

    /** Whether nothing may run on a member's node. */
    public boolean isStandby(String member) {
        return itself(member).isStandby();
    }

    /** Whether the cluster has nothing to do with a member's host: nothing may run there, and nothing does. */
    public boolean isLeftAlone(String member) {
        ClusterState.Node node = itself(member);
        return node.isStandby() && node.resources() == 0;
    }

    private ClusterState.Node itself(String member) {
        return state(member)
                .node(node(member))
                .orElseThrow(() -> failed(engine.spec().name(), "the cluster has no node " + node(member)));
    }

    /** Forbids the cluster a member's node, or allows it again. It comes back before the cluster has done anything. */
    public void standby(String member, boolean on) {
        onSomeHost(member, via -> run(via, pcs("node", on ? "standby" : "unstandby", node(member))));
    }

    /** Whether the cluster has been told to move the group to a member, and that still stands. */
    public boolean isToldToMoveTo(String member) {
        return state(member).isToldToMoveTo(node(member));
    }

    /** Tells the cluster to make a member primary; does nothing when it has been told so. */
    public void move(String member, Runnable fence) {
        if (isToldToMoveTo(member)) {
            return;
        }
        onSomeHost(member, via -> {
            Command order = hasNewWords(via)
                    ? pcs("resource", "move-with-constraint", spec.resource(), node(member), "--promoted")
                    : pcs("resource", "move", spec.resource(), node(member), "--master");
            fence.run();
            return run(via, order);
        });
    }

    /** What moves have left, by the ids of the constraints. */
    public List<String> leftByMoves() {
        return state(anybody()).moves().stream()
                .map(ClusterState.Constraint::id)
                .toList();
    }

    /** Takes away what moves have left. */
    public void clear() {
        onSomeHost(anybody(), via -> run(via, pcs("resource", "clear", spec.resource())));
    }

    private String anybody() {
        return engine.spec().targets().get(0).name();
    }

    private boolean hasNewWords(String via) {
        String said = run(via, pcs("--version")).strip();
        Matcher m = VERSION.matcher(said);
        if (!m.matches()) {
            throw failed(via, "pcs --version printed \"" + said + "\"");
        }
        return Integer.parseInt(m.group(1)) > 0 || Integer.parseInt(m.group(2)) >= WORDS_CHANGED;
    }

    private static Command pcs(String... words) {
        return Command.of("pcs", words).as(ROOT).timeout(LIMIT);
    }

    /** On the first host that can be asked; what a host has begun, whatever came of it, is not begun on another. */
    private <T> T onSomeHost(String first, Function<String, T> what) {
        List<String> order = new ArrayList<>(List.of(first));
        engine.spec().targets().stream()
                .map(TargetSpec::name)
                .filter(t -> !t.equals(first))
                .forEach(order::add);
        List<String> silences = new ArrayList<>();
        for (String via : order) {
            try {
                return what.apply(via);
            } catch (NotAskedException e) {
                silences.add(String.valueOf(e.getMessage()));
            }
        }
        throw failed(engine.spec().name(), "no host could be asked: " + String.join("; ", silences));
    }

    /** @throws NotAskedException when nothing was begun */
    private String run(String member, Command command) {
        CommandResult result;
        try {
            result = engine.shell(engine.access(member).target().server()).run(command);
        } catch (GdsDatabaseException e) {
            if (!e.retryable()) {
                throw e;
            }
            throw new NotAskedException(String.valueOf(e.getMessage()), e);
        }
        if (result.succeeded()) {
            return result.output();
        }
        String said = (result.error().isBlank() ? result.output() : result.error()).strip();
        String what = "\"" + result.command() + "\": " + result.status() + " with " + result.exitCode() + ", it said: "
                + said;
        if (said.contains("not currently running on this node")) {
            throw new NotAskedException(member + ": " + what, null);
        }
        throw failed(member, what);
    }

    private static GdsDatabaseException failed(String where, String what) {
        return GdsDatabaseException.environment("MSSQL-PCS")
                .message(where + ": " + what + ".")
                .remedy("run it by hand on that host, and see pcs status.")
                .retryable() // a cluster that changes its mind about who coordinates it refuses for a moment
                .build();
    }
}
