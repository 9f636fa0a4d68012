package io.gds.engine.postgres.patroni;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gds.database.CloneRequest;
import io.gds.database.Cloning;
import io.gds.database.ClusterClone;
import io.gds.database.DatabaseEngine;
import io.gds.database.error.GdsDatabaseException;
import io.gds.database.testkit.faults.KillChain;
import io.gds.engine.postgres.faults.PostgresFaultPatch;
import io.gds.testbed.Bed;
import io.gds.testbed.BedNode;
import io.gds.testbed.BedOptions;
import io.gds.testbed.Edition;
import io.gds.testbed.PatroniTestbed;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Rehearsals on clones of a real Patroni cluster, which notices none of it, whatever happens to them. */
@Tag("slow")
class PatroniRehearsalTest extends RehearsalCase {
    @RegisterExtension
    static final PatroniTestbed TESTBED = PatroniTestbed.of(BedOptions.of(Edition.BOOKWORM));

    @Override
    Bed start() {
        return TESTBED.bed();
    }

    private static Cloning clones(DatabaseEngine engine) {
        return engine.facet(Cloning.class).orElseThrow();
    }

    private static String ask(ClusterClone clone, String query) {
        try (Connection c = DriverManager.getConnection(clone.connectionString(), "postgres", "super");
                Statement s = c.createStatement();
                ResultSet rs = s.executeQuery(query)) {
            rs.next();
            return rs.getString(1);
        } catch (SQLException e) {
            throw new AssertionError(query, e);
        }
    }

    @Test
    void aRehearsalBesideAReplica() throws IOException {
        try (PatroniCase c = besideAReplica()) {
            rehearse(c);
        }
    }

    @Test
    void aRehearsalOnAnotherHost() throws IOException {
        try (PatroniCase c = onAnotherHost()) {
            rehearse(c);
        }
    }

    @Test
    void clonesAreClustersOfTheirOwnAndKeepOutOfEachOthersWay() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try (PatroniCase c = besideAReplica();
                DatabaseEngine engine = c.open()) {
            Supplier<ClusterClone> one = () -> clones(engine).cloneCluster(CloneRequest.named("one"));
            CompletableFuture<ClusterClone> other = CompletableFuture.supplyAsync(
                    () -> clones(engine).cloneCluster(CloneRequest.named("two")), threads);
            try (ClusterClone a = one.get();
                    ClusterClone b = other.join()) {
                assertThat(a.connectionString()).isNotEqualTo(b.connectionString());
                for (ClusterClone each : List.of(a, b)) {
                    assertThat(ask(each, "select pg_is_in_recovery()::text")).isEqualTo("false");
                    assertThat(ask(each, "select count(*)::text from pgbench_accounts"))
                            .isEqualTo("100000");
                    assertThat(ask(each, "show cluster_name")).isEqualTo("gds-clone-" + each.id());
                    assertThat(ask(each, "show archive_mode")).isEqualTo("off");
                    assertThat(ask(each, "show primary_conninfo")).isEmpty();
                    assertThat(ask(each, "show synchronous_standby_names")).isEmpty();
                    assertThat(ask(each, "show max_logical_replication_workers"))
                            .isEqualTo("0");
                    assertThat(ask(each, "select count(*)::text from pg_replication_slots"))
                            .isEqualTo("0");
                    assertThat(ask(each, "select count(*)::text from pg_stat_replication"))
                            .isEqualTo("0");
                }
                assertThat(clones(engine).clones()).containsExactly("one", "two");
                try (DatabaseEngine another = c.open()) {
                    assertThat(clones(another).findClone("two"))
                            .hasValueSatisfying(
                                    x -> assertThat(x.connectionString()).isEqualTo(b.connectionString()));
                }
                ClusterTraces meanwhile = ClusterTraces.of(bed());
                for (String fact : List.of("leader", "timeline", "streams", "slots", "keys")) {
                    assertThat(meanwhile.facts())
                            .containsEntry(fact, before().facts().get(fact));
                }
            }
            assertThat(clones(engine).clones()).isEmpty();
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void aHostWithoutEtcdIsRefusedWithTheRemedy() throws IOException {
        BedNode host = bed().proxy();
        host.run("mv", "/usr/bin/etcd", "/usr/bin/etcd.away");
        try (PatroniCase c = onAnotherHost();
                DatabaseEngine engine = c.open()) {
            assertThatThrownBy(() -> clones(engine).cloneCluster(CloneRequest.named("none")))
                    .isInstanceOfSatisfying(GdsDatabaseException.class, e -> {
                        assertThat(e.code()).isEqualTo("GDS-CLONE-REFUSED");
                        assertThat(e).hasMessageContaining("no program etcd").hasMessageContaining("etcd-server");
                    });
        } finally {
            host.run("mv", "/usr/bin/etcd.away", "/usr/bin/etcd");
        }
    }

    @Test
    void aHostThatLacksSeveralThingsIsToldAllOfThemAtOnce() throws IOException {
        try (PatroniCase c = cloning(
                        "host: " + bed().proxy().address() + ", directory: /var/lib/no-such, portRange: 6430-6433, ",
                        "repl");
                DatabaseEngine engine = c.open()) {
            assertThatThrownBy(() -> clones(engine).cloneCluster(CloneRequest.named("none")))
                    .hasMessageContaining("/var/lib/no-such is no directory")
                    .extracting(e -> ((GdsDatabaseException) e).code())
                    .isEqualTo("GDS-CLONE-REFUSED");
        }
        try (PatroniCase c = cloning(
                        "host: " + bed().proxy().address() + ", directory: /var/lib/postgresql, portRange: 6430-6433, ",
                        "repl");
                DatabaseEngine engine = c.open()) {
            assertThatThrownBy(() -> clones(engine).cloneCluster(CloneRequest.named("none")))
                    .hasMessageContaining("3 free ports from 6430 to 6433");
        }
    }

    @Test
    void aWrongPasswordLeavesNothingAndAppearsNowhere() throws IOException {
        try (PatroniCase c = cloning("", "wrong-and-secret");
                DatabaseEngine engine = c.open()) {
            assertThatThrownBy(() -> clones(engine).cloneCluster(CloneRequest.named("none")))
                    .hasMessageContaining("password authentication failed")
                    .hasMessageNotContaining("wrong-and-secret");
            assertThat(clones(engine).clones()).isEmpty();
        }
    }

    @Test
    void withoutALoginThereIsNoCopy() throws IOException {
        try (PatroniCase c = PatroniCase.of(bed(), ignored -> "");
                DatabaseEngine engine = c.open()) {
            assertThatThrownBy(() -> clones(engine).cloneCluster(CloneRequest.named("none")))
                    .hasMessageContaining("clone.user and clone.password");
        }
    }

    @Test
    void aRehearsalWhoseProcessIsKilledInsideEveryStepComesToItsEnd() throws Exception {
        try (PatroniCase c = besideAReplica()) {
            KillChain chain = new KillChain(
                    c.spec(),
                    c.journal(),
                    PostgresFaultPatch.class,
                    "rehearse",
                    bed().newMinor().upstream(),
                    System.nanoTime(),
                    Duration.ofSeconds(3));
            KillChain.End end = chain.insideEveryStep(step -> true);
            assertThat(end.status()).as(end.summary()).isEqualTo("SUCCEEDED");
            assertThat(chain.killedAt()).contains("clone-create", "clone-install", "clone-start", "clone-destroy");
        }
    }

    @Test
    @Tag("long")
    void aRehearsalWhoseProcessIsKilledBetweenItsStepsComesToItsEnd() throws Exception {
        try (PatroniCase c = onAnotherHost()) {
            KillChain chain = new KillChain(
                    c.spec(),
                    c.journal(),
                    PostgresFaultPatch.class,
                    "rehearse",
                    bed().newMinor().upstream(),
                    System.nanoTime(),
                    Duration.ZERO);
            KillChain.End end = chain.atEveryBoundary(step -> true);
            assertThat(end.status()).as(end.summary()).isEqualTo("SUCCEEDED");
            assertThat(chain.killedAt()).contains("clone-create", "clone-stop", "clone-install");
        }
    }

    /** Its process is gone, and its units with it: what the disk still has is found and removed. */
    @Test
    void aCloneWhoseHostWasSwitchedOffIsRemoved() throws Exception {
        try (PatroniCase c = onAnotherHost();
                DatabaseEngine engine = c.open()) {
            clones(engine).cloneCluster(CloneRequest.named("dead").unowned());
            bed().proxy().crash();
            assertThatThrownBy(() -> clones(engine).clones()).isInstanceOf(GdsDatabaseException.class);
            bed().proxy().boot();
        }
        try (PatroniCase c = onAnotherHost();
                DatabaseEngine engine = c.open()) {
            assertThat(clones(engine).clones()).containsExactly("dead");
            clones(engine).findClone("dead").orElseThrow().close();
            assertThat(clones(engine).findClone("dead")).isEmpty();
        }
    }
}
