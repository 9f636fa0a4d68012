package io.gds.engine.postgres.internal.patroni.api;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.plan.Params;
import java.time.Duration;
import java.util.Optional;

/**
 * The REST interface of one member. Every call blocks until its own deadline at most and can be interrupted; no verb is
 * sent twice. Thread-safe.
 *
 * <p>Readings throw: {@code PATRONI-UNREACHABLE} (retryable), {@code PATRONI-TLS}, {@code PATRONI-ACCESS},
 * {@code PATRONI-DCS} (retryable), {@code PATRONI-ANSWER} for anything that is not Patroni's,
 * {@code GDS-INTERRUPTED}. Verbs answer with a {@link Reply}, also when no answer came.
 */
public final class PatroniApi {
    /** Others may write the configuration too, but not that often. */
    private static final int PATCH_TRIES = 10;

    private final HttpTransport http;
    private final ApiTarget target;
    private final Readings read;

    PatroniApi(HttpTransport http, ApiTarget target) {
        this.http = http;
        this.target = target;
        this.read = new Readings(http, target);
    }

    /** Where it is reached. */
    public ApiTarget target() {
        return target;
    }

    /** What the member says of itself. */
    public NodeStatus status() {
        return NodeStatus.of(read.json(Call.get("/patroni", http.timeouts().status())));
    }

    /** The cluster, read from the DCS at this moment. */
    public ClusterView cluster() {
        return ClusterView.of(read.json(Call.get("/cluster", http.timeouts().dcs())));
    }

    /**
     * The dynamic configuration as the member saw it in its last loop, so up to {@code loop_wait} old; nulls are left out
     * and fractions become text.
     */
    public Params config() {
        return read.secretJson(Call.get("/config", http.timeouts().dcs())).params();
    }

    /**
     * The dynamic configuration as it is in the DCS at this moment; otherwise like {@link #config}. Patroni tells it in
     * answer to a change, so this asks for one that changes nothing and needs the right to write.
     */
    public Params configNow() {
        return read.secretJson(Call.with(
                        "PATCH",
                        "/config",
                        ConfigPatch.NOTHING.toJson(),
                        http.timeouts().dcs()))
                .params();
    }

    /**
     * Asks a health endpoint.
     *
     * @param path for example {@code /primary} or {@code /replica?lag=1MB}
     * @return true for 200, false for 503
     */
    public boolean answers(String path) {
        return read.health(Call.get(path, http.timeouts().status()));
    }

    /** Whether the member would carry out verbs, asked by an empty patch, which it refuses in any case. */
    public WriteAccess mayWrite() {
        return read.writeAccess(http.timeouts().dcs());
    }

    /**
     * Hands leadership over, now. Patroni answers when it is done, or after it has watched for a while.
     *
     * @param leader the present leader
     * @param candidate who is to lead; without one Patroni chooses
     */
    public Reply switchover(String leader, Optional<String> candidate) {
        Params body = Params.of("leader", leader);
        String json = candidate.map(c -> body.with("candidate", c)).orElse(body).toJson();
        Duration limit = http.timeouts().switchover();
        Reply reply = order(Verb.SWITCHOVER, json, limit);
        if (reply.outcome() != Outcome.OLD_SERVER) {
            return reply;
        }
        return order(Verb.SWITCHOVER, Call.with("POST", "/failover", json, limit));
    }

    /**
     * Restarts the server and waits for it.
     *
     * @param filter when, and how long Patroni waits
     * @param timeout how long we wait: shutdown, recovery and some
     */
    public Reply restart(RestartFilter filter, Duration timeout) {
        return order(Verb.RESTART, filter.toJson(), timeout);
    }

    /** Changes the dynamic configuration. A lost race is read again and repeated, a few times. */
    public Reply patchConfig(ConfigPatch patch) {
        Reply reply = order(Verb.PATCH_CONFIG, patch.toJson(), http.timeouts().dcs());
        for (int tries = 1; reply.outcome() == Outcome.CONFLICT && tries < PATCH_TRIES; tries++) {
            reply = order(Verb.PATCH_CONFIG, patch.toJson(), http.timeouts().dcs());
        }
        return reply;
    }

    /** Has the member read its own configuration file again; the answer never proves that it worked. */
    public Reply reload() {
        return order(Verb.RELOAD, Call.bare("POST", "/reload", http.timeouts().status()));
    }

    /** Rebuilds the member from another one, in the background; its data directory is removed first. */
    public Reply reinitialize() {
        return order(Verb.REINITIALIZE, "{}", http.timeouts().dcs());
    }

    /** Cancels a scheduled switchover. */
    public Reply cancelScheduledSwitchover() {
        return order(
                Verb.CANCEL_SWITCHOVER,
                Call.bare("DELETE", "/switchover", http.timeouts().dcs()));
    }

    /** Cancels the scheduled restart of this member. */
    public Reply cancelScheduledRestart() {
        return order(
                Verb.CANCEL_RESTART,
                Call.bare("DELETE", "/restart", http.timeouts().dcs()));
    }

    private Reply order(Verb verb, String json, Duration limit) {
        return order(verb, Call.with(verb.method(), verb.path(), json, limit));
    }

    private Reply order(Verb verb, Call call) {
        try {
            Answer answer = http.send(target, call);
            Outcome outcome = Replies.outcome(verb, answer);
            // The new configuration is an answer that may hold what nobody should read.
            boolean shown = verb != Verb.PATCH_CONFIG || answer.code() != 200;
            String text = shown ? http.excerpt().of(answer.body()) : "";
            return new Reply(target.member(), verb, outcome, answer.code(), text, Replies.promoted(answer));
        } catch (NoAnswer e) {
            Outcome outcome = e.kind() == NoAnswer.Kind.LOST ? Outcome.UNKNOWN : Outcome.NOT_SENT;
            return new Reply(target.member(), verb, outcome, 0, http.excerpt().of(e.why()), Optional.empty());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            String text = "interrupted before the answer";
            return new Reply(target.member(), verb, Outcome.UNKNOWN, 0, text, Optional.empty());
        }
    }

    @Override
    public String toString() {
        return target.toString();
    }

    /** Whether an error of a reading says that another member may know better. */
    static boolean mayBeKnownElsewhere(GdsDatabaseException e) {
        return e.code().startsWith("PATRONI-");
    }
}
