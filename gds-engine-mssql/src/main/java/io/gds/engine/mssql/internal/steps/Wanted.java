package io.gds.engine.mssql.internal.steps;

import io.gds.database.plan.Params;
import io.gds.engine.mssql.internal.group.BackupPreference;
import io.gds.engine.mssql.internal.group.ClusterType;
import io.gds.engine.mssql.internal.group.CommitMode;
import io.gds.engine.mssql.internal.group.FailoverMode;
import io.gds.engine.mssql.internal.group.GroupConfig;
import io.gds.engine.mssql.internal.group.GroupView;
import io.gds.engine.mssql.internal.group.GroupViews;
import io.gds.engine.mssql.internal.group.ReplicaRow;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What has to be set for a while, by the purpose that a bracket names. */
enum Wanted {
    /** Nobody is failed over to by the cluster itself while members come and go. */
    MANUAL_FAILOVER {
        @Override
        Stream<Setting> of(GroupView g, Params p) {
            return g.replicas().stream()
                    .filter(r -> r.failover() == FailoverMode.AUTOMATIC)
                    .map(r -> setting(g, r, Setting.Option.FAILOVER_MODE, FailoverMode.MANUAL.name()));
        }
    },
    /** Backups do not look for a secondary that is being patched. */
    BACKUPS_ON_PRIMARY {
        @Override
        Stream<Setting> of(GroupView g, Params p) {
            return g.config().stream()
                    .filter(c -> c.backups() != BackupPreference.PRIMARY)
                    .map(c -> new Setting(
                            g.name(), "", Setting.Option.AUTOMATED_BACKUP_PREFERENCE, BackupPreference.PRIMARY.name()));
        }
    },
    /** Commits do not wait for more secondaries than are left without a member. */
    FEWER_REQUIRED {
        @Override
        Stream<Setting> of(GroupView g, Params p) {
            return fewer(g, p.string("member"))
                    .map(left -> new Setting(
                            g.name(),
                            "",
                            Setting.Option.REQUIRED_SYNCHRONIZED_SECONDARIES_TO_COMMIT,
                            String.valueOf(left)))
                    .stream();
        }
    },
    /**
     * Groups without a cluster that hand over acknowledge nothing alone meanwhile. The switchover itself asks for that, at the last moment, so
     * that commits wait for nobody before; here is only written down what was.
     */
    AT_LEAST_ONE_REQUIRED {
        @Override
        Stream<Setting> of(GroupView g, Params p) {
            return Stream.empty();
        }

        @Override
        List<Setting> noted(GroupViews views, Params p) {
            return views.ledBy(views.home(p.string("from")).primaryName()).stream()
                    .flatMap(g -> atLeastOne(g).stream())
                    .toList();
        }
    },
    /** Both sides of a switchover commit together, where nobody does so otherwise. */
    SYNCHRONOUS_SIDES {
        @Override
        Stream<Setting> of(GroupView g, Params p) {
            return Stream.of(p.string("from"), p.string("to"))
                    .flatMap(t -> g.replica(t).stream())
                    .filter(r -> r.mode() == CommitMode.ASYNCHRONOUS_COMMIT)
                    .map(r -> setting(g, r, Setting.Option.AVAILABILITY_MODE, CommitMode.SYNCHRONOUS_COMMIT.name()));
        }
    };

    abstract Stream<Setting> of(GroupView g, Params p);

    /** Everything that is not so yet. */
    List<Setting> missing(GroupViews views, Params p) {
        return views.groups().stream()
                .filter(g -> g.primary().isPresent())
                .flatMap(g -> of(g, p))
                .toList();
    }

    /** Everything whose values of now are written down, to be restored. */
    List<Setting> noted(GroupViews views, Params p) {
        return missing(views, p);
    }

    /** What a group without a cluster lacks for its planned failover; empty when nothing. */
    static Optional<Setting> atLeastOne(GroupView g) {
        return g.config()
                .filter(c -> c.cluster() == ClusterType.NONE && c.required() < 1)
                .map(c -> new Setting(g.name(), "", Setting.Option.REQUIRED_SYNCHRONIZED_SECONDARIES_TO_COMMIT, "1"));
    }

    /** To how many secondaries it has to come down while an instance is away; empty when it need not. */
    static Optional<Integer> fewer(GroupView g, String member) {
        int required = g.config().map(GroupConfig::required).orElse(0);
        List<String> synchronous = g.replicas().stream()
                .filter(ReplicaRow::isSynchronous)
                .flatMap(r -> g.targetOf(r).stream())
                .toList();
        // One of them leads, and one is away.
        int left = Math.max(0, synchronous.size() - 2);
        return synchronous.contains(member) && left < required ? Optional.of(left) : Optional.empty();
    }

    private static Setting setting(GroupView g, ReplicaRow r, Setting.Option option, String value) {
        return new Setting(g.name(), r.server(), option, value);
    }
}
