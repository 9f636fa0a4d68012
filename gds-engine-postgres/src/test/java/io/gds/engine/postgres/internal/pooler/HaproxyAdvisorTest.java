package io.gds.engine.postgres.internal.pooler;

import static org.assertj.core.api.Assertions.assertThat;

import io.gds.database.plan.Finding;
import io.gds.engine.postgres.internal.config.HaproxySpec;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HaproxyAdvisorTest {
    private static final Duration PROMOTION = Duration.ofMillis(1400);

    private static final String TUNED =
            """
            global
                maxconn 1000  # of all
            defaults
                mode tcp
                timeout client 30m
                timeout server 30m
                timeout connect 500ms
                timeout queue 100
                retries 1
            listen primary
                bind *:5000
                option httpchk OPTIONS /primary
                http-check expect status 200
                default-server inter 300ms fastinter 100ms downinter 100ms fall 2 rise 1 on-marked-down shutdown-sessions
                server n1 10.0.0.1:5432 maxconn 100 check port 8008
                server n2 10.0.0.2:5432 maxconn 100 check port 8008
            """;

    private static final String OF_THE_HANDBOOK =
            """
            defaults
                log global
                mode tcp
                retries 2
                timeout client 30m
                timeout connect 4s
                timeout server 30m
                timeout check 5s
            listen stats
                mode http
                bind *:7000
            listen primary
                bind *:5000
                option httpchk
                http-check expect status 200
                default-server inter 3s fall 3 rise 2 on-marked-down shutdown-sessions
                server n1 10.0.0.1:5432 check port 8008
            """;

    private static List<Finding> findings(String text, String proxy) {
        HaproxySpec spec = new HaproxySpec("lb1", proxy, "/etc/haproxy/haproxy.cfg", Optional.empty());
        return HaproxyAdvisor.findings(text, spec, PROMOTION);
    }

    private static HaproxyBackend backend(String text, String proxy) {
        return HaproxyBackend.of(HaproxyConfig.parse(text), proxy).orElseThrow();
    }

    @Test
    void tunedProxyNeedsNoAdvice() {
        assertThat(findings(TUNED, "primary")).isEmpty();
        HaproxyOutage outage = HaproxyOutage.of(backend(TUNED, "primary"), PROMOTION);
        assertThat(outage.longest()).isEqualTo(Duration.ofMillis(1500));
    }

    @Test
    void settingsOfTheHandbookMakeItLong() {
        List<Finding> found = findings(OF_THE_HANDBOOK, "primary");
        assertThat(found)
                .extracting(Finding::id)
                .containsExactly(
                        "PG-HAPROXY-OUTAGE",
                        "PG-HAPROXY-CONNECT-TIMEOUT",
                        "PG-HAPROXY-RETRIES",
                        "PG-HAPROXY-QUEUE-TIMEOUT",
                        "PG-HAPROXY-INTER",
                        "PG-HAPROXY-FASTINTER",
                        "PG-HAPROXY-DOWNINTER",
                        "PG-HAPROXY-FALL",
                        "PG-HAPROXY-RISE");
        assertThat(found).allMatch(f -> f.severity() == Finding.Severity.WARN);
        // seen down after 3 + 2 x 3 s, then two tries a second apart
        assertThat(found.get(0).observed()).startsWith("up to 11.0 s").contains("promotion 1.4");
        assertThat(found.get(1).observed()).isEqualTo("timeout connect 4000ms");
        assertThat(found.get(3).observed()).isEqualTo("timeout queue 4000ms");
    }

    @Test
    void measuredCaseIsWithinTheBound() {
        String measured = TUNED.replace("timeout connect 500ms", "timeout connect 2s")
                .replace("retries 1", "retries 3")
                .replace("inter 300ms fastinter 100ms downinter 100ms", "inter 500ms fastinter 200ms downinter 200ms");
        // 3.25 s were measured
        assertThat(HaproxyOutage.of(backend(measured, "primary"), PROMOTION).longest())
                .isBetween(Duration.ofMillis(3250), Duration.ofMillis(4000));
    }

    @Test
    void standbysThatCountAsHealthyAreTold() {
        String blind =
                TUNED.replace("    option httpchk OPTIONS /primary\n", "").replace("check port 8008", "");
        assertThat(findings(blind, "primary"))
                .extracting(Finding::id)
                .contains("PG-HAPROXY-HTTPCHK", "PG-HAPROXY-CHECK");
        assertThat(findings(TUNED.replace("/primary\n", "/replica\n"), "primary"))
                .extracting(Finding::observed)
                .contains("health is asked by OPTIONS /replica");
    }

    @Test
    void namedDefaultsQuotesAndOverridesAreUnderstood() {
        String text =
                """
                defaults slow
                  timeout connect 9s
                  default-server check inter 9s
                defaults quick from slow
                  timeout connect "250ms" # "quoted"
                defaults last
                  timeout connect 7s
                backend pg from quick
                  option httpchk
                  http-check send meth HEAD uri /read-write
                  server a\\ b 10.0.0.1:5432 inter 100 fastinter 50ms
                  server c 10.0.0.2:5432 no-check
                  no option redispatch
                backend other
                  server x 10.0.0.3:5432
                """;
        HaproxyBackend pg = backend(text, "pg");
        assertThat(pg.connectTimeout()).contains(Duration.ofMillis(250));
        assertThat(pg.healthCheck()).contains("HEAD /read-write");
        assertThat(pg.servers()).extracting(HaproxyBackend.Server::name).containsExactly("a b", "c");
        assertThat(pg.servers().get(0).inter()).isEqualTo(Duration.ofMillis(100));
        assertThat(pg.servers().get(0).downInter()).isEqualTo(Duration.ofMillis(100));
        assertThat(pg.servers()).extracting(HaproxyBackend.Server::checked).containsExactly(true, false);
        assertThat(backend(text, "other").connectTimeout()).contains(Duration.ofSeconds(7));
        assertThat(backend(text, "other").servers().get(0).fall()).isEqualTo(3);
    }

    @Test
    void wrongSectionIsToldAndNothingElse() {
        assertThat(findings(TUNED, "replicas")).extracting(Finding::id).containsExactly("PG-HAPROXY-CONFIG");
        assertThat(findings("garbage \\\n'", "primary")).extracting(Finding::id).containsExactly("PG-HAPROXY-CONFIG");
    }
}
