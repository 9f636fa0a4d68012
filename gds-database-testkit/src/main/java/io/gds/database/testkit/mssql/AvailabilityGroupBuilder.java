package io.gds.database.testkit.mssql;

import io.gds.database.testkit.windows.HostTimer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** How a group is set up. The first replica is the primary. Not thread-safe. */
public final class AvailabilityGroupBuilder {
    private static final double SEND_RATE = 10_240;
    private static final double REDO_RATE = 20_480;

    private final String name;
    private final Map<SqlInstance, ReplicaSettings> replicas = new LinkedHashMap<>();
    private final List<String> databases = new ArrayList<>();
    private ClusterType type = ClusterType.WSFC;
    private String cluster = "CLUSTER1";
    private boolean basic;
    private boolean contained;
    private int required;
    private BackupPreference backup = BackupPreference.SECONDARY;
    private GroupConfig.@Nullable Listener listener;
    private GroupTimes times = GroupTimes.usual();
    private @Nullable Above above;

    /** The distributed group that it is the second one of. */
    private record Above(String name, AvailabilityGroup first, AvailabilityMode mode) {}

    AvailabilityGroupBuilder(String name) {
        this.name = name;
    }

    /** Adds a replica; at least two are needed. */
    public AvailabilityGroupBuilder replica(SqlInstance instance, ReplicaSettings settings) {
        if (replicas.putIfAbsent(instance, settings) != null) {
            throw new IllegalArgumentException("replica " + instance.serverName() + " is there already");
        }
        return this;
    }

    /** Adds databases, which are on all replicas that have any. */
    public AvailabilityGroupBuilder databases(String... names) {
        databases.addAll(List.of(names));
        return this;
    }

    /** {@link ClusterType#WSFC} when not said. */
    public AvailabilityGroupBuilder clusterType(ClusterType what) {
        type = what;
        return this;
    }

    /** The name of its cluster; {@code CLUSTER1} when not said. */
    public AvailabilityGroupBuilder cluster(String called) {
        cluster = called;
        return this;
    }

    /** Makes it a basic one, of Standard Edition: two replicas, one database, nobody reads a secondary. */
    public AvailabilityGroupBuilder basic() {
        basic = true;
        return this;
    }

    /** Makes it a contained one: it has a master and an msdb of its own. */
    public AvailabilityGroupBuilder contained() {
        contained = true;
        return this;
    }

    /** How many secondaries must be synchronized for a commit to go on; none when not said. */
    public AvailabilityGroupBuilder requiredSynchronizedSecondaries(int count) {
        required = count;
        return this;
    }

    /** {@link BackupPreference#SECONDARY} when not said. */
    public AvailabilityGroupBuilder backupPreference(BackupPreference preference) {
        backup = preference;
        return this;
    }

    /** Gives it a network name, which is a row: nobody listens there. */
    public AvailabilityGroupBuilder listener(String dnsName, int port) {
        listener = new GroupConfig.Listener(dnsName, port);
        return this;
    }

    /**
     * Makes it the second group of a distributed one: its primary is the forwarder, which gets the log of the other group's primary. It has the
     * databases of that group, and needs none of its own.
     *
     * @param distributedGroup its name
     * @param primaryGroup the group that is written to, in no other distributed group
     * @param mode whether the forwarder's databases become SYNCHRONIZED; commits wait for the forwarder in no mode here
     */
    public AvailabilityGroupBuilder forwards(
            String distributedGroup, AvailabilityGroup primaryGroup, AvailabilityMode mode) {
        above = new Above(distributedGroup, primaryGroup, mode);
        return this;
    }

    /** How long things take in it; {@link GroupTimes#usual} when not said. */
    public AvailabilityGroupBuilder times(GroupTimes durations) {
        times = durations;
        return this;
    }

    /**
     * Creates it, with all databases in step.
     *
     * @throws IllegalArgumentException when SQL Server has no such group; the message says why
     */
    public AvailabilityGroup create() {
        if (contained) {
            databases.add(0, name + "_master");
            databases.add(1, name + "_msdb");
        }
        Above dag = above;
        if (dag != null) {
            dag.first().databases().forEach(databases::add);
            refuse(dag.first().distributed().isPresent(), dag.first().name() + " is in a distributed group already");
        }
        check();
        HostTimer timer = replicas.keySet().iterator().next().timer();
        GroupConfig config =
                new GroupConfig(name, type, cluster, basic, contained, listener, times, timer, timer.now());
        List<Replica> members = new ArrayList<>();
        replicas.forEach((instance, settings) -> members.add(member(config, instance, settings)));
        GroupModel model = new GroupModel(
                config,
                members,
                required,
                backup,
                dag == null ? new GroupLock() : dag.first().lock());
        RoleChanges roles = new RoleChanges(model);
        model.change(() -> {
            roles.found(members.get(0));
            return true;
        });
        for (Replica member : members) {
            List<String> own =
                    member.databases().stream().map(ReplicaDatabase::name).toList();
            member.instance().join(new LocalGroup(model, member, roles), own);
        }
        AvailabilityGroup made = new AvailabilityGroup(model, roles);
        if (dag != null) {
            dag.first().leads(dag.name(), dag.mode(), made);
        }
        return made;
    }

    private Replica member(GroupConfig config, SqlInstance instance, ReplicaSettings settings) {
        Replica member = new Replica(config.id("replica", instance.serverName()), instance, settings);
        if (settings.hasDatabases()) {
            databases.forEach(d -> member.add(new ReplicaDatabase(d, config.created(), SEND_RATE, REDO_RATE)));
        }
        return member;
    }

    private void check() {
        refuse(replicas.size() < 2, "a group of " + replicas.size() + " replicas: two are the least");
        refuse(
                replicas.keySet().stream().map(SqlInstance::timer).distinct().count() > 1,
                "the hosts of the replicas have different timers");
        refuse(required < 0 || required >= replicas.size(), "requiredSynchronizedSecondaries " + required);
        refuse(
                basic && (replicas.size() != 2 || databases.size() != 1),
                "a basic group has two replicas and one database");
        Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        databases.forEach(d -> refuse(!names.add(d), "database " + d + " is there twice"));
        replicas.forEach(this::check);
        ReplicaSettings first = replicas.values().iterator().next();
        refuse(!first.hasDatabases(), "a replica without databases cannot be primary");
    }

    private void check(SqlInstance instance, ReplicaSettings settings) {
        String who = instance.serverName() + ": ";
        refuse(
                basic && settings.connections() != SecondaryConnections.NO,
                who + "nobody reads a basic group's secondary");
        refuse(
                !settings.hasDatabases() && type != ClusterType.EXTERNAL,
                who + "only an EXTERNAL cluster has a witness");
        boolean fits =
                switch (type) {
                    case WSFC -> settings.failover() != FailoverMode.EXTERNAL;
                    case EXTERNAL -> settings.failover() == FailoverMode.EXTERNAL;
                    case NONE -> settings.failover() == FailoverMode.MANUAL;
                };
        refuse(!fits, who + "failover mode " + settings.failover() + " with cluster type " + type);
        databases.forEach(d -> refuse(instance.groups().of(d) != null, who + "database " + d + " is in another group"));
    }

    private static void refuse(boolean wrong, String why) {
        if (wrong) {
            throw new IllegalArgumentException(why);
        }
    }
}
