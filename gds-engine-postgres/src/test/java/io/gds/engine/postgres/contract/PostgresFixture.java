package io.gds.engine.postgres.contract;

import io.gds.database.DatabaseEngine;
import io.gds.database.core.Engines;
import io.gds.database.core.Journal;
import io.gds.database.core.RollingPatcher;
import io.gds.database.testkit.EngineFixture;
import io.gds.database.version.EngineVersion;
import io.gds.engine.postgres.Scratch;
import io.gds.samples.embedded.EmbeddedCluster;
import io.gds.samples.embedded.Member;
import io.gds.samples.embedded.PostgresBinaries;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;

/** Three real servers, looked at through plain JDBC. */
final class PostgresFixture implements EngineFixture {
    private final EmbeddedCluster cluster;
    private final Scratch directory;
    private final DatabaseEngine engine;
    private final Journal journal;
    private final RollingPatcher patcher;

    PostgresFixture() {
        cluster = EmbeddedCluster.builder(PostgresBinaries.find())
                .version("17.9")
                .alsoInstalled("17.11")
                .members(3)
                .name("contract")
                .start();
        directory = Scratch.of("gds-contract");
        Path spec = directory.resolve("contract.yaml");
        cluster.writeSpec(spec);
        engine = Engines.open(spec);
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

    /** Real servers need real time. */
    @Override
    public void pass(Duration time) {
        LockSupport.parkNanos(time.toNanos());
    }

    @Override
    public List<String> members() {
        return cluster.members().stream().map(Member::name).toList();
    }

    private Optional<String> ask(Member member, String sql) {
        try (Connection c = member.connect();
                Statement s = c.createStatement();
                ResultSet rs = s.executeQuery(sql)) {
            return rs.next() ? Optional.of(rs.getString(1)) : Optional.empty();
        } catch (SQLException e) {
            return Optional.empty(); // it does not answer, which is what was asked
        }
    }

    @Override
    public Optional<EngineVersion> running(String member) {
        Member m = cluster.member(member);
        return m.isRunning()
                ? ask(m, "SELECT split_part(current_setting('server_version'), ' ', 1)")
                        .map(EngineVersion::parse)
                : Optional.empty();
    }

    @Override
    public String primary() {
        return cluster.members().stream()
                .filter(m -> ask(m, "SELECT pg_is_in_recovery()::text")
                        .filter("false"::equals)
                        .isPresent())
                .map(Member::name)
                .findFirst()
                .orElse("none");
    }

    @Override
    public boolean isWritable() {
        try (Connection c = cluster.connectApplication();
                Statement s = c.createStatement()) {
            s.execute("CREATE TABLE IF NOT EXISTS fixture (at timestamptz)");
            return s.executeUpdate("INSERT INTO fixture VALUES (now())") == 1;
        } catch (SQLException e) {
            return false;
        }
    }

    /** Every promotion begins a timeline; the first cluster is on timeline 1. */
    @Override
    public OptionalLong promotions() {
        return ask(
                        cluster.member(primary()),
                        "SELECT ('x' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8))::bit(32)::int")
                .map(t -> OptionalLong.of(Long.parseLong(t) - 1))
                .orElse(OptionalLong.empty());
    }

    @Override
    public void kill(String member) {
        cluster.member(member).kill();
    }

    @Override
    public void restart(String member) {
        cluster.member(member).start();
    }

    @Override
    public EngineVersion target() {
        return EngineVersion.parse("17.11");
    }

    @Override
    public void close() {
        patcher.close();
        journal.close();
        engine.close();
        cluster.close();
        directory.close();
    }
}
