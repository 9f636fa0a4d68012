package io.gds.engine.postgres.internal.admin;

import io.gds.database.error.GdsDatabaseException;
import io.gds.engine.postgres.internal.config.MemberSpec;
import io.gds.engine.postgres.internal.config.PostgresSpec;
import io.gds.engine.postgres.internal.sql.Connections;
import io.gds.engine.postgres.internal.sql.Session;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Asks every member that answers. */
public final class Reachable {
    private final PostgresSpec spec;
    private final Connections connections;

    /** Members of a cluster. */
    public Reachable(PostgresSpec spec, Connections connections) {
        this.spec = spec;
        this.connections = connections;
    }

    /**
     * What is asked of a member.
     *
     * @param <T> the answer
     */
    @FunctionalInterface
    public interface Question<T> {
        /** Asks. */
        T ask(String member, Session session) throws SQLException;
    }

    /**
     * The answers by member, in the order of the spec.
     *
     * @throws GdsDatabaseException the last failure, when nobody answers
     */
    public <T> Map<String, T> each(Question<T> question) {
        Map<String, T> answers = new LinkedHashMap<>();
        @Nullable GdsDatabaseException failure = null;
        for (MemberSpec member : spec.members()) {
            try {
                answers.put(member.name(), connections.onMember(member.name(), s -> question.ask(member.name(), s)));
            } catch (GdsDatabaseException e) {
                if (!e.code().equals("GDS-CONNECTION")) {
                    throw e;
                }
                failure = e;
            }
        }
        if (answers.isEmpty() && failure != null) {
            throw failure;
        }
        return answers;
    }
}
