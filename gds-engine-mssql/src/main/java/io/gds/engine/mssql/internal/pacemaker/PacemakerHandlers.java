package io.gds.engine.mssql.internal.pacemaker;

import io.gds.database.plan.ActionId;
import io.gds.database.plan.Params;
import io.gds.database.run.Blocked;
import io.gds.database.spi.Prepared;
import io.gds.database.spi.Probed;
import io.gds.database.spi.StepContext;
import io.gds.database.spi.StepHandler;
import io.gds.database.spi.Verdict;
import io.gds.engine.mssql.internal.MssqlEngine;
import io.gds.engine.mssql.internal.kernel.Admission;
import io.gds.engine.mssql.internal.member.SystemdService;
import java.time.Duration;
import java.util.List;

/**
 * What is changed in a cluster for a while. Their openings change nothing: they journal what there is before the turn, or the switchover,
 * changes it, and their closings put that back, whoever comes to them.
 */
public final class PacemakerHandlers {
    private static final String NODE = "mssql.cluster-node@1";
    private static final String NODE_BACK = "mssql.cluster-node-back@1";
    private static final String MOVES = "mssql.cluster-moves@1";
    private static final String MOVES_CLEARED = "mssql.cluster-moves-cleared@1";

    private static final String MEMBER = "member";
    private static final String STANDBY = "standby";
    private static final String RAN = "ran";
    private static final Duration SOON = Duration.ofMillis(500);

    private PacemakerHandlers() {}

    /** A handler of each. */
    public static List<StepHandler<MssqlEngine>> all() {
        return List.of(new Node(), new NodeBack(), new Moves(), new MovesCleared());
    }

    /** Journals what a member's node is. */
    public static ActionId node() {
        return ActionId.of(NODE);
    }

    /** Makes a member's node what it was. */
    public static ActionId nodeBack() {
        return ActionId.of(NODE_BACK);
    }

    /** Journals that no move has left a constraint. */
    public static ActionId moves() {
        return ActionId.of(MOVES);
    }

    /** Clears what moves have left. */
    public static ActionId movesCleared() {
        return ActionId.of(MOVES_CLEARED);
    }

    /** The parameters of the actions about a node. */
    public static Params of(String member) {
        return Params.of(MEMBER, member);
    }

    private static Pacemaker cluster(StepContext<MssqlEngine> c) {
        return Pacemaker.of(c.engine()).orElseThrow(() -> new IllegalStateException("the spec has no pacemaker"));
    }

    private static String member(StepContext<MssqlEngine> c) {
        return c.params().string(MEMBER);
    }

    private static SystemdService service(StepContext<MssqlEngine> c) {
        return new SystemdService(
                c.engine().shell(c.engine().access(member(c)).target().server()));
    }

    /** On a node whose server lets nobody in the cluster fails to start the group's resource, and gives up. */
    public static void mayBeUsed(MssqlEngine engine, String member) {
        Admission.ask(engine, member, "the cluster does not get back the node of " + member);
    }

    /** An opening: whoever has written down what is there has done all of it. */
    private abstract static class Note implements StepHandler<MssqlEngine> {
        @Override
        public Params apply(StepContext<MssqlEngine> c) {
            return Params.empty();
        }

        @Override
        public Verdict verify(StepContext<MssqlEngine> c) {
            return Verdict.holds();
        }

        @Override
        public Probed probe(StepContext<MssqlEngine> c) {
            return Probed.done();
        }
    }

    private static final class Node extends Note {
        @Override
        public ActionId action() {
            return ActionId.of(NODE);
        }

        @Override
        public String describe(Params p) {
            return "write down whether the cluster may use the node of "
                    + p.optionalString(MEMBER).orElse("the member") + ", which is put into standby while it is stopped";
        }

        @Override
        public Prepared prepare(StepContext<MssqlEngine> c) {
            return Prepared.proceed(Params.of(
                    STANDBY, cluster(c).isStandby(member(c)), RAN, !service(c).isDown()));
        }
    }

    private static final class NodeBack implements StepHandler<MssqlEngine> {
        @Override
        public ActionId action() {
            return ActionId.of(NODE_BACK);
        }

        @Override
        public String describe(Params p) {
            return "let the cluster use the node of " + p.optionalString(MEMBER).orElse("the member") + " as before";
        }

        /** By what was before all of it: a process that took over may have found what the one before it made. */
        @Override
        public Prepared prepare(StepContext<MssqlEngine> c) {
            return Prepared.proceed(Params.of(
                    STANDBY, c.firstFacts().flag(STANDBY), RAN, c.firstFacts().flag(RAN)));
        }

        /** The service first: on a node whose server is down the cluster fails to start the group's resource, and gives up. */
        @Override
        public Params apply(StepContext<MssqlEngine> c) {
            if (c.facts().flag(RAN) && service(c).isDown()) {
                c.fence();
                service(c).start();
            }
            boolean was = c.facts().flag(STANDBY);
            if (cluster(c).isStandby(member(c)) != was) {
                if (!was && c.facts().flag(RAN)) {
                    mayBeUsed(c.engine(), member(c));
                }
                c.fence();
                cluster(c).standby(member(c), was);
            }
            return Params.empty();
        }

        @Override
        public Verdict verify(StepContext<MssqlEngine> c) {
            boolean is = cluster(c).isStandby(member(c));
            if (is != c.facts().flag(STANDBY)) {
                return Verdict.again("the node of " + member(c) + " is " + (is ? "" : "not ") + "in standby");
            }
            return c.facts().flag(RAN) && service(c).isDown()
                    ? Verdict.again(SystemdService.NAME + " does not run on " + member(c))
                    : Verdict.holds();
        }

        @Override
        public Probed probe(StepContext<MssqlEngine> c) {
            return verify(c) instanceof Verdict.Holds ? Probed.done() : Probed.partial("not all of it is as before");
        }
    }

    private static final class Moves extends Note {
        @Override
        public ActionId action() {
            return ActionId.of(MOVES);
        }

        @Override
        public String describe(Params p) {
            return "make sure that no move of somebody else binds the group to a node";
        }

        @Override
        public Prepared prepare(StepContext<MssqlEngine> c) {
            List<String> left = cluster(c).leftByMoves();
            return left.isEmpty()
                    ? Prepared.proceed(Params.empty())
                    : Prepared.hold(new Blocked(
                            "moves of somebody else have left " + left,
                            "no such constraint of " + cluster(c).resource(),
                            "whoever moved it: pcs resource clear " + cluster(c).resource(),
                            SOON));
        }
    }

    private static final class MovesCleared implements StepHandler<MssqlEngine> {
        @Override
        public ActionId action() {
            return ActionId.of(MOVES_CLEARED);
        }

        @Override
        public String describe(Params p) {
            return "clear the location constraint that a move leaves, so that the cluster may fail over again";
        }

        @Override
        public Prepared prepare(StepContext<MssqlEngine> c) {
            return Prepared.proceed(Params.empty());
        }

        @Override
        public Params apply(StepContext<MssqlEngine> c) {
            if (!cluster(c).leftByMoves().isEmpty()) {
                c.fence();
                cluster(c).clear();
            }
            return Params.empty();
        }

        @Override
        public Verdict verify(StepContext<MssqlEngine> c) {
            List<String> left = cluster(c).leftByMoves();
            return left.isEmpty() ? Verdict.holds() : Verdict.again(left + " is there still");
        }

        @Override
        public Probed probe(StepContext<MssqlEngine> c) {
            return verify(c) instanceof Verdict.Holds ? Probed.done() : Probed.notDone();
        }
    }
}
