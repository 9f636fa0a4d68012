package io.gds.engine.postgres.internal.patroni;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.plan.Params;
import io.gds.database.spi.Prepared;
import io.gds.database.spi.StepContext;
import io.gds.database.spi.StepHandler;
import io.gds.database.spi.Verdict;
import io.gds.engine.postgres.internal.PostgresEngine;
import io.gds.engine.postgres.internal.control.Roles;
import io.gds.engine.postgres.internal.kernel.Kernel;
import io.gds.engine.postgres.internal.patroni.node.PatroniTags;
import io.gds.engine.postgres.internal.steps.PostgresHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Tags of members that are changed for a while. What is kept of the file is its tags alone, as they were written; the rest
 * of the file, passwords included, is never read into a journal.
 */
final class TagHandlers {
    static final String CORDON = "patroni.cordon@1";
    static final String FOLLOW = "patroni.follow-candidate@1";
    static final String RESTORE = "patroni.restore-tags@1";

    private static final String BLOCKS = "blocks";
    private static final String OWN = "own";
    private static final Params OUT_OF_SERVICE = Params.of("nofailover", true, "noloadbalance", true, "nosync", true);

    private TagHandlers() {}

    static List<StepHandler<PostgresEngine>> all() {
        return List.of(new Cordon(), new Follow(), new Restore());
    }

    /** Writes tags and lets Patroni read them; a member whose Patroni is down reads them at its start. */
    private abstract static class Opener extends PostgresHandler {
        Opener(String action) {
            super(action);
        }

        abstract List<String> members(StepContext<PostgresEngine> c);

        abstract Params tags(StepContext<PostgresEngine> c);

        @Override
        public Prepared prepare(StepContext<PostgresEngine> c) {
            PatroniCluster patroni = PatroniCluster.of(c.engine());
            Map<String, Object> before = new TreeMap<>();
            Map<String, Object> own = new TreeMap<>();
            Map<String, Object> ours = new TreeMap<>();
            for (String m : members(c)) {
                Params now = patroni.freshNode(m).tags();
                before.put(m, patroni.tags(m).block());
                own.put(m, now);
                ours.put(m, PatroniTags.blockWith(now, tags(c)));
            }
            return before.isEmpty()
                    ? Prepared.skip("no other member follows")
                    : Prepared.proceed(
                            Params.of(BLOCKS, Params.of(before), OWN, Params.of(own), "ours", Params.of(ours)));
        }

        @Override
        public Params apply(StepContext<PostgresEngine> c) {
            Params ours = c.facts().object("ours");
            for (String m : ours.asMap().keySet()) {
                c.fence();
                put(c.engine(), m, ours.string(m));
            }
            return Params.empty();
        }

        /** Every member says that it has the tags. */
        Verdict inForce(StepContext<PostgresEngine> c) {
            PatroniCluster patroni = PatroniCluster.of(c.engine());
            for (String m : c.facts().object("ours").asMap().keySet()) {
                Params has;
                try {
                    has = patroni.api(m).status().tags();
                } catch (GdsDatabaseException e) {
                    if (patroni.unit(m).look().isDown()) {
                        continue; // it reads them when it starts
                    }
                    throw e;
                }
                Params wanted = tags(c);
                for (String key : wanted.asMap().keySet()) {
                    if (!String.valueOf(wanted.asMap().get(key))
                            .equals(String.valueOf(has.asMap().get(key)))) {
                        return notYet(m + " has tags " + has, wanted + "", "the next loop of its Patroni");
                    }
                }
            }
            return Verdict.holds();
        }
    }

    /** One member that no traffic and no failover shall reach. */
    private static final class Cordon extends Opener {
        Cordon() {
            super(CORDON);
        }

        @Override
        public String describe(Params p) {
            return "tag " + p.string("member")
                    + " with nofailover, noloadbalance and nosync, and wait for its readers to" + " leave";
        }

        /** Who leads by now, through somebody's switchover or a failover, is not for us to take out of service. */
        @Override
        public Prepared prepare(StepContext<PostgresEngine> c) {
            String member = c.params().string("member");
            return new Roles(c.engine()).of(member) == Roles.Answer.PRIMARY
                    ? Prepared.refuse(Kernel.leads(member))
                    : super.prepare(c);
        }

        @Override
        List<String> members(StepContext<PostgresEngine> c) {
            return List.of(c.params().string("member"));
        }

        @Override
        Params tags(StepContext<PostgresEngine> c) {
            return OUT_OF_SERVICE;
        }

        @Override
        public Verdict verify(StepContext<PostgresEngine> c) {
            Verdict tagged = inForce(c);
            return tagged instanceof Verdict.Holds
                    ? new Drain(c.engine(), c.params().string("member")).done(c)
                    : tagged;
        }
    }

    /** Where commits wait for standbys, those who will acknowledge the new primary's commits follow it before it is one. */
    private static final class Follow extends Opener {
        Follow() {
            super(FOLLOW);
        }

        @Override
        public String describe(Params p) {
            return "let the other members follow the candidate (tag replicatefrom)";
        }

        @Override
        List<String> members(StepContext<PostgresEngine> c) {
            Roles roles = new Roles(c.engine());
            List<String> out = new ArrayList<>();
            for (String m : roles.names()) {
                boolean side = m.equals(c.params().string("from"))
                        || m.equals(c.params().string("to"));
                if (!side && roles.of(m) == Roles.Answer.FOLLOWER) {
                    out.add(m);
                }
            }
            return out;
        }

        @Override
        Params tags(StepContext<PostgresEngine> c) {
            return Params.of("replicatefrom", c.params().string("to"));
        }

        @Override
        public Verdict verify(StepContext<PostgresEngine> c) {
            Verdict tagged = inForce(c);
            if (!(tagged instanceof Verdict.Holds)) {
                return tagged;
            }
            String to = c.params().string("to");
            for (String m : c.facts().object("ours").asMap().keySet()) {
                String upstream = c.engine()
                        .topology()
                        .linkTo(m)
                        .filter(l -> l.state().equals("streaming"))
                        .map(io.gds.database.topology.Link::upstream)
                        .orElse("nobody");
                if (!upstream.equals(to)) {
                    return notYet(m + " follows " + upstream, m + " streaming from " + to, "its reconnection");
                }
            }
            return Verdict.holds();
        }
    }

    /** The tags as they were written. */
    private static final class Restore extends PostgresHandler {
        Restore() {
            super(RESTORE);
        }

        @Override
        public String describe(Params p) {
            return "write the tags as they were before";
        }

        @Override
        public Prepared prepare(StepContext<PostgresEngine> c) {
            return Prepared.proceed(Params.empty());
        }

        @Override
        public Params apply(StepContext<PostgresEngine> c) {
            Params before = c.firstFacts().object(BLOCKS);
            for (String m : before.asMap().keySet()) {
                c.fence();
                put(c.engine(), m, before.string(m));
            }
            return Params.empty();
        }

        @Override
        public Verdict verify(StepContext<PostgresEngine> c) {
            PatroniCluster patroni = PatroniCluster.of(c.engine());
            Params before = c.firstFacts().object(BLOCKS);
            for (String m : before.asMap().keySet()) {
                if (!patroni.tags(m).block().equals(before.string(m))) {
                    return Verdict.again("the tags of " + m + " are not as they were written before");
                }
                if (!isRead(patroni, m, c.firstFacts().object(OWN).object(m))) {
                    return notYet(m + " still has our tags", "its own", "the next loop of its Patroni");
                }
            }
            return Verdict.holds();
        }

        /** A Patroni that is down reads the file when it starts. */
        private static boolean isRead(PatroniCluster patroni, String m, Params own) {
            try {
                Params has = patroni.api(m).status().tags();
                for (String key : List.of("nofailover", "noloadbalance", "nosync", "replicatefrom")) {
                    String now = String.valueOf(has.asMap().getOrDefault(key, false));
                    if (!now.equals(String.valueOf(own.asMap().getOrDefault(key, false)))) {
                        return false;
                    }
                }
                return true;
            } catch (GdsDatabaseException e) {
                if (patroni.unit(m).look().isDown()) {
                    return true;
                }
                throw e;
            }
        }
    }

    private static void put(PostgresEngine engine, String member, String block) {
        PatroniCluster patroni = PatroniCluster.of(engine);
        patroni.tags(member).write(block);
        patroni.api(member).reload(); // one that is down reads the file when it starts
    }
}
