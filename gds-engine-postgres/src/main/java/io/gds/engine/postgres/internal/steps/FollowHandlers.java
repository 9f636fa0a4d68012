package io.gds.engine.postgres.internal.steps;

import io.gds.database.plan.Params;
import io.gds.database.run.Blocked;
import io.gds.database.spi.Prepared;
import io.gds.database.spi.StepContext;
import io.gds.database.spi.Verdict;
import io.gds.database.topology.Link;
import io.gds.database.topology.Topology;
import io.gds.engine.postgres.internal.PostgresEngine;
import io.gds.engine.postgres.internal.control.Following;
import io.gds.engine.postgres.internal.control.Host;
import io.gds.engine.postgres.internal.control.Roles;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The cascade around a switchover: the other followers follow the candidate before it takes over, so that its first commits
 * find them there. Closing the bracket leaves everybody following whoever is primary then.
 */
final class FollowHandlers {
    static final String CANDIDATE = "pg.follow-candidate@1";
    static final String PRIMARY = "pg.follow-primary@1";

    private FollowHandlers() {}

    static List<PostgresHandler> all() {
        return List.of(new FollowCandidate(), new FollowPrimary());
    }

    private static Verdict streamFrom(PostgresEngine engine, List<String> members, String upstream) {
        Topology t = engine.topology();
        for (String m : members) {
            if (m.equals(upstream) || new Host(engine, m).postmaster().isEmpty()) {
                continue; // a member that is down follows when it is started
            }
            Optional<Link> link = t.linkTo(m);
            if (link.filter(l -> l.upstream().equals(upstream) && l.state().equals("streaming"))
                    .isEmpty()) {
                return PostgresHandler.notYet(
                        link.map(Link::toString).orElse(m + " follows nobody"),
                        m + " streaming from " + upstream,
                        "its reconnection");
            }
        }
        return Verdict.holds();
    }

    private static final class FollowCandidate extends PostgresHandler {
        FollowCandidate() {
            super(CANDIDATE);
        }

        @Override
        public String describe(Params p) {
            return "let the other followers of " + p.string("from") + " follow the candidate";
        }

        @Override
        public Prepared prepare(StepContext<PostgresEngine> c) {
            String from = c.params().string("from");
            String to = c.params().string("to");
            Following following = new Following(c.engine());
            Roles roles = new Roles(c.engine());
            List<String> members = new ArrayList<>();
            for (String m : roles.names()) {
                if (!m.equals(from) && !m.equals(to) && roles.of(m) == Roles.Answer.FOLLOWER) {
                    Optional<String> upstream = following.upstream(m);
                    if (upstream.filter(from::equals).isPresent()
                            || upstream.filter(to::equals).isPresent()) {
                        members.add(m);
                    }
                }
            }
            return members.isEmpty()
                    ? Prepared.skip("nobody else follows " + from)
                    : Prepared.proceed(Params.of("members", members));
        }

        @Override
        public Params apply(StepContext<PostgresEngine> c) {
            c.fence();
            for (String m : c.facts().strings("members")) {
                new Following(c.engine()).follow(m, c.params().string("to"));
            }
            return Params.empty();
        }

        @Override
        public Verdict verify(StepContext<PostgresEngine> c) {
            return streamFrom(
                    c.engine(), c.facts().strings("members"), c.params().string("to"));
        }
    }

    private static final class FollowPrimary extends PostgresHandler {
        FollowPrimary() {
            super(PRIMARY);
        }

        @Override
        public String describe(Params p) {
            return "let everybody follow whoever is primary now";
        }

        @Override
        public Prepared prepare(StepContext<PostgresEngine> c) {
            Optional<String> primary = new Roles(c.engine()).primary();
            return primary.map(p -> Prepared.proceed(c.firstFacts().with("primary", p)))
                    .orElseGet(() -> Prepared.hold(
                            new Blocked("no primary", "one primary", "its return", Duration.ofMillis(200))));
        }

        @Override
        public Params apply(StepContext<PostgresEngine> c) {
            c.fence();
            String primary = c.facts().string("primary");
            Following following = new Following(c.engine());
            for (String m : c.facts().strings("members")) {
                if (m.equals(primary)) {
                    continue;
                }
                if (new Host(c.engine(), m).postmaster().isEmpty()) {
                    following.prepare(m, primary);
                } else if (!following.upstream(m).equals(Optional.of(primary))) {
                    following.follow(m, primary);
                }
            }
            runningFollowers(c, primary).forEach(following::dropStaleSlots);
            return Params.empty();
        }

        @Override
        public Verdict verify(StepContext<PostgresEngine> c) {
            String primary = c.facts().string("primary");
            Verdict streams = streamFrom(c.engine(), c.facts().strings("members"), primary);
            if (!(streams instanceof Verdict.Holds)) {
                return streams;
            }
            // somebody left a slot behind when it went over: another pass drops it, as soon as it is idle
            Following following = new Following(c.engine());
            for (String m : runningFollowers(c, primary)) {
                List<String> stale = following.staleSlots(m);
                if (!stale.isEmpty()) {
                    String seen = "slots " + stale + " of others on " + m;
                    return following.areIdle(m, stale)
                            ? Verdict.again(seen)
                            : notYet(seen, "no such slot", "their followers leaving");
                }
            }
            return Verdict.holds();
        }

        private static List<String> runningFollowers(StepContext<PostgresEngine> c, String primary) {
            Roles roles = new Roles(c.engine());
            return roles.names().stream()
                    .filter(m -> !m.equals(primary) && roles.of(m) == Roles.Answer.FOLLOWER)
                    .toList();
        }
    }
}
