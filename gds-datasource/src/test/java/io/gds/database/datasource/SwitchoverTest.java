package io.gds.database.datasource;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.gds.samples.embedded.EmbeddedCluster;
import io.gds.samples.embedded.PostgresBinaries;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Planned switchovers of real servers under a load of eight clients without retries, through HikariCP. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SwitchoverTest {
    private static final int ROUNDS = 5;
    private static final Duration AT_MOST = Duration.ofSeconds(20);

    private EmbeddedCluster cluster;
    private HikariDataSource pool;

    @BeforeAll
    void startServers() {
        cluster = EmbeddedCluster.builder(PostgresBinaries.find())
                .version("17.11")
                .members(3)
                .name("held")
                .start();
    }

    @AfterAll
    void stopServers() {
        cluster.close();
    }

    @BeforeEach
    void openPool() throws SQLException {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(cluster.applicationUrl());
        config.setUsername(cluster.applicationUser());
        config.setPassword(cluster.applicationPassword());
        config.setMaximumPoolSize(8);
        config.setConnectionTimeout(10_000);
        pool = new HikariDataSource(config);
        try (Connection c = pool.getConnection();
                Statement s = c.createStatement()) {
            s.execute("DROP TABLE IF EXISTS ledger, accounts");
        }
    }

    @AfterEach
    void closePool() {
        pool.close();
    }

    private HoldingDataSource.Builder around() {
        return HoldingDataSource.around(pool)
                .onRelease(() -> requireNonNull(pool.getHikariPoolMXBean()).softEvictConnections());
    }

    /** One who announces and lifts. */
    private interface Announcer {
        void hold(String token) throws Exception;

        void lift(String token) throws Exception;
    }

    @Test
    void withoutAHoldEveryClientFails() throws Exception {
        try (Clients clients = Clients.start(pool, 8)) {
            round(clients, null, "");
            assertThat(clients.failures()).hasSizeGreaterThanOrEqualTo(4);
            clients.stop();
        }
    }

    @Test
    void noTransactionFailsWhenTheSameProcessHolds() throws Exception {
        try (HoldingDataSource source = around().build()) {
            noneFails("same process", ROUNDS, source, inProcess(source.hold()));
        }
    }

    @Test
    void noTransactionFailsWhenThePoolIsNotToldToEvict() throws Exception {
        try (HoldingDataSource source = HoldingDataSource.around(pool).build()) {
            noneFails("without eviction", 2, source, inProcess(source.hold()));
        }
    }

    @Test
    void noTransactionFailsWhenAFileHolds(@TempDir Path dir) throws Exception {
        Path file = dir.resolve("hold");
        try (HoldingDataSource source = around().announcedBy(file).build()) {
            noneFails("file", ROUNDS, source, new Announcer() {
                @Override
                public void hold(String token) throws Exception {
                    Path draft = dir.resolve("draft");
                    Files.writeString(draft, "token=" + token + "\nforMillis=" + AT_MOST.toMillis() + "\n");
                    Files.move(draft, file, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
                    Until.holds("it is quiet", () -> Protocol.acks(file).stream()
                            .anyMatch(a -> a.contains("phase=QUIESCED\ntoken=" + token + "\n")));
                }

                @Override
                public void lift(String token) throws Exception {
                    Files.delete(file);
                }
            });
        }
        assertThat(Protocol.acks(file)).isEmpty();
    }

    @Test
    void noTransactionFailsWhenARequestHolds() throws Exception {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (HoldingDataSource source = around().build();
                HoldEndpoint endpoint = HoldEndpoint.start(address, Protocol.SECRET, source.hold())) {
            Protocol http = new Protocol(endpoint.address());
            noneFails("HTTP", ROUNDS, source, new Announcer() {
                @Override
                public void hold(String token) throws Exception {
                    assertThat(http.send("POST", "/" + token + "?for=" + AT_MOST.toMillis() + "&wait=5000")
                                    .statusCode())
                            .isEqualTo(200);
                }

                @Override
                public void lift(String token) throws Exception {
                    assertThat(http.send("DELETE", "/" + token).statusCode()).isEqualTo(200);
                }
            });
        }
    }

    @Test
    void announcerThatVanishesCostsTimeAndNoTransaction() throws Exception {
        Duration brief = Duration.ofSeconds(3);
        try (HoldingDataSource source = around().build();
                Clients clients = Clients.start(source, 8)) {
            RoleChange change = RoleChange.next(cluster);
            clients.awaitCommits(200);
            change.prepare();
            source.hold().announce("vanished", brief);
            assertThat(source.hold().awaitQuiesced("vanished", brief).isQuiescedFor("vanished"))
                    .isTrue();
            change.perform();
            clients.awaitCommits(200);
            assertThat(clients.longest()).isGreaterThan(brief.minusMillis(500));
            change.finish();
            clients.stop();
            assertThat(clients.failures()).isEmpty();
        }
    }

    private static Announcer inProcess(Hold hold) {
        return new Announcer() {
            @Override
            public void hold(String token) throws Exception {
                hold.announce(token, AT_MOST);
                assertThat(hold.awaitQuiesced(token, Duration.ofSeconds(5)).isQuiescedFor(token))
                        .isTrue();
            }

            @Override
            public void lift(String token) {
                hold.lift(token);
            }
        };
    }

    private void noneFails(String what, int rounds, HoldingDataSource source, Announcer announcer) throws Exception {
        List<String> told = new ArrayList<>();
        try (Clients clients = Clients.start(source, 8)) {
            for (int n = 1; n <= rounds; n++) {
                told.add(round(clients, announcer, "round." + n));
                assertThat(clients.failures()).as("round " + n).isEmpty();
            }
            clients.stop();
            try (Connection c = source.getConnection();
                    Statement s = c.createStatement();
                    ResultSet row =
                            s.executeQuery("SELECT count(*), (SELECT sum(written) FROM accounts) FROM ledger")) {
                row.next();
                assertThat(row.getLong(1)).isEqualTo(clients.committed()).isEqualTo(row.getLong(2));
            }
            System.out.println("switchovers, " + what + ": 0 of " + clients.committed()
                    + " failed; stopped and longest ms " + told);
        }
    }

    private String round(Clients clients, @org.jspecify.annotations.Nullable Announcer announcer, String token)
            throws Exception {
        RoleChange change = RoleChange.next(cluster);
        clients.awaitCommits(200);
        change.prepare();
        clients.longest();
        long begun = System.nanoTime();
        if (announcer != null) {
            announcer.hold(token);
        }
        change.perform();
        if (announcer != null) {
            announcer.lift(token);
        }
        long took = (System.nanoTime() - begun) / 1_000_000;
        clients.awaitCommits(200);
        String longest = took + "/" + clients.longest().toMillis();
        change.finish();
        return longest;
    }
}
