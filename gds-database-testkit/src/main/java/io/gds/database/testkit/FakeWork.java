package io.gds.database.testkit;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.version.EngineVersion;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The changes of a fake cluster: what finds nothing to do changes nothing. Thread-safe; guarded by the cluster. */
final class FakeWork {
    private static final Duration WORK = Duration.ofMillis(100);

    private final FakeCluster cluster;

    FakeWork(FakeCluster cluster) {
        this.cluster = cluster;
    }

    void stop(String member, Hands hands) {
        cluster.reach(member);
        if (cluster.isDown(member) || cluster.faults().stopsNever(member)) {
            return;
        }
        change(hands, Effect.Kind.STOPPED, member, "", () -> {
            cluster.member(member).running = null;
            cluster.member(member).stoppedByUs = true;
        });
    }

    void install(String member, EngineVersion version, Hands hands) {
        cluster.reach(member);
        if (!cluster.installed(member).equals(version)) {
            change(
                    hands,
                    Effect.Kind.INSTALLED,
                    member,
                    version.toString(),
                    () -> cluster.member(member).installed = version);
        }
    }

    void start(String member, Hands hands) {
        cluster.reach(member);
        if (!cluster.isDown(member)) {
            return;
        }
        EngineVersion version = cluster.installed(member);
        if (cluster.faults().startFailsOn(member, version)) {
            throw startFails(member, version);
        }
        change(hands, Effect.Kind.STARTED, member, version.toString(), () -> came(cluster.member(member), version));
    }

    private static GdsDatabaseException startFails(String member, EngineVersion version) {
        return GdsDatabaseException.engine("FAKE-START")
                .message(member + " does not start on " + version + ".")
                .remedy("install another version.")
                .build();
    }

    /** One order, as a high-availability agent takes it: stop and start; does nothing when what is installed runs. */
    void restart(String member, Hands hands) {
        cluster.reach(member);
        EngineVersion version = cluster.installed(member);
        boolean runs = cluster.running(member).filter(version::equals).isPresent();
        if (runs || (cluster.faults().stopsNever(member) && !cluster.isDown(member))) {
            return;
        }
        if (cluster.faults().startFailsOn(member, version)) {
            stop(member, hands);
            throw startFails(member, version);
        }
        change(hands, Effect.Kind.RESTARTED, member, version.toString(), () -> came(cluster.member(member), version));
    }

    void download(String member, EngineVersion version, Hands hands) {
        cluster.reach(member);
        if (!cluster.member(member).fetched.contains(version)) {
            change(hands, Effect.Kind.DOWNLOADED, member, version.toString(), () -> cluster.member(member)
                    .fetched
                    .add(version));
        }
    }

    void extend(EngineVersion version, Hands hands) {
        if (!cluster.extensions().equals(version)) {
            change(hands, Effect.Kind.EXTENDED, "extensions", version.toString(), () -> cluster.extensions(version));
        }
    }

    private void came(FakeMember m, EngineVersion version) {
        boolean superseded = cluster.membersByName().values().stream().anyMatch(o -> o != m && o.primary);
        m.primary = m.primary && !superseded;
        m.running = version;
        m.stoppedByUs = false;
        m.crashedInReplay = false;
        m.upSince = cluster.clock().instant();
        m.caughtUpAt = m.primary ? Instant.MIN : cluster.clock().instant().plus(FakeCluster.CATCH_UP);
        m.diesAt = !m.primary && cluster.faults().replayCrashesOn(m.name, version)
                ? cluster.clock().instant().plus(FakeFaults.replayCrashAfter())
                : null;
    }

    void promote(String member, Hands hands) {
        cluster.reach(member);
        if (cluster.member(member).primary) {
            return;
        }
        change(hands, Effect.Kind.PROMOTED, member, "", () -> {
            cluster.rules().promoting(member, hands.step());
            // a former primary that is down has lost its role by this; one that is up has not heard of it: split brain
            cluster.membersByName().values().stream().filter(m -> !m.isUp()).forEach(m -> m.primary = false);
            cluster.member(member).primary = true;
            cluster.tables()
                    .promoted(
                            cluster.faults().takeLostWrites(), cluster.faults().takeDoubledWrites());
        });
    }

    /** Sets a setting, or gives it its default again when the value is empty. */
    void set(String key, String value, @Nullable Duration lasts, Hands hands) {
        if (cluster.setting(key).equals(value)) {
            return;
        }
        change(hands, Effect.Kind.SET, key, value.isEmpty() ? "default" : value, () -> cluster.settingsStore()
                .set(
                        key,
                        value,
                        lasts == null ? null : cluster.clock().instant().plus(lasts)));
    }

    void createTable(String table, Hands hands) {
        if (!cluster.tables().exists(table)) {
            change(hands, Effect.Kind.TABLE_CREATED, table, "", () -> cluster.tables()
                    .create(table));
        }
    }

    void dropTable(String table, Hands hands) {
        if (cluster.tables().exists(table)) {
            change(hands, Effect.Kind.TABLE_DROPPED, table, "", () -> cluster.tables()
                    .drop(table));
        }
    }

    FakeCluster makeClone(String id, Hands hands) {
        FakeCluster copy = FakeCluster.of(
                        id,
                        1,
                        cluster.running(cluster.primaries().get(0))
                                .orElseThrow()
                                .toString(),
                        cluster.clock())
                .environment("clone");
        change(hands, Effect.Kind.TABLE_CREATED, "clone " + id, "", () -> cluster.clonesById()
                .put(id, copy));
        return copy;
    }

    void removeClone(String id, Hands hands) {
        if (cluster.clones().contains(id)) {
            change(hands, Effect.Kind.TABLE_DROPPED, "clone " + id, "", () -> cluster.clonesById()
                    .remove(id));
        }
    }

    private void change(Hands hands, Effect.Kind kind, String subject, String detail, Runnable change) {
        hands.before(); // may block or die; never while the cluster is locked
        int number;
        synchronized (cluster) {
            if (cluster.faults().takeRefused(cluster.effects().size() + 1)) {
                throw FakeFaults.noAnswer(subject);
            }
            if (cluster.clock() instanceof SettableClock movable) {
                movable.advance(WORK);
            }
            if (cluster.effects().isEmpty()) {
                cluster.remember(cluster.snapshot());
            }
            cluster.rules().before(kind, subject, detail, hands.step());
            change.run();
            number = cluster.record(kind, subject, detail, hands.step());
            if (cluster.faults().takePrimaryDeath(number)) {
                cluster.primaries().forEach(cluster::kill);
            }
        }
        hands.after();
        if (cluster.faults().takeLostAnswer(number)) {
            throw FakeFaults.noAnswer(subject);
        }
    }
}
