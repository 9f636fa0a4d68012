package io.gds.engine.mssql.internal.backup;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.plan.Finding;
import io.gds.engine.mssql.internal.MssqlEngine;
import io.gds.engine.mssql.internal.config.BackupSpec;
import io.gds.engine.mssql.internal.survey.SideBySide;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Whether databases were saved and checked not too long ago, before something is done to their instances. What cannot be found out
 * is no good age. Instances that answer no more are a finding, never a failure of the plan.
 */
public final class BackupPreFlight {
    private static final String BACKUP_AGE = "MSSQL-BACKUP-AGE";
    private static final String CHECK_AGE = "MSSQL-CHECKDB-AGE";

    private final MssqlEngine engine;
    private final BackupSpec limits;

    /** By the limits of an engine's spec. */
    public BackupPreFlight(MssqlEngine engine) {
        this.engine = engine;
        this.limits = engine.spec().backup();
    }

    /**
     * What is too old on instances that stand by themselves.
     *
     * @param instances their names in plans
     * @return nothing where the spec does not ask
     */
    public List<Finding> of(Collection<String> instances) {
        if (!limits.asks()) {
            return List.of();
        }
        return SideBySide.ask(List.copyOf(instances), i -> findings(i, List.of())).stream()
                .flatMap(List::stream)
                .toList();
    }

    /**
     * What is too old on the primary of a group. Of a group's databases the backups count that any replica made.
     *
     * @param primary its name in plans
     * @param replicas the names of all replicas
     */
    public List<Finding> ofPrimary(String primary, Collection<String> replicas) {
        return findings(
                primary, replicas.stream().filter(r -> !r.equals(primary)).toList());
    }

    private List<Finding> findings(String instance, List<String> others) {
        List<Finding> out = new ArrayList<>();
        limits.maxAge()
                .flatMap(limit -> told(BACKUP_AGE, instance, limit, () -> backups(instance, others, limit)))
                .ifPresent(out::add);
        limits.checkDbMaxAge()
                .flatMap(limit -> told(CHECK_AGE, instance, limit, () -> checks(instance, limit)))
                .ifPresent(out::add);
        return out;
    }

    private static Optional<Finding> told(
            String id, String instance, Duration limit, Supplier<Optional<Finding>> question) {
        try {
            return question.get();
        } catch (GdsDatabaseException e) {
            return Optional.of(Finding.ack(
                    id,
                    instance,
                    "it cannot be asked: "
                            + String.valueOf(e.getMessage()).lines().findFirst().orElse(""),
                    "an answer, and nothing older than " + Age.words(limit),
                    "let the login read msdb.dbo.backupset and sys.databases, then plan again."));
        }
    }

    private Optional<Finding> backups(String instance, List<String> others, Duration limit) {
        Map<Integer, Age> here = AgeReader.backups(engine.access(instance));
        Map<String, Age> elsewhere = new HashMap<>();
        SideBySide.ask(others, this::shared).forEach(m -> m.forEach((k, age) -> elsewhere.merge(k, age, Age::orNewer)));
        Function<DatabaseAge, Age> age = d -> here.getOrDefault(d.id(), new Age.Never())
                .orNewer(d.shared()
                        .flatMap(s -> Optional.ofNullable(elsewhere.get(s)))
                        .orElseGet(Age.Never::new));
        return late(databases(instance), age, limit)
                .map(names -> Finding.ack(
                        BACKUP_AGE,
                        instance,
                        "databases without a full backup of late: " + names,
                        "a full backup of each, not copy-only, not older than " + Age.words(limit),
                        "back them up, then plan again; or acknowledge it by name."));
    }

    /** The backups that an instance made of databases of groups. */
    private Map<String, Age> shared(String instance) {
        Map<Integer, Age> made = AgeReader.backups(engine.access(instance));
        Map<String, Age> out = new HashMap<>();
        for (DatabaseAge d : AgeReader.databases(engine.access(instance))) {
            Optional<Age> age = Optional.ofNullable(made.get(d.id()));
            d.shared().ifPresent(s -> age.ifPresent(a -> out.put(s, a)));
        }
        return out;
    }

    private Optional<Finding> checks(String instance, Duration limit) {
        List<DatabaseAge> writable =
                databases(instance).stream().filter(d -> !d.readOnly()).toList();
        return late(writable, DatabaseAge::checked, limit)
                .map(names -> Finding.ack(
                        CHECK_AGE,
                        instance,
                        "databases that DBCC CHECKDB did not find sound of late: " + names,
                        "a check of each, not older than " + Age.words(limit)
                                + "; servers tell of them from 2016 SP2 on",
                        "run DBCC CHECKDB on them, then plan again; or acknowledge it by name."));
    }

    private List<DatabaseAge> databases(String instance) {
        return AgeReader.databases(engine.access(instance)).stream()
                .filter(DatabaseAge::judged)
                .toList();
    }

    private static Optional<String> late(List<DatabaseAge> databases, Function<DatabaseAge, Age> age, Duration limit) {
        String names = databases.stream()
                .filter(d -> !age.apply(d).isWithin(limit))
                .map(d -> d.name() + " (" + age.apply(d).words() + ")")
                .collect(Collectors.joining(", "));
        return Optional.of(names).filter(n -> !n.isEmpty());
    }
}
