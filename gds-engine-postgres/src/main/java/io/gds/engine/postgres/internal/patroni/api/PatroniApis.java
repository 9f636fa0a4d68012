package io.gds.engine.postgres.internal.patroni.api;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.plan.Params;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The REST interfaces of a cluster's members. What any member can answer is asked of the last known leader first, then of
 * the others; a verb goes on to another member only when it never left for the one before. Thread-safe; closing ends its
 * threads.
 */
public final class PatroniApis implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PatroniApis.class);

    private final HttpTransport http;
    private final Map<String, PatroniApi> byMember = new LinkedHashMap<>();
    private final AtomicReference<String> leader = new AtomicReference<>("");

    /**
     * Opens the interfaces; nothing is sent.
     *
     * @param targets the members; at least one
     * @param access how they are reached
     * @throws GdsDatabaseException with code {@code PATRONI-TLS-FILE} when certificates cannot be used
     */
    public PatroniApis(List<ApiTarget> targets, ApiAccess access) {
        if (targets.isEmpty()) {
            throw new IllegalArgumentException("no members");
        }
        this.http = new HttpTransport(access);
        targets.forEach(t -> byMember.put(t.member(), new PatroniApi(http, t)));
    }

    /** The members, as given. */
    public List<String> members() {
        return List.copyOf(byMember.keySet());
    }

    /**
     * One member.
     *
     * @throws GdsDatabaseException with code {@code PATRONI-MEMBER} when its address is not known
     */
    public PatroniApi member(String name) {
        return find(name).orElseThrow(() -> GdsDatabaseException.user("PATRONI-MEMBER")
                .message("the REST address of member \"" + name + "\" is not known; known are "
                        + String.join(", ", byMember.keySet()) + ".")
                .remedy("add the member to the cluster spec.")
                .build());
    }

    /** The cluster, by whoever can tell. */
    public ClusterView cluster() {
        ClusterView view = ask(PatroniApi::cluster);
        view.leader().ifPresent(m -> leader.set(m.name()));
        return view;
    }

    /** The dynamic configuration, up to {@code loop_wait} old, by whoever can tell. */
    public Params config() {
        return ask(PatroniApi::config);
    }

    /** The dynamic configuration at this moment, by whoever can tell; needs the right to write. */
    public Params configNow() {
        return ask(PatroniApi::configNow);
    }

    /** Hands leadership over; asks the leader itself first. */
    public Reply switchover(String from, Optional<String> candidate) {
        return order(from, api -> api.switchover(from, candidate));
    }

    /** Changes the dynamic configuration. */
    public Reply patchConfig(ConfigPatch patch) {
        return order(leader.get(), api -> api.patchConfig(patch));
    }

    /** Cancels a scheduled switchover. */
    public Reply cancelScheduledSwitchover() {
        return order(leader.get(), PatroniApi::cancelScheduledSwitchover);
    }

    private <T> T ask(Function<PatroniApi, T> question) {
        List<GdsDatabaseException> failures = new ArrayList<>();
        for (PatroniApi api : startingWith(leader.get())) {
            try {
                return question.apply(api);
            } catch (GdsDatabaseException e) {
                if (!PatroniApi.mayBeKnownElsewhere(e)) {
                    throw e;
                }
                LOG.debug("{} cannot tell: {}", api, e.getMessage());
                failures.add(e);
            }
        }
        throw nobody(failures);
    }

    private Reply order(String first, Function<PatroniApi, Reply> verb) {
        List<PatroniApi> apis = startingWith(first);
        Reply reply = verb.apply(apis.get(0));
        for (PatroniApi next : apis.subList(1, apis.size())) {
            if (reply.outcome() != Outcome.NOT_SENT) {
                return reply;
            }
            LOG.debug("not sent, asking {} instead: {}", next, reply);
            reply = verb.apply(next);
        }
        return reply;
    }

    private List<PatroniApi> startingWith(String first) {
        List<PatroniApi> all = new ArrayList<>();
        find(first).ifPresent(all::add);
        byMember.values().stream()
                .filter(api -> !api.target().member().equals(first))
                .forEach(all::add);
        return all;
    }

    private Optional<PatroniApi> find(String name) {
        return Optional.ofNullable(byMember.get(name));
    }

    private static GdsDatabaseException nobody(List<GdsDatabaseException> failures) {
        GdsDatabaseException first = failures.get(0);
        if (failures.size() == 1) {
            return first;
        }
        List<String> each = failures.stream().map(e -> "  " + e.getMessage()).toList();
        GdsDatabaseException.Builder all = GdsDatabaseException.environment(first.code())
                .message("no member could tell:\n" + String.join("\n", each) + "\n")
                .remedy("mend one of these; any member will do.")
                .cause(first);
        boolean mayPass = failures.stream().anyMatch(GdsDatabaseException::retryable);
        return (mayPass ? all.retryable() : all).build();
    }

    @Override
    public void close() {
        http.close();
    }
}
