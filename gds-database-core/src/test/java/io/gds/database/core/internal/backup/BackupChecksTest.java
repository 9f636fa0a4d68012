package io.gds.database.core.internal.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.gds.database.Secret;
import io.gds.database.core.internal.config.DefaultEngineContext;
import io.gds.database.core.internal.config.Plugins;
import io.gds.database.error.GdsDatabaseException;
import io.gds.database.error.InvalidSpecException;
import io.gds.database.plan.ClusterRef;
import io.gds.database.plan.Finding;
import io.gds.database.plan.Params;
import io.gds.database.spi.BackupRule;
import io.gds.database.spi.HostShell;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real programs and a real HTTP server, through the context that engines get. */
class BackupChecksTest {
    private static final Instant TAKEN = Instant.parse("2026-01-31T02:00:00Z");
    private static final String SECRET = "s3cr3t-value";

    @TempDir
    Path dir;

    private final List<String> hosts = new ArrayList<>();
    private final CountDownLatch testEnded = new CountDownLatch(1);
    private DefaultEngineContext context;
    private Function<String, HostShell> shells;
    private HttpServer server;

    @BeforeEach
    void open() throws IOException {
        context = new DefaultEngineContext(
                new ClusterRef("fake", "orders", Params.empty()), Clock.systemUTC(), Plugins.load());
        shells = host -> {
            hosts.add(host);
            return context.shell(host, Params.of("type", "local"));
        };
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
    }

    @AfterEach
    void close() {
        testEnded.countDown();
        server.stop(0);
        context.abandon();
    }

    @Test
    void pgBackRestIsAskedOnItsHostForItsStanza() throws IOException {
        Path program =
                program("""
                echo "$@" > "$0.words"
                cat "$0.json"
                """);
        Files.writeString(
                Path.of(program + ".json"),
                "[{\"name\":\"main\",\"status\":{\"code\":0},\"db\":[{\"id\":1}],\"backup\":[{\"database\":{\"id\":1},"
                        + "\"label\":\"f\",\"timestamp\":{\"stop\":" + TAKEN.getEpochSecond() + "}}]}]");
        BackupRule rule = rule(Map.of(
                "type",
                "pgbackrest",
                "host",
                "h7",
                "stanza",
                "main",
                "program",
                program.toString(),
                "arguments",
                List.of("--repo=2")));
        assertThat(rule.check().lastBackup()).contains(TAKEN);
        assertThat(hosts).containsExactly("h7");
        assertThat(Files.readString(Path.of(program + ".words")))
                .isEqualTo("info --output=json --stanza=main --repo=2\n");
    }

    @Test
    void anyProgramMayPrintTheTime() throws IOException {
        assertThat(printed("2026-01-31T02:00:00Z")).contains(TAKEN);
        assertThat(printed("2026-01-31 03:00:00+01")).contains(TAKEN);
        assertThat(printed("2026-01-31 03:00:00.000 +01:00")).contains(TAKEN);
        assertThat(printed(Long.toString(TAKEN.getEpochSecond()))).contains(TAKEN);
        assertThat(printed(TAKEN.getEpochSecond() + ".25")).contains(TAKEN);
        assertThat(printed(Long.toString(TAKEN.toEpochMilli()))).contains(TAKEN);
        assertThat(printed("")).isEmpty();
        assertThatThrownBy(() -> printed("2026-01-31 03:00:00"))
                .hasMessageContaining("\"2026-01-31 03:00:00\"")
                .hasMessageContaining("a time with its zone");
        assertThatThrownBy(() -> printed("yesterday")).hasMessageContaining("\"yesterday\"");
    }

    @Test
    void programThatFailsIsAFindingAndNeverShowsItsSecret() throws IOException {
        Path secret = secretFile();
        BackupRule rule = rule(Map.of(
                "type",
                "command",
                "host",
                "h1",
                "command",
                List.of(program("echo $TOKEN >&2; exit 3").toString()),
                "secrets",
                Map.of("TOKEN", "file:" + secret)));
        Finding finding = rule.finding("orders", TAKEN).orElseThrow();
        assertThat(finding.severity()).isEqualTo(Finding.Severity.ACK);
        assertThat(finding.toString()).contains("EXITED with 3").contains("***").doesNotContain(SECRET);
    }

    @Test
    void anyServiceMayAnswerWithJson() throws IOException {
        List<String> tokens = new ArrayList<>();
        answer("/last", 200, "{\"backups\":[{\"finishedAt\":\"2026-01-31T02:00:00+00:00\"}]}", tokens);
        BackupRule rule = rule(Map.of(
                "type",
                "http",
                "url",
                url("/last"),
                "pointer",
                "/backups/0/finishedAt",
                "header",
                "X-Token",
                "secret",
                "file:" + secretFile()));
        assertThat(rule.check().lastBackup()).contains(TAKEN);
        assertThat(tokens).containsExactly(SECRET);
    }

    @Test
    void emptyListMeansNoBackup() {
        answer("/last", 200, "{\"backups\":[]}", new ArrayList<>());
        BackupRule rule =
                rule(Map.of("type", "http", "url", url("/last"), "pointer", "/backups/0/finishedAt", "required", true));
        assertThat(rule.finding("orders", TAKEN).orElseThrow())
                .returns(Finding.Severity.BLOCK, Finding::severity)
                .returns("no backup", Finding::observed)
                .returns("a backup not older than 26 h", Finding::expected);
    }

    @Test
    void serviceThatRefusesRepeatsItsSecretInVain() throws IOException {
        answer("/last", 403, "bad token " + SECRET, new ArrayList<>());
        BackupRule rule = rule(Map.of(
                "type", "http", "url", url("/last?key=abc"), "header", "X-Token", "secret", "file:" + secretFile()));
        assertThat(rule.finding("orders", TAKEN).orElseThrow().observed())
                .contains("status 403 and \"bad token ***\"")
                .doesNotContain(SECRET)
                .doesNotContain("abc");
    }

    @Test
    void redirectsAreNotFollowed() {
        server.createContext("/last", exchange -> {
            exchange.getResponseHeaders().set("Location", url("/other"));
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        assertThatThrownBy(() -> rule(Map.of("type", "http", "url", url("/last")))
                        .check()
                        .lastBackup())
                .hasMessageContaining("status 302");
    }

    @Test
    void serviceThatHangsInItsBodyIsGivenUp() {
        server.createContext("/last", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write('2');
            exchange.getResponseBody().flush();
            try {
                testEnded.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.close();
        });
        BackupRule rule = rule(Map.of("type", "http", "url", url("/last"), "timeout", "PT0.3S"));
        assertThat(rule.finding("orders", TAKEN).orElseThrow().observed()).contains("nothing within 300 ms");
    }

    @Test
    void bodyWithoutEndIsRefused() {
        answer("/last", 200, "9".repeat((1 << 20) + 1), new ArrayList<>());
        assertThatThrownBy(() -> rule(Map.of("type", "http", "url", url("/last")))
                        .check()
                        .lastBackup())
                .isInstanceOf(GdsDatabaseException.class)
                .hasMessageContaining("more than 1048576 bytes");
    }

    @Test
    void everyMistakeOfTheSettingsIsNamed() {
        assertThatThrownBy(() -> rule(Map.of("type", "pgbackrest", "timeout", "soon", "stanca", "main")))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("backup.host: found nothing")
                .hasMessageContaining("backup.stanza: found nothing")
                .hasMessageContaining("backup.timeout: found \"soon\"")
                .hasMessageContaining("backup.stanca: found an unknown key");
        assertThatThrownBy(() -> rule(Map.of("type", "http", "url", "ftp://x", "secret", "hunter2", "pointer", "a")))
                .hasMessageContaining("backup.url: found \"ftp://x\"")
                .hasMessageContaining("backup.secret: found ***")
                .hasMessageContaining("backup.header: found nothing")
                .hasMessageContaining("backup.pointer: found \"a\"")
                .hasMessageNotContaining("hunter2");
        assertThatThrownBy(() -> rule(Map.of("type", "http", "url", "https://me:hunter2@x/")))
                .hasMessageContaining("without a password")
                .hasMessageNotContaining("hunter2");
        assertThatThrownBy(
                        () -> rule(Map.of("type", "command", "host", "h", "command", List.of("x"), "maxAge", "P-1D")))
                .hasMessageContaining("backup.maxAge: found \"P-1D\"");
        assertThatThrownBy(() -> rule(Map.of("type", "barman")))
                .hasMessageContaining("[GDS-BACKUP-TYPE]")
                .hasMessageContaining("[command, http, pgbackrest]");
    }

    @Test
    void ageDecides() {
        BackupRule rule = new BackupRule(() -> Optional.of(TAKEN), Duration.ofHours(24), false);
        assertThat(rule.finding("orders", TAKEN.plus(Duration.ofHours(24)))).isEmpty();
        assertThat(rule.finding("orders", TAKEN.minusSeconds(60))).isEmpty();
        assertThat(rule.finding("orders", TAKEN.plus(Duration.ofHours(25))))
                .hasValueSatisfying(
                        f -> assertThat(f.observed()).isEqualTo("the newest backup is 25 h old, of " + TAKEN));
        assertThat(rule.finding("orders", TAKEN.minusSeconds(3600)))
                .hasValueSatisfying(f -> assertThat(f.observed()).contains("in the future"));
    }

    private Optional<Instant> printed(String text) throws IOException {
        return rule(Map.of(
                        "type",
                        "command",
                        "host",
                        "h1",
                        "command",
                        List.of(program("printf '%s\\n' \"$1\"").toString(), text)))
                .check()
                .lastBackup();
    }

    private BackupRule rule(Map<String, ?> settings) {
        return context.backups(Params.of(settings), shells);
    }

    private Path program(String body) throws IOException {
        Path file = dir.resolve("program");
        Files.writeString(file, "#!/bin/sh\n" + body);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
        return file;
    }

    private Path secretFile() throws IOException {
        Path file = dir.resolve("secret");
        Files.writeString(file, Secret.of(SECRET).reveal());
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return file;
    }

    private void answer(String path, int status, String body, List<String> tokens) {
        server.createContext(path, exchange -> {
            Optional.ofNullable(exchange.getRequestHeaders().getFirst("X-Token"))
                    .ifPresent(tokens::add);
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }

    private String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }
}
