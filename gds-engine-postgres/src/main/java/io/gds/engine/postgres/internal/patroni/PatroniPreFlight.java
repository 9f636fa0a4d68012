package io.gds.engine.postgres.internal.patroni;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.plan.Finding;
import io.gds.database.plan.Finding.Severity;
import io.gds.database.plan.PatchRequest;
import io.gds.database.plan.PrimaryTurn;
import io.gds.engine.postgres.internal.PostgresEngine;
import io.gds.engine.postgres.internal.control.Settings;
import io.gds.engine.postgres.internal.kernel.PreFlight;
import io.gds.engine.postgres.internal.kernel.Together;
import io.gds.engine.postgres.internal.patroni.api.ClusterMember;
import io.gds.engine.postgres.internal.patroni.api.ClusterView;
import io.gds.engine.postgres.internal.patroni.api.NodeStatus;
import io.gds.engine.postgres.internal.patroni.api.WriteAccess;
import io.gds.engine.postgres.internal.patroni.node.PatroniNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;

/** What speaks against a patch beyond the servers themselves: Patroni's own standing, and what was found on the hosts. */
final class PatroniPreFlight {
    private final PostgresEngine engine;
    private final PatroniCluster patroni;

    PatroniPreFlight(PostgresEngine engine, PatroniCluster patroni) {
        this.engine = engine;
        this.patroni = patroni;
    }

    List<Finding> findings(PatchRequest request) {
        List<Finding> out = new ArrayList<>();
        Map<String, NodeStatus> standing = new ConcurrentSkipListMap<>();
        out.addAll(Together.look(engine.spec().members(), m -> {
            List<Finding> seen = new ArrayList<>();
            host(m.name()).ifPresent(seen::add);
            interfaceOf(m.name(), standing, seen);
            return seen;
        }));
        if (out.stream().noneMatch(f -> f.severity() == Severity.BLOCK)) {
            cluster(standing, request, out);
        }
        if (out.stream().noneMatch(f -> f.severity() == Severity.BLOCK)) {
            out.addAll(new PreFlight(engine).findings(request, !patroni.choosesSyncStandbys()));
        }
        return out;
    }

    private Optional<Finding> host(String member) {
        try {
            PatroniNode node = patroni.freshNode(member);
            if (!node.name().equals(member)) {
                return Optional.of(Finding.block(
                        "PG-PATRONI-NAME",
                        member,
                        node.configFile() + " on its host says name: " + node.name(),
                        "name: " + member,
                        "call the member in the cluster spec as Patroni calls it."));
            }
            Optional<String> scope = patroni.spec().scope();
            if (scope.isPresent() && !scope.get().equals(node.scope())) {
                return Optional.of(Finding.block(
                        "PG-PATRONI-SCOPE",
                        member,
                        node.configFile() + " on its host says scope: " + node.scope(),
                        scope.get(),
                        "correct patroni.scope in the cluster spec, or the host."));
            }
            if (!patroni.unit(member).look().isActive()) {
                return Optional.of(Finding.block(
                        "PG-PATRONI-DOWN",
                        member,
                        node.unit() + " is not active",
                        "an active unit",
                        "start it, and find out why it was down."));
            }
            return Optional.empty();
        } catch (GdsDatabaseException e) {
            return Optional.of(Finding.block(
                    "PG-HOST", member, String.valueOf(e.getMessage()), "a host that answers", e.remedy()));
        }
    }

    private void interfaceOf(String member, Map<String, NodeStatus> standing, List<Finding> out) {
        try {
            NodeStatus status = patroni.api(member).status();
            standing.put(member, status);
            WriteAccess access = patroni.api(member).mayWrite();
            if (!access.isAllowed()) {
                out.add(
                        Finding.block(
                                "PG-PATRONI-ACCESS",
                                member,
                                access.kind() + ": " + access.text(),
                                "a REST interface that carries out our verbs",
                                "correct patroni.user, patroni.password or patroni.tls in the cluster spec, or restapi on the host."));
            }
            if (status.watchdogFailed()) {
                out.add(Finding.ack(
                        "PG-PATRONI-WATCHDOG",
                        member,
                        "Patroni cannot reach its watchdog",
                        "a watchdog that would stop a leader that hangs",
                        "repair the watchdog device, or switch it off on purpose."));
            }
            if (status.failsafeActive()) {
                out.add(Finding.block(
                        "PG-PATRONI-DCS",
                        member,
                        "failsafe mode: the DCS does not answer",
                        "a DCS with its majority",
                        "repair the DCS first."));
            }
            if (status.pendingRestart().pending()) {
                out.add(Finding.ack(
                        "PG-PATRONI-PENDING-RESTART",
                        member,
                        "the next restart would activate "
                                + status.pendingRestart().reasons(),
                        "no setting that waits for a restart",
                        "restart the member for it on purpose first, or take it back."));
            }
        } catch (GdsDatabaseException e) {
            out.add(Finding.block(
                    "PG-PATRONI-API",
                    member,
                    String.valueOf(e.getMessage()),
                    "a REST interface that answers",
                    e.remedy()));
        }
    }

    private void cluster(Map<String, NodeStatus> standing, PatchRequest request, List<Finding> out) {
        ClusterView view;
        try {
            view = patroni.apis().cluster();
        } catch (GdsDatabaseException e) {
            out.add(Finding.block(
                    "PG-PATRONI-DCS",
                    engine.name(),
                    String.valueOf(e.getMessage()),
                    "a DCS with its majority",
                    "repair the DCS first."));
            return;
        }
        Standing.of(view)
                .observed()
                .ifPresent(o -> out.add(Finding.block(
                        "PG-PATRONI-STANDING",
                        engine.name(),
                        o,
                        "no pause and nothing scheduled",
                        "ask whoever did it; then patronictl resume, or patronictl flush.")));
        TreeSet<Long> majors = new TreeSet<>();
        standing.values().forEach(s -> majors.add(s.patroniVersion().number(0)));
        if (majors.size() > 1) {
            out.add(Finding.ack(
                    "PG-PATRONI-MIXED",
                    engine.name(),
                    "members run Patroni " + majors,
                    "one major version of Patroni",
                    "finish the upgrade of Patroni first."));
        }
        candidates(view, request, out);
        synchronous(view, out);
    }

    private void candidates(ClusterView view, PatchRequest request, List<Finding> out) {
        List<ClusterMember> others =
                view.members().stream().filter(m -> !m.isLeader()).toList();
        List<String> barred = others.stream()
                .filter(m -> !Candidates.mayLead(m.tags()))
                .map(ClusterMember::name)
                .toList();
        List<String> delayed =
                others.stream().map(ClusterMember::name).filter(this::isDelayed).toList();
        long fit = others.stream()
                .filter(m -> !barred.contains(m.name()) && !delayed.contains(m.name()))
                .count();
        if (barred.isEmpty() && delayed.isEmpty()) {
            return;
        }
        String observed = "nofailover: " + barred + ", delayed: " + delayed;
        if (fit == 0 && request.primaryTurn() != PrimaryTurn.RESTART_IN_PLACE) {
            out.add(Finding.block(
                    "PG-PATRONI-NO-CANDIDATE",
                    engine.name(),
                    observed,
                    "a member that may take over",
                    "untag one, or ask for primaryTurn RESTART_IN_PLACE."));
        } else {
            out.add(Finding.ack(
                    "PG-PATRONI-FEWER-CANDIDATES",
                    engine.name(),
                    observed,
                    "members that may all take over",
                    "nothing; know that fewer members can take over while others are patched."));
        }
    }

    private boolean isDelayed(String member) {
        if (engine.spec().members().stream().noneMatch(m -> m.name().equals(member))) {
            return false;
        }
        return !new Settings(engine).inForce(member, "recovery_min_apply_delay").equals("0");
    }

    /** Patroni names another synchronous standby when one leaves; when there is no other one, commits hang or lose their witness. */
    private void synchronous(ClusterView view, List<Finding> out) {
        if (!patroni.choosesSyncStandbys()) {
            return;
        }
        long eligible = view.members().stream()
                .filter(m -> !m.isLeader() && m.isRunning())
                .filter(m -> !String.valueOf(m.tags().asMap().get("nosync")).equals("true"))
                .count();
        if (eligible < 2 && patroni.isStrict()) {
            out.add(Finding.block(
                    "PG-LAST-SYNC",
                    engine.name(),
                    "with synchronous_mode_strict and " + eligible
                            + " possible synchronous standby every commit would hang" + " while it is patched",
                    "two at least",
                    "add a standby, or switch strict mode off for the time of the patch."));
        } else if (eligible < 2) {
            out.add(Finding.ack(
                    "PG-LAST-SYNC",
                    engine.name(),
                    "the only synchronous standby will be patched; commits are acknowledged by the leader alone meanwhile",
                    "two at least",
                    "add a standby, or accept it for the length of that step."));
        }
    }
}
