package io.gds.engine.mssql.group;

import com.microsoft.sqlserver.jdbc.SQLServerDataSource;
import io.gds.database.DatabaseEngine;
import io.gds.database.core.Journal;
import io.gds.database.core.RollingPatcher;
import io.gds.database.testkit.EngineFixture;
import io.gds.database.testkit.mssql.AvailabilityGroup;
import io.gds.database.testkit.mssql.GroupEvent;
import io.gds.database.testkit.mssql.ReplicaSettings;
import io.gds.database.testkit.mssql.SynchronizationState;
import io.gds.database.testkit.windows.HostService;
import io.gds.database.version.EngineVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** Three replicas that commit together, looked at through the models and a plain driver. */
final class GroupFixture implements EngineFixture {
    private final Path directory;
    private final GroupBed bed;
    private final AvailabilityGroup group;
    private final DatabaseEngine engine;
    private final Journal journal;
    private final RollingPatcher patcher;
    private long row;

    GroupFixture() {
        try {
            directory = Files.createTempDirectory("gds-mssql-contract-");
            bed = new GroupBed(directory, 3);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        group = bed.group("ag1", b -> b.replica(bed.server(1).instance, ReplicaSettings.automatic())
                .replica(bed.server(2).instance, ReplicaSettings.automatic())
                .replica(bed.server(3).instance, ReplicaSettings.synchronous())
                .databases("db01", "db02"));
        engine = bed.open(GroupRun.PROBED);
        journal = Journal.sqlite(directory.resolve("runs.db"));
        patcher = RollingPatcher.create(journal);
    }

    @Override
    public DatabaseEngine engine() {
        return engine;
    }

    @Override
    public RollingPatcher patcher() {
        return patcher;
    }

    @Override
    public Journal journal() {
        return journal;
    }

    @Override
    public Clock clock() {
        return Clock.systemUTC();
    }

    /** The real clients need real time. */
    @Override
    public void pass(Duration time) {
        LockSupport.parkNanos(time.toNanos());
    }

    @Override
    public List<String> members() {
        return bed.servers().stream().map(s -> s.address).toList();
    }

    @Override
    public Optional<EngineVersion> running(String member) {
        GroupServer server = bed.at(member);
        return server.service().state() == HostService.State.RUNNING
                ? Optional.of(EngineVersion.parse(server.instance.version()))
                : Optional.empty();
    }

    /** Its process is setup's to end; no data reach it. */
    @Override
    public boolean isOutOfService(String member) {
        String name = bed.at(member).host.name();
        return Stream.of("db01", "db02")
                .allMatch(d -> group.synchronization(name, d) == SynchronizationState.NOT_SYNCHRONIZING);
    }

    @Override
    public String primary() {
        return bed.primary();
    }

    @Override
    public boolean isWritable() {
        Optional<GroupServer> primary = bed.servers().stream()
                .filter(s -> s.address.equals(bed.primary()))
                .findFirst();
        return primary.isPresent() && writes(primary.get());
    }

    private boolean writes(GroupServer server) {
        SQLServerDataSource source = new SQLServerDataSource();
        source.setServerName(server.address);
        source.setPortNumber(server.instance.server().port());
        source.setDatabaseName("db02");
        source.setUser("gds");
        source.setPassword(GroupServer.PASSWORD);
        source.setEncrypt("false");
        source.setLoginTimeout(5);
        source.setSocketTimeout(5000);
        try (Connection connection = source.getConnection();
                Statement s = connection.createStatement()) {
            if (row == 0) {
                s.execute("CREATE TABLE fixture (id bigint NOT NULL PRIMARY KEY)");
            }
            row++;
            s.execute("INSERT INTO fixture (id) VALUES (" + row + ")");
            return true;
        } catch (SQLException e) {
            return false;
        }
    }

    @Override
    public OptionalLong promotions() {
        return OptionalLong.of(group.events(GroupEvent.PrimaryChanged.class).stream()
                .filter(e -> !e.to().equals(e.from()))
                .count());
    }

    @Override
    public boolean electsByItself() {
        return true;
    }

    @Override
    public void kill(String member) {
        bed.at(member).service().die();
    }

    @Override
    public void restart(String member) {
        bed.at(member).service().start();
    }

    @Override
    public EngineVersion target() {
        return EngineVersion.parse(GroupServer.NEW);
    }

    @Override
    public void close() {
        patcher.close();
        journal.close();
        engine.close();
        bed.close();
        try (Stream<Path> all = Files.walk(directory)) {
            all.sorted(Comparator.reverseOrder()).forEach(p -> p.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
