package io.gds.engine.mssql.internal.hotfix;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.plan.ActionId;
import io.gds.database.plan.Finding;
import io.gds.database.plan.Params;
import io.gds.database.run.Blocked;
import io.gds.database.spi.Prepared;
import io.gds.database.spi.Probed;
import io.gds.database.spi.StepContext;
import io.gds.database.spi.StepHandler;
import io.gds.database.spi.Verdict;
import io.gds.engine.mssql.internal.MssqlEngine;
import io.gds.engine.mssql.internal.build.Build;
import io.gds.engine.mssql.internal.config.TargetSpec;
import io.gds.engine.mssql.internal.sql.InstanceFacts;
import io.gds.engine.mssql.internal.sql.InstanceReader;
import io.gds.engine.mssql.internal.sql.SqlAccess;
import io.gds.engine.mssql.internal.survey.ClusterRole;
import io.gds.engine.mssql.internal.survey.HostReader;
import io.gds.engine.mssql.internal.survey.RegisteredInstance;
import io.gds.engine.mssql.internal.windows.HostScripts;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Moves an instance of a failover cluster to another node, by its cluster and never by force. That it is there is the cluster's word and
 * the instance's own: it answers from that node, with the build that was installed on it. One that fell back is told apart from one that has not
 * left yet by the time of its start.
 */
final class MoveHandler implements StepHandler<MssqlEngine> {
    private static final Duration SOON = Duration.ofSeconds(2);
    private static final String OWNER = "owner";
    private static final String STARTED = "startedAt";
    private static final String REFUSED = "refused";

    private final ActionId action;
    private final boolean back;

    MoveHandler(String action, boolean back) {
        this.action = ActionId.of(action);
        this.back = back;
    }

    @Override
    public ActionId action() {
        return action;
    }

    @Override
    public String describe(Params p) {
        return "Move-ClusterGroup: the role of " + p.optionalString("instance").orElse("the instance") + " from "
                + p.optionalString("from").orElse("its node") + " to "
                + p.optionalString("to").orElse("another node")
                + "; its connections are cut, and clients that connect again are served there";
    }

    @Override
    public Prepared prepare(StepContext<MssqlEngine> c) {
        Params p = c.params();
        Optional<ClusterRole> found = PassiveNode.role(c, p);
        if (found.isEmpty()) {
            return Prepared.refuse(PassiveNode.noRole(p));
        }
        ClusterRole role = found.get();
        String to = p.string("to");
        if (role.isPending()) {
            return Prepared.hold(blocked(p, role, "a role that is not on its way"));
        }
        if (role.isOn(to)) {
            // Somebody moved it, or the cluster did; whether it serves there is asked all the same.
            return back ? Prepared.already("it is on " + to) : Prepared.proceed(facts(c, role));
        }
        if (!role.isOn(p.string("from")) || (!back && !role.isOnline())) {
            return Prepared.refuse(elsewhere(p, role));
        }
        return againstNode(c, role).orElseGet(() -> Prepared.proceed(facts(c, role)));
    }

    private Optional<Prepared> againstNode(StepContext<MssqlEngine> c, ClusterRole role) {
        Params p = c.params();
        String to = p.string("to");
        Optional<ClusterRole.Node> node = role.node(to);
        if (node.isEmpty() || node.get().isPaused() || !node.get().mayOwn()) {
            String why = node.isEmpty()
                    ? "it is no node of the cluster"
                    : node.get().isPaused() ? "it is paused" : "it is none of the possible owners";
            return Optional.of(Prepared.refuse(Finding.block(
                    "MSSQL-NODE-TAKES-NOTHING",
                    to,
                    why,
                    "a node that takes " + p.string("instance"),
                    "resume the node (Resume-ClusterNode) or make it a possible owner, then retry the step; "
                            + p.string("instance") + " stays on " + role.owner() + ".")));
        }
        if (!node.get().isUp()) {
            return Optional.of(Prepared.hold(new Blocked(
                    "node " + to + " is " + node.get().state(), "a node that is Up", "its cluster service", SOON)));
        }
        Optional<Build> level = level(c);
        if (!back && level.filter(l -> !l.isBelow(target(p))).isEmpty()) {
            return Optional.of(Prepared.refuse(Finding.block(
                    "MSSQL-NODE-SHORT",
                    to,
                    "its registry says " + level.map(Build::toString).orElse("nothing"),
                    target(p) + " or more, before the instance is moved there",
                    "see which package failed there, and run again.")));
        }
        return Optional.empty();
    }

    private static Build target(Params p) {
        return Build.of(p.string("target"));
    }

    private static Optional<Build> level(StepContext<MssqlEngine> c) {
        TargetSpec target =
                c.engine().spec().target(c.params().string("instance")).orElseThrow();
        return HostReader.instances(c.engine().host(c.params().string("server"))).stream()
                .filter(i -> i.name().equalsIgnoreCase(target.instanceName()))
                .findFirst()
                .flatMap(RegisteredInstance::build);
    }

    private static Params facts(StepContext<MssqlEngine> c, ClusterRole role) {
        return Params.of("role", role.name(), OWNER, role.owner(), "resource", role.networkName())
                .with(
                        STARTED,
                        started(c.engine().access(c.params().string("instance")))
                                .orElse(""));
    }

    /** Since when it runs; empty when it does not answer. */
    private static Optional<String> started(SqlAccess access) {
        try {
            return Optional.of(InstanceReader.facts(access).startedAt().toString());
        } catch (GdsDatabaseException e) {
            if (!e.retryable()) {
                throw e;
            }
            return Optional.empty();
        }
    }

    @Override
    public Params apply(StepContext<MssqlEngine> c) {
        Params p = c.params();
        if (c.facts().string(OWNER).equalsIgnoreCase(p.string("to"))) {
            return Params.empty();
        }
        HostScripts host = PassiveNode.voice(c, p).host();
        c.fence();
        Params answer = host.ask(
                "cluster-move",
                Params.of(
                                "role",
                                c.facts().string("role"),
                                "resource",
                                c.facts().string("resource"))
                        .with("from", p.string("from"))
                        .with("to", p.string("to")));
        return Params.of(REFUSED, answer.string(REFUSED));
    }

    @Override
    public Verdict verify(StepContext<MssqlEngine> c) {
        Params p = c.params();
        Optional<String> refused = c.facts().optionalString(REFUSED).filter(r -> !r.isEmpty());
        if (refused.isPresent()) {
            return Verdict.broken(Finding.block(
                    "MSSQL-MOVE-REFUSED",
                    p.string("instance"),
                    refused.get().strip(),
                    "a cluster that moves it to " + p.string("to"),
                    "mend what the cluster says, then retry the step; the instance stays where it was."));
        }
        ClusterRole role;
        try {
            Optional<ClusterRole> found = PassiveNode.role(c, p);
            if (found.isEmpty()) {
                return Verdict.broken(PassiveNode.noRole(p));
            }
            role = found.get();
        } catch (GdsDatabaseException e) {
            if (!e.retryable()) {
                throw e;
            }
            return notYet(String.valueOf(e.getMessage()));
        }
        if (role.isPending()) {
            return Verdict.notYet(blocked(p, role, "Online on " + p.string("to")));
        }
        if (role.isOn(p.string("to"))) {
            return role.isOnline() ? there(c) : Verdict.broken(elsewhere(p, role));
        }
        return role.isOn(p.string("from")) ? still(c, role) : Verdict.broken(elsewhere(p, role));
    }

    private Verdict there(StepContext<MssqlEngine> c) {
        Params p = c.params();
        SqlAccess access = c.engine().access(p.string("instance"));
        InstanceFacts facts;
        Map<String, String> down;
        try {
            facts = InstanceReader.facts(access);
            down = InstanceReader.notOnline(access);
        } catch (GdsDatabaseException e) {
            if (!e.retryable()) {
                throw e;
            }
            return notYet(String.valueOf(e.getMessage()));
        }
        if (!facts.host().equalsIgnoreCase(p.string("to"))) {
            return notYet("it says that it runs on " + facts.host());
        }
        if (!down.isEmpty()) {
            return notYet("databases are not online: " + down);
        }
        if (!back && facts.build().isBelow(target(p))) {
            return Verdict.broken(Finding.block(
                    "MSSQL-SHORT-OF-TARGET",
                    p.string("instance"),
                    "it runs " + facts.version() + " on " + facts.host(),
                    target(p) + " or more",
                    "its former node is not touched; see what is installed on " + facts.host() + "."));
        }
        return Verdict.holds(Params.of("runsOn", facts.host(), "build", facts.version()));
    }

    /** It is where it was: it has not left, or it did and fell back. */
    private Verdict still(StepContext<MssqlEngine> c, ClusterRole role) {
        Params p = c.params();
        String before = c.facts().optionalString(STARTED).orElse("");
        Optional<String> now = started(c.engine().access(p.string("instance")));
        if (before.isEmpty()) {
            return Verdict.again("it is on " + role.owner() + " still");
        }
        if (now.isEmpty()) {
            return notYet("it is on " + role.owner() + " and does not answer");
        }
        return now.get().equals(before)
                ? Verdict.again("it is on " + role.owner() + " still")
                : Verdict.broken(Finding.block(
                        "MSSQL-MOVE-FELL-BACK",
                        p.string("instance"),
                        "it came up on " + role.owner() + " again, since " + now.get(),
                        "it on " + p.string("to"),
                        "read the cluster's log and the errorlog: it did not start on " + p.string("to")
                                + ". Its former node is not touched, and it goes on there."));
    }

    private static Finding elsewhere(Params p, ClusterRole role) {
        return Finding.block(
                "MSSQL-MOVED-ELSEWHERE",
                p.string("instance"),
                "its role is " + role.state() + " on " + role.owner(),
                "Online on " + p.string("to"),
                "see in the cluster's log why; then plan again, which patches the nodes that it is not on, or roll back.");
    }

    private static Blocked blocked(Params p, ClusterRole role, String needed) {
        return new Blocked(
                p.string("instance") + " is " + role.state() + " on " + role.owner(), needed, "its cluster", SOON);
    }

    private static Verdict notYet(String observed) {
        return Verdict.notYet(new Blocked(
                observed,
                "an answer of the instance with every database online",
                "the instance, once it has started and upgraded its databases",
                SOON));
    }

    @Override
    public Probed probe(StepContext<MssqlEngine> c) {
        Params p = c.params();
        Optional<ClusterRole> found = PassiveNode.role(c, p);
        if (found.isEmpty()) {
            return Probed.unknown(
                    "its cluster has no one role with it", PassiveNode.noRole(p).remedy());
        }
        ClusterRole role = found.get();
        if (role.isPending()) {
            return Probed.inProgress(blocked(p, role, "Online on " + p.string("to")));
        }
        if (!role.isOn(p.string("from"))) {
            return Probed.done();
        }
        String before = c.facts().optionalString(STARTED).orElse("");
        Optional<String> now = started(c.engine().access(p.string("instance")));
        boolean restarted =
                !before.isEmpty() && now.filter(n -> !n.equals(before)).isPresent();
        return restarted ? Probed.done() : Probed.notDone();
    }
}
