package io.gds.engine.postgres.internal.patroni.api;

/** What Patroni's answer to a verb means, and what to do next. */
public enum Outcome {
    /** Done, in Patroni's words. */
    DONE(Effect.HAPPENED, false, "confirm it by SQL."),
    /** Another member than the one asked for was promoted. */
    DONE_ELSEWHERE(Effect.HAPPENED, false, "read /cluster and plan the rest anew with the member that was promoted."),
    /** Begun in the background; whether it succeeds is not said. */
    ACCEPTED(Effect.UNKNOWN, false, "look for the effect itself."),
    /** Only scheduled. */
    SCHEDULED(
            Effect.UNKNOWN, false, "follow it in /cluster: scheduled_switchover, or scheduled_restart of the member."),

    /** The request was wrong. */
    OUR_BUG(Effect.NONE, false, "do not repeat it; report what Patroni said."),
    /** A rule of maintenance mode forbids it. */
    PAUSED(Effect.NONE, false, "let whoever paused the cluster resume it, or name a candidate."),
    /** A scheduled action while the cluster is paused. */
    PAUSED_SCHEDULE(Effect.NONE, false, "let whoever paused the cluster resume it."),
    /** No login, or a wrong one. */
    UNAUTHORISED(Effect.NONE, false, "check user and password (restapi.authentication of that member)."),
    /** The address is not on the allow-list, or a client certificate is missing. */
    FORBIDDEN(Effect.NONE, false, "check the client certificate and restapi.allowlist of that member."),
    /** There was nothing to cancel. */
    NOTHING_THERE(Effect.NONE, false, "nothing: there is nothing left to cancel."),
    /** Somebody else wrote in between, every time. */
    CONFLICT(Effect.NONE, true, "read again, then repeat."),
    /** Another one is scheduled already. */
    ALREADY_SCHEDULED(Effect.NONE, false, "ask whoever scheduled it; cancel it only with their consent."),
    /** The request had no Content-Length. */
    CHUNKED(Effect.NONE, false, "look for a proxy between here and the member that changes requests."),
    /** A condition is missing that may come by itself. */
    PRECONDITION_WAIT(Effect.NONE, true, "wait for a synchronous, reachable candidate, then repeat."),
    /** The request rests on a picture that is no longer true. */
    PRECONDITION_REPLAN(Effect.NONE, false, "read /cluster and choose anew."),
    /** A time in the past, or one that cannot be read. */
    BAD_TIME(Effect.NONE, false, "compare the clocks."),
    /** This version does not have the verb. */
    OLD_SERVER(Effect.NONE, false, "upgrade Patroni to 3.0 or later."),

    /** The key was removed again and the leader is the same. */
    NOT_SWITCHED(Effect.NONE, true, "check the candidate's lag and timeline; it may then be repeated once."),
    /** Patroni could not write its request into the DCS, as far as it knows. */
    NOT_WRITTEN(Effect.UNKNOWN, false, "watch /cluster until the deadline: the write may have arrived after all."),
    /** There is no configuration in the DCS. */
    CONFIG_MISSING(Effect.NONE, false, "look at the DCS: the cluster's configuration is gone."),
    /** The filter does not match: for a version filter the server runs that version or a later one. */
    CONDITIONS_NOT_MET(Effect.NONE, false, "ask the server for its version: it may run the target already."),
    /** Another action is in progress on that member. */
    BUSY(Effect.NONE, true, "wait until it has ended, then repeat."),
    /** The server did not come up within the time-out; it may still. */
    STILL_STARTING(Effect.UNKNOWN, false, "wait for the server, by SQL."),
    /** The restart went wrong; the server may be down. */
    RESTART_FAILED(Effect.UNKNOWN, false, "ask the server by SQL and read its log."),
    /** The member cannot be rebuilt now. */
    CANNOT_REINITIALIZE(Effect.NONE, false, "make another member the leader first."),

    /** The request never left. */
    NOT_SENT(Effect.NONE, true, "check the member's Patroni and the way there; another member may be asked."),
    /** It may have happened or not: never repeat it blindly. */
    UNKNOWN(Effect.UNKNOWN, false, "watch /cluster and ask both servers by SQL until the deadline.");

    /** What is known of the effect. */
    public enum Effect {
        /** It is there. */
        HAPPENED,
        /** Nothing was changed. */
        NONE,
        /** Nobody knows yet. */
        UNKNOWN
    }

    private final Effect effect;
    private final boolean retryable;
    private final String next;

    Outcome(Effect effect, boolean retryable, String next) {
        this.effect = effect;
        this.retryable = retryable;
        this.next = next;
    }

    /** What is known of the effect. */
    public Effect effect() {
        return effect;
    }

    /** Whether the same request may be sent again later, without anybody changing anything. */
    public boolean retryable() {
        return retryable;
    }

    /** What to do next, as an imperative sentence. */
    public String next() {
        return next;
    }
}
