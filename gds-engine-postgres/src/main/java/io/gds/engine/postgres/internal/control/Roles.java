package io.gds.engine.postgres.internal.control;

import io.gds.database.error.GdsDatabaseException;
import io.gds.engine.postgres.internal.PostgresEngine;
import io.gds.engine.postgres.internal.config.MemberSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Who is primary: asked of every member itself, and of its files when it is down. Thread-safe. */
public final class Roles {
    /** What a member answered. */
    public enum Answer {
        /** It accepts writes. */
        PRIMARY,
        /** It follows. */
        FOLLOWER,
        /** It did not answer. */
        SILENT
    }

    private final PostgresEngine engine;

    /** Roles in a cluster. */
    public Roles(PostgresEngine engine) {
        this.engine = engine;
    }

    /** Asks one member. */
    public Answer of(String member) {
        try {
            return engine.connections().onMember(member, s -> s.inRecovery() ? Answer.FOLLOWER : Answer.PRIMARY);
        } catch (GdsDatabaseException e) {
            if (e.retryable()) {
                return Answer.SILENT;
            }
            throw e;
        }
    }

    /** All members that accept writes. */
    public List<String> primaries() {
        return names().stream().filter(m -> of(m) == Answer.PRIMARY).toList();
    }

    /** The only primary. */
    public Optional<String> primary() {
        List<String> all = primaries();
        return all.size() == 1 ? Optional.of(all.get(0)) : Optional.empty();
    }

    /** Names of all members. */
    public List<String> names() {
        return engine.spec().members().stream().map(MemberSpec::name).toList();
    }

    /** Members without a process that would start as a primary. */
    public List<String> deadPrimaries() {
        List<String> out = new ArrayList<>();
        for (String m : names()) {
            Host host = new Host(engine, m);
            if (host.postmaster().isEmpty() && !host.isFollower()) {
                out.add(m);
            }
        }
        return out;
    }

    /**
     * The dead member that was primary last, when that is certain: the only one that would start as a primary, or the only
     * one of them that died while accepting writes.
     */
    public Optional<String> lastPrimary() {
        List<String> dead = deadPrimaries();
        if (dead.size() > 1) {
            dead = dead.stream()
                    .filter(m -> new Host(engine, m).control().state() == ControlFile.State.IN_PRODUCTION)
                    .toList();
        }
        return dead.size() == 1 ? Optional.of(dead.get(0)) : Optional.empty();
    }

    /** Followers whose process died without an orderly stop. */
    public List<String> crashedFollowers() {
        List<String> out = new ArrayList<>();
        for (String m : names()) {
            Host host = new Host(engine, m);
            if (host.postmaster().isEmpty()
                    && host.isFollower()
                    && !host.control().isClean()) {
                out.add(m);
            }
        }
        return out;
    }
}
