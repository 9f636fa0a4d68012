package io.gds.engine.postgres.internal.steps;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.plan.Finding;
import io.gds.database.run.Blocked;
import io.gds.database.spi.Probed;
import io.gds.database.spi.StepContext;
import io.gds.database.spi.Verdict;
import io.gds.engine.postgres.internal.PostgresEngine;
import io.gds.engine.postgres.internal.control.ControlFile;
import io.gds.engine.postgres.internal.control.Host;
import io.gds.engine.postgres.internal.control.Lsn;
import io.gds.engine.postgres.internal.control.Roles;
import io.gds.engine.postgres.internal.control.Spin;
import io.gds.engine.postgres.internal.sql.SqlText;
import java.time.Duration;
import java.util.List;

/**
 * The switchover of plain streaming replication: a fast stop, the proof that the candidate has the shutdown checkpoint,
 * the promotion. Whoever finds it half done finishes it; nothing is promoted without the proof.
 */
final class SwitchoverControl {
    private static final Duration STOP_LIMIT = Duration.ofSeconds(60);
    private static final Duration ARRIVAL_LIMIT = Duration.ofSeconds(10);
    /** Twice the time after which a follower looks for its upstream again, unless its owner has changed that. */
    private static final Duration RECONNECTION_LIMIT = Duration.ofSeconds(10);
    private static final Duration PROMOTION_LIMIT = Duration.ofSeconds(30);
    private static final Duration SOON = Duration.ofMillis(50);

    private final PostgresEngine engine;
    private final Roles roles;
    private final MemberControl members;

    SwitchoverControl(PostgresEngine engine, MemberControl members) {
        this.engine = engine;
        this.roles = new Roles(engine);
        this.members = members;
    }

    void switchOver(String from, String to, boolean formerStaysDown, StepContext<?> c) {
        if (roles.of(to) != Roles.Answer.PRIMARY) {
            if (new Host(engine, to).postmaster().isEmpty()) {
                bringBack(from, to);
            } else {
                handOver(from, to, c);
            }
        }
        if (!formerStaysDown && new Host(engine, from).postmaster().isEmpty()) {
            members.start(from);
        }
    }

    /** On the way back from a switchover that stopped before its promotion: the old primary only needs to be started. */
    private void bringBack(String from, String to) {
        Host old = new Host(engine, to);
        if (old.isFollower() || roles.of(from) == Roles.Answer.PRIMARY) {
            throw GdsDatabaseException.engine("PG-SWITCHOVER-TARGET-DOWN")
                    .message("member " + to + " shall become primary, and is down.")
                    .remedy("start " + to + " as a follower and let it catch up, then retry.")
                    .build();
        }
        old.start();
    }

    private void handOver(String from, String to, StepContext<?> c) {
        Host old = new Host(engine, from);
        stopCleanly(old, from, to, c);
        ControlFile control = old.control();
        if (control.state() == ControlFile.State.SHUT_DOWN_IN_RECOVERY || old.isFollower()) {
            throw GdsDatabaseException.engine("PG-NOT-A-PRIMARY")
                    .message("member " + from + " was stopped as a follower, expected a primary; nothing was promoted.")
                    .remedy("find out who is primary, then roll back.")
                    .build();
        }
        engine.connections().onMember(to, s -> {
            boolean arrived = Spin.until(() -> replayed(to).compareTo(control.checkpoint()) > 0, ARRIVAL_LIMIT);
            if (!arrived) {
                // nobody would bring it any more: the old primary serves again until the candidate is there
                c.fence();
                old.start();
                throw GdsDatabaseException.engine("PG-CHECKPOINT-NOT-ARRIVED")
                        .message("the shutdown checkpoint " + control.checkpoint() + " of " + from + " is not on " + to
                                + ", which has replayed to " + replayed(to) + "; nothing was promoted, " + from
                                + " was started again.")
                        .remedy("let " + to + " catch up; it is tried again.")
                        .retryable()
                        .build();
            }
            c.fence();
            // without waiting: the server's own wait looks every 100 ms only
            s.execute(SqlText.of("SELECT pg_promote(false)"));
            return to;
        });
        if (!Spin.until(() -> roles.of(to) == Roles.Answer.PRIMARY, PROMOTION_LIMIT)) {
            throw GdsDatabaseException.engine("PG-PROMOTION")
                    .message("member " + to + " did not leave recovery within " + PROMOTION_LIMIT + ".")
                    .remedy("read its log.")
                    .retryable()
                    .build();
        }
    }

    /** Stops the primary in order; one that died before is started once more, since only an orderly stop proves anything. */
    private void stopCleanly(Host old, String from, String to, StepContext<?> c) {
        if (old.postmaster().isEmpty() && !old.control().isClean()) {
            c.progress(from + " died without an orderly stop; it is started again to stop it in order");
            old.start();
        }
        if (old.postmaster().isEmpty()) {
            return;
        }
        // a stop sends its last words only to those who listen
        if (!Spin.until(() -> streams(to), RECONNECTION_LIMIT)) {
            throw GdsDatabaseException.engine("PG-CANDIDATE-NOT-STREAMING")
                    .message("member " + to + " does not stream from " + from + "; " + from + " was not stopped.")
                    .remedy("repair the replication of " + to + "; it is tried again.")
                    .retryable()
                    .build();
        }
        c.fence();
        old.requestStop();
        boolean down = Spin.until(() -> old.control().state() == ControlFile.State.SHUT_DOWN, STOP_LIMIT);
        if (!down) {
            throw GdsDatabaseException.engine("PG-STOP-SLOW")
                    .message("member " + from + " has not stopped within " + STOP_LIMIT + ", its state is "
                            + old.control().state() + ".")
                    .remedy("look for a failing archive_command or a follower that does not receive; it is tried again.")
                    .retryable()
                    .build();
        }
    }

    private boolean streams(String member) {
        return engine.connections()
                .onMember(member, s -> s.one(
                        "SELECT EXISTS (SELECT 1 FROM pg_stat_wal_receiver WHERE status = 'streaming') AS yes",
                        r -> r.flag("yes")));
    }

    private Lsn replayed(String member) {
        return engine.connections()
                .onMember(member, s -> Lsn.parse(s.one(
                        "SELECT coalesce(pg_last_wal_replay_lsn(), '0/0')::text AS lsn", r -> r.text("lsn"))));
    }

    Probed probe(String from, String to, boolean formerStaysDown) {
        Roles.Answer f = roles.of(from);
        Roles.Answer t = roles.of(to);
        if (f == Roles.Answer.PRIMARY && t == Roles.Answer.PRIMARY) {
            return Probed.unknown(
                    "both " + from + " and " + to + " accept writes",
                    "find out which of them has the application's writes, and stop the other");
        }
        if (t == Roles.Answer.PRIMARY) {
            return formerStaysDown || f == Roles.Answer.FOLLOWER
                    ? Probed.done()
                    : Probed.partial(to + " is primary, " + from + " does not follow yet");
        }
        if (f == Roles.Answer.PRIMARY && t == Roles.Answer.FOLLOWER) {
            return Probed.notDone();
        }
        if (t == Roles.Answer.SILENT && new Host(engine, to).postmaster().isPresent()) {
            return Probed.inProgress(new Blocked(to + " does not answer", "its role", "its start or promotion", SOON));
        }
        return Probed.partial(from + " " + f + ", " + to + " " + t);
    }

    Verdict done(String from, String to, boolean formerStaysDown) {
        List<String> primaries = roles.primaries();
        if (primaries.size() > 1) {
            return Verdict.broken(Finding.block(
                    "PG-TWO-PRIMARIES", engine.name(), primaries + " accept writes", "one primary",
                    "stop the one without the application's writes at once."));
        }
        if (!primaries.equals(List.of(to))) {
            return Verdict.notYet(new Blocked("primaries " + primaries, to + " as primary", "its promotion", SOON));
        }
        boolean former = formerStaysDown || roles.of(from) == Roles.Answer.FOLLOWER;
        return former
                ? Verdict.holds()
                : Verdict.again(from + " does not follow");
    }
}
