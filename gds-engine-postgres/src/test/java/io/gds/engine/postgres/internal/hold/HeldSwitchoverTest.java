package io.gds.engine.postgres.internal.hold;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.gds.database.ReplicationAdmin;
import io.gds.database.core.Engines;
import io.gds.database.datasource.HoldEndpoint;
import io.gds.database.datasource.HoldingDataSource;
import io.gds.database.plan.Params;
import io.gds.database.spi.Verdict;
import io.gds.engine.postgres.internal.PostgresEngine;
import io.gds.engine.postgres.internal.config.HoldSpec;
import io.gds.engine.postgres.internal.control.Spin;
import io.gds.samples.embedded.EmbeddedCluster;
import io.gds.samples.embedded.Member;
import io.gds.samples.embedded.PostgresBinaries;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two applications, one by file and one by HTTP, under a switchover by the engine. */
@Tag("slow")
class HeldSwitchoverTest {
    private static final String SECRET = "correct horse battery";
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    Path dir;

    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final AtomicLong committed = new AtomicLong();
    private final AtomicLong longest = new AtomicLong();
    private final AtomicBoolean stopped = new AtomicBoolean();

    private static HikariDataSource pool(EmbeddedCluster cluster) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(cluster.applicationUrl());
        config.setUsername(cluster.applicationUser());
        config.setPassword(cluster.applicationPassword());
        config.setMaximumPoolSize(4);
        return new HikariDataSource(config);
    }

    private static HoldingDataSource.Builder around(HikariDataSource pool) {
        return HoldingDataSource.around(pool)
                .onRelease(() -> requireNonNull(pool.getHikariPoolMXBean()).softEvictConnections());
    }

    @Test
    void noTransactionFailsInFiveOfFive() throws Exception {
        Path file = dir.resolve("hold");
        Path secret = Files.writeString(dir.resolve("secret"), SECRET);
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        Path specFile = dir.resolve("held.yaml");
        try (EmbeddedCluster cluster = EmbeddedCluster.builder(PostgresBinaries.find())
                        .version("17.11")
                        .members(3)
                        .name("held-engine")
                        .start();
                HikariDataSource onePool = pool(cluster);
                HikariDataSource otherPool = pool(cluster);
                HoldingDataSource one = around(onePool).announcedBy(file).build();
                HoldingDataSource other = around(otherPool).build();
                HoldEndpoint endpoint = HoldEndpoint.start(address, SECRET, other.hold())) {
            cluster.writeSpec(specFile);
            URI url = URI.create("http://127.0.0.1:" + endpoint.address().getPort() + "/hold");
            List<HoldSpec> specs = List.of(
                    new HoldSpec.ByFile(
                            file.toString(),
                            Optional.empty(),
                            Optional.empty(),
                            1,
                            Duration.ofSeconds(5),
                            Duration.ofSeconds(20)),
                    new HoldSpec.ByHttp(url, "file:" + secret, Duration.ofSeconds(5), Duration.ofSeconds(20)));
            try (PostgresEngine engine = (PostgresEngine) Engines.open(specFile)) {
                run(cluster, engine, specs, one, other);
            }
        }
    }

    private void run(
            EmbeddedCluster cluster,
            PostgresEngine engine,
            List<HoldSpec> specs,
            HoldingDataSource one,
            HoldingDataSource other)
            throws Exception {
        try (Connection c = one.getConnection();
                Statement s = c.createStatement()) {
            s.execute("CREATE TABLE ledger (client int, seq bigint, PRIMARY KEY (client, seq))");
        }
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            int client = i;
            Thread t = new Thread(() -> work(client, client % 2 == 0 ? one : other), "client-" + i);
            clients.add(t);
            t.start();
        }
        try {
            List<String> told = new ArrayList<>();
            for (int round = 1; round <= 5; round++) {
                awaitCommits(200);
                Member primary = cluster.primary();
                String to = primary.name().equals("n2") ? "n1" : "n2";
                longest.set(0);
                HoldStep step = new HoldStep(engine, specs);
                Params facts = step.open();
                long begun = System.nanoTime();
                engine.facet(ReplicationAdmin.class).orElseThrow().failover(to);
                long took = (System.nanoTime() - begun) / 1_000_000;
                assertThat(step.close(facts)).isInstanceOf(Verdict.Holds.class);
                awaitCommits(200);
                told.add(took + "/" + longest.get() / 1_000_000);
                assertThat(failures).as("round " + round).isEmpty();
                cluster.awaitStreaming();
            }
            System.out.println("held by the engine: 0 of " + committed + " failed; switchover and longest ms " + told);
        } finally {
            stopped.set(true);
            Spin.until(() -> clients.stream().noneMatch(Thread::isAlive), LIMIT);
        }
    }

    private void awaitCommits(long more) {
        long wanted = committed.get() + more;
        assertThat(Spin.until(() -> committed.get() >= wanted, LIMIT)).isTrue();
    }

    private void work(int client, DataSource source) {
        for (long seq = 0; !stopped.get(); seq++) {
            long begun = System.nanoTime();
            try (Connection c = source.getConnection()) {
                c.setAutoCommit(false);
                try (PreparedStatement read = c.prepareStatement("SELECT max(seq) FROM ledger WHERE client = ?");
                        PreparedStatement write = c.prepareStatement("INSERT INTO ledger VALUES (?, ?)")) {
                    read.setInt(1, client);
                    read.execute();
                    write.setInt(1, client);
                    write.setLong(2, seq);
                    write.execute();
                    c.commit();
                }
                committed.incrementAndGet();
            } catch (SQLException e) {
                failures.add(client + ": " + e.getSQLState() + " " + e.getMessage());
            }
            longest.accumulateAndGet(System.nanoTime() - begun, Math::max);
        }
    }
}
