package io.gds.engine.postgres.internal.pooler;

import static org.assertj.core.api.Assertions.assertThat;

import io.gds.database.plan.Finding;
import io.gds.engine.postgres.internal.config.HaproxySpec;
import io.gds.engine.postgres.internal.config.PoolerSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class PreFlightTest {
    private static PoolerBed bed;
    private static int next;

    @BeforeAll
    static void start() {
        bed = new PoolerBed("preflight");
    }

    @AfterAll
    static void stop() {
        if (bed != null) {
            bed.close();
        }
    }

    private static List<Finding> findings(PoolerSpec... specs) {
        return PoolerPreFlight.findings(bed.engine, List.of(specs), Leader.of(bed.engine));
    }

    private static List<String> ids(UnaryOperator<String> ini) throws Exception {
        return findings(bed.pooler("p" + ++next, ini).spec()).stream()
                .map(f -> f.severity() + " " + f.id())
                .toList();
    }

    @Test
    void nothingSpeaksAgainstAnOrdinaryPooler() throws Exception {
        assertThat(findings(bed.pooler("plain").spec())).isEmpty();
    }

    @Test
    void sessionPoolingIsRefused() throws Exception {
        assertThat(ids(ini -> ini.replace("pool_mode = transaction", "pool_mode = session")))
                .containsExactly("BLOCK PG-POOLER-SESSION");
    }

    @Test
    void everyMistakeIsTold() throws Exception {
        PgBouncer pooler = bed.pooler("wrong", ini -> ini.replace("server_login_retry = 1", "query_wait_timeout = 10")
                .replace("app = ", "also = dbname=app "));
        List<Finding> found = findings(pooler.spec(Optional.of(Duration.ofSeconds(9)), "app"));
        assertThat(found)
                .extracting(Finding::id)
                .containsExactly(
                        "PG-POOLER-WAIT", "PG-POOLER-LOGIN-RETRY", "PG-POOLER-DATABASE", "PG-POOLER-OTHER-DATABASE");
        assertThat(found.get(0).toString()).contains("PT10S").contains("PT9S");
    }

    @Test
    void hostsThatDoNotLeadToThePrimaryAreRefused() throws Exception {
        int standby = bed.cluster.member("n2").port();
        assertThat(ids(ini -> ini.replaceAll("app = host=\\S+ port=\\d+", "app = host=localhost port=" + standby)))
                .containsExactly("BLOCK PG-POOLER-TARGET");
        assertThat(ids(ini -> ini.replaceAll("app = host=\\S+", "app = host=127.0.0.1,localhost")))
                .contains("BLOCK PG-POOLER-TARGET");
    }

    @Test
    void serverOnThePoolersOwnHostIsRefusedUnderAnotherName() throws Exception {
        assertThat(ids(ini -> ini.replaceAll("app = host=\\S+", "app = host=localhost")))
                .containsExactly("BLOCK PG-POOLER-TARGET");
    }

    @Test
    void configurationThatCannotBeFollowedIsRefused() throws Exception {
        PgBouncer pooler = bed.pooler("moved");
        Files.writeString(pooler.configFile(), pooler.ini() + "%include relative.ini\n");
        assertThat(findings(pooler.spec())).extracting(Finding::id).containsExactly("PG-POOLER-CONFIG");
    }

    @Test
    void proxiesAreReadOnTheirHost() throws Exception {
        Path file = bed.cluster.workDir().resolve("haproxy.cfg");
        Files.writeString(file, "listen primary\n server n1 127.0.0.1:1 check\n");
        HaproxySpec spec = new HaproxySpec("127.0.0.1", "primary", file.toString(), Optional.empty());
        assertThat(HaproxyAdvisor.findings(bed.engine, spec, Duration.ofSeconds(1)))
                .extracting(Finding::id)
                .contains("PG-HAPROXY-OUTAGE", "PG-HAPROXY-HTTPCHK");
        HaproxySpec gone = new HaproxySpec("127.0.0.1", "primary", file + ".gone", Optional.empty());
        assertThat(HaproxyAdvisor.findings(bed.engine, gone, Duration.ofSeconds(1)))
                .extracting(Finding::id)
                .containsExactly("PG-HAPROXY-CONFIG");
    }

    @Test
    void deadPoolersAndWrongPasswordsAreTold() throws Exception {
        PgBouncer pooler = bed.pooler("dead");
        PoolerSpec right = pooler.spec();
        PoolerSpec wrong = new PoolerSpec(
                "wrong",
                right.address(),
                right.databases(),
                right.user(),
                "file:" + bed.cluster.secretFile(),
                right.sslMode(),
                right.configFile(),
                right.shell(),
                right.pauseLimit());
        List<Finding> refused = findings(wrong);
        assertThat(refused).hasSize(1);
        assertThat(refused.get(0).observed()).contains("does not let us into its console");
        pooler.kill();
        assertThat(findings(right)).hasSize(1);
        assertThat(findings(right).get(0).observed()).contains("does not answer");
    }
}
