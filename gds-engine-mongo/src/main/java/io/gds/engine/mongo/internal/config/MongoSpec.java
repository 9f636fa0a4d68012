package io.gds.engine.mongo.internal.config;

import io.gds.database.error.InvalidSpecException;
import io.gds.database.error.Problem;
import io.gds.database.plan.Params;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A replica set as the spec describes it.
 *
 * @param name the cluster's name
 * @param environment production, test or another word
 * @param replicaSet the set's own name; the cluster's name unless written; empty for routers, which are in none
 * @param login empty where the servers ask for none
 * @param tls whether connections are encrypted, with the certificates that the JVM trusts
 * @param database the application's database, in which the availability probe writes
 * @param members all members, arbiters too
 * @param packages settings of a package manager
 * @param shell settings of a host shell
 * @param backup settings of a backup check
 * @param clones where clones live
 * @param quiesce how long a member that is stopped lets its readers finish
 * @param memberOutage how long a member is expected to be away while it is patched
 * @param arrangeSyncSources whether the members that others follow are arranged before a stop and before the step-down
 * @param connectTimeout how long a server may take to accept a connection
 */
public record MongoSpec(
        String name,
        String environment,
        String replicaSet,
        Optional<LoginSpec> login,
        boolean tls,
        String database,
        List<MemberSpec> members,
        Optional<Params> packages,
        Optional<Params> shell,
        Optional<Params> backup,
        CloneSpec clones,
        Duration quiesce,
        Duration memberOutage,
        boolean arrangeSyncSources,
        Duration connectTimeout) {
    /** Copies. */
    public MongoSpec {
        members = List.copyOf(members);
    }

    /** Every mistake in a spec. */
    public static List<Problem> check(Params spec) {
        List<Problem> problems = new ArrayList<>();
        new SpecReader(spec, problems).read();
        return List.copyOf(problems);
    }

    /**
     * Reads a spec.
     *
     * @throws InvalidSpecException naming every mistake
     */
    public static MongoSpec of(Params spec) {
        List<Problem> problems = new ArrayList<>();
        MongoSpec read = new SpecReader(spec, problems).read();
        if (!problems.isEmpty()) {
            throw new InvalidSpecException("the cluster spec", problems);
        }
        return read;
    }

    /** The same settings for other members. */
    MongoSpec with(String called, String set, List<MemberSpec> others) {
        return with(called, set, login, others, packages);
    }

    /** The same set, asked as somebody else. */
    public MongoSpec loggedInAs(LoginSpec other) {
        return with(name, replicaSet, Optional.of(other), members, packages);
    }

    /** The same set, whose programs come from elsewhere. */
    MongoSpec fromPackages(Optional<Params> others) {
        return with(name, replicaSet, login, members, others);
    }

    private MongoSpec with(
            String called, String set, Optional<LoginSpec> as, List<MemberSpec> others, Optional<Params> from) {
        return new MongoSpec(
                called,
                environment,
                set,
                as,
                tls,
                database,
                others,
                from,
                shell,
                backup,
                clones,
                quiesce,
                memberOutage,
                arrangeSyncSources,
                connectTimeout);
    }

    /** Whether these are routers, {@code mongos} processes that hold no data, and not a replica set. */
    public boolean isRouters() {
        return replicaSet.isEmpty();
    }

    /** The member of this name. */
    public MemberSpec member(String called) {
        return members.stream()
                .filter(m -> m.name().equals(called))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no member " + called + " in " + name));
    }

    /** The names of all members. */
    public Set<String> names() {
        return members.stream().map(MemberSpec::name).collect(Collectors.toUnmodifiableSet());
    }

    /** The member with this address in the set's own configuration. */
    public Optional<MemberSpec> at(String address) {
        return members.stream().filter(m -> m.address().equals(address)).findFirst();
    }
}
