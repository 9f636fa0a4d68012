package io.gds.engine.postgres.internal.pooler;

import io.gds.database.error.GdsDatabaseException;
import io.gds.engine.postgres.internal.PostgresEngine;
import io.gds.engine.postgres.internal.control.Roles;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Asks all members at the same time: one whose host is gone must not keep waiting clients from the one that answers. */
final class MembersAsked implements Leader {
    /** How long the others are waited for once one has said that it is primary. */
    private static final long GRACE_MILLIS = 300;

    private static final long LIMIT_MILLIS = 6000;

    private final PostgresEngine engine;

    MembersAsked(PostgresEngine engine) {
        this.engine = engine;
    }

    @Override
    public Optional<Serving> find() {
        Roles roles = new Roles(engine);
        BlockingQueue<Said> answers = new LinkedBlockingQueue<>();
        List<String> members = roles.names();
        members.forEach(m -> ask(roles, m, answers));
        List<String> primaries = new ArrayList<>();
        try {
            for (int heard = 0; heard < members.size(); heard++) {
                Said said = answers.poll(primaries.isEmpty() ? LIMIT_MILLIS : GRACE_MILLIS, TimeUnit.MILLISECONDS);
                if (said == null) {
                    break;
                }
                if (said.answer() == Roles.Answer.PRIMARY) {
                    primaries.add(said.member());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
        return primaries.size() == 1
                ? Optional.of(new Serving(
                        primaries.get(0), engine.spec().member(primaries.get(0)).address()))
                : Optional.empty();
    }

    private static void ask(Roles roles, String member, BlockingQueue<Said> answers) {
        Thread asks = new Thread(() -> answers.add(new Said(member, answer(roles, member))), "gds-role-" + member);
        asks.setDaemon(true);
        asks.start();
    }

    private static Roles.Answer answer(Roles roles, String member) {
        try {
            return roles.of(member);
        } catch (GdsDatabaseException e) {
            return Roles.Answer.SILENT; // it answers, but not our question; it is no primary for us
        }
    }

    private record Said(String member, Roles.Answer answer) {}
}
