package io.gds.engine.postgres.internal.steps;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.plan.Finding;
import io.gds.database.run.Blocked;
import io.gds.database.spi.Probed;
import io.gds.database.spi.Verdict;
import io.gds.engine.postgres.internal.PostgresEngine;
import io.gds.engine.postgres.internal.control.ControlFile;
import io.gds.engine.postgres.internal.control.Guard;
import io.gds.engine.postgres.internal.control.Host;
import io.gds.engine.postgres.internal.control.Roles;
import io.gds.engine.postgres.internal.control.Spin;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/**
 * The switchover of plain streaming replication: a fast stop, the proof that the candidate has the shutdown checkpoint,
 * the promotion. Whoever finds it half done finishes it; nothing is promoted without the proof.
 */
final class SwitchoverControl {
    private static final Duration STOP_LIMIT = Duration.ofSeconds(60);
    /** Twice the time after which a follower looks for its upstream again, unless its owner has changed that. */
    private static final Duration RECONNECTION_LIMIT = Duration.ofSeconds(10);

    private static final Duration SOON = Duration.ofMillis(20);

    private final PostgresEngine engine;
    private final Roles roles;
    private final MemberControl members;

    SwitchoverControl(PostgresEngine engine, MemberControl members) {
        this.engine = engine;
        this.roles = new Roles(engine);
        this.members = members;
    }

    void switchOver(String from, String to, boolean formerStaysDown, Caller c) {
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

    private void handOver(String from, String to, Caller c) {
        Host old = new Host(engine, from);
        // One connection from before the stop to after the promotion: nothing is dialled while nobody can write.
        engine.connections().onMember(to, s -> {
            Candidate candidate = new Candidate(to, s);
            candidate.replayed();
            stopCleanly(old, from, candidate, c);
            ControlFile control = old.control();
            if (control.state() == ControlFile.State.SHUT_DOWN_IN_RECOVERY || old.isFollower()) {
                throw GdsDatabaseException.engine("PG-NOT-A-PRIMARY")
                        .message("member " + from
                                + " was stopped as a follower, expected a primary; nothing was promoted.")
                        .remedy("find out who is primary, then roll back.")
                        .build();
            }
            if (!candidate.hasAll(control.checkpoint())) {
                // nobody would bring it any more: the old primary serves again until the candidate is there
                c.fence().run();
                old.start();
                throw candidate.notArrived(from, control.checkpoint());
            }
            new Guard(engine, from).decidePromotion();
            candidate.takeOver(c);
            return to;
        });
    }

    /** Stops the primary in order; one that died before is started once more, since only an orderly stop proves anything. */
    private void stopCleanly(Host old, String from, Candidate candidate, Caller c) throws SQLException {
        if (old.postmaster().isEmpty() && !old.control().isClean()) {
            c.progress().accept(from + " died without an orderly stop; it is started again to stop it in order");
            old.start();
        }
        if (old.postmaster().isEmpty()) {
            return;
        }
        // a stop sends its last words only to those who listen
        if (!candidate.streamsWithin(RECONNECTION_LIMIT)) {
            throw GdsDatabaseException.engine("PG-CANDIDATE-NOT-STREAMING")
                    .message("the candidate does not stream from " + from + ", which was not stopped.")
                    .remedy("repair the candidate's replication; it is tried again.")
                    .retryable()
                    .build();
        }
        c.fence().run();
        old.requestStop();
        boolean down = Spin.until(() -> old.control().state() == ControlFile.State.SHUT_DOWN, STOP_LIMIT);
        if (!down) {
            throw GdsDatabaseException.engine("PG-STOP-SLOW")
                    .message("member " + from + " has not stopped within " + STOP_LIMIT + ", its state is "
                            + old.control().state() + ".")
                    .remedy(
                            "look for a failing archive_command or a follower that does not receive; it is tried again.")
                    .retryable()
                    .build();
        }
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
                    "PG-TWO-PRIMARIES",
                    engine.name(),
                    primaries + " accept writes",
                    "one primary",
                    "stop the one without the application's writes at once."));
        }
        if (!primaries.equals(List.of(to))) {
            return Verdict.notYet(new Blocked("primaries " + primaries, to + " as primary", "its promotion", SOON));
        }
        boolean former = formerStaysDown || roles.of(from) == Roles.Answer.FOLLOWER;
        return former ? Verdict.holds() : Verdict.again(from + " does not follow");
    }
}
