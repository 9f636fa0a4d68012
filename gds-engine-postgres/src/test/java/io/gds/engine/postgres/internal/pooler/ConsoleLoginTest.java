package io.gds.engine.postgres.internal.pooler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gds.database.Secret;
import io.gds.engine.postgres.internal.config.PoolerSpec;
import java.io.File;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every way in which a pooler lets somebody in. */
@Tag("slow")
class ConsoleLoginTest {
    private static PoolerBed bed;
    private static int next;

    @BeforeAll
    static void start() {
        bed = new PoolerBed("login");
    }

    @AfterAll
    static void stop() {
        if (bed != null) {
            bed.close();
        }
    }

    private static PoolerSpec pooler(UnaryOperator<String> ini) throws Exception {
        return bed.pooler("p" + ++next, ini).spec();
    }

    private static String versionOf(PoolerSpec spec) {
        try (PgBouncerConsole console =
                PgBouncerConsole.open(spec, bed.engine.context().secrets())) {
            assertThat(console.databases()).extracting(PoolerDatabase::name).contains("app");
            return console.version().orElseThrow();
        }
    }

    private static UnaryOperator<String> authentication(String type) {
        return ini -> ini.replace("auth_type = plain", "auth_type = " + type);
    }

    private static PoolerSpec with(PoolerSpec spec, String user, String password, String sslMode) {
        return new PoolerSpec(
                spec.name(),
                spec.address(),
                spec.databases(),
                user,
                password,
                sslMode,
                spec.configFile(),
                spec.shell(),
                spec.pauseLimit());
    }

    @Test
    void passwordsGoEveryWay() throws Exception {
        for (String type : new String[] {"plain", "md5", "scram-sha-256", "trust", "any"}) {
            assertThat(versionOf(pooler(authentication(type)))).as(type).matches("1\\.\\d+.*");
        }
    }

    @Test
    void poolerWithoutJdbcClientsLetsUsIn() throws Exception {
        assertThat(versionOf(pooler(ini -> ini.replace("ignore_startup_parameters", ";ignore_startup_parameters"))))
                .isNotEmpty();
    }

    @Test
    void wrongPasswordsAreRefusedEveryWay() throws Exception {
        for (String type : new String[] {"plain", "md5", "scram-sha-256"}) {
            PoolerSpec right = pooler(authentication(type));
            PoolerSpec wrong = with(right, right.user(), "file:" + bed.cluster.secretFile(), right.sslMode());
            assertThatThrownBy(() -> versionOf(wrong))
                    .as(type)
                    .hasMessageContaining("PG-POOLER-CONSOLE")
                    .hasMessageContaining("admin_users");
        }
    }

    @Test
    void whoeverIsNoAdministratorIsTold() throws Exception {
        PoolerSpec spec = pooler(ini -> ini.replace("admin_users = adm", "stats_users = adm"));
        try (PgBouncerConsole console =
                PgBouncerConsole.open(spec, bed.engine.context().secrets())) {
            assertThatThrownBy(() -> console.pause("app", Duration.ofSeconds(1)))
                    .hasMessageContaining("admin access needed")
                    .hasMessageContaining("stats_users are not enough");
        }
    }

    @Test
    void tlsIsUsedAndVerified() throws Exception {
        PgBouncer made = bed.pooler("tls", ini -> ini);
        File key = made.directory().resolve("key.pem").toFile();
        File certificate = made.directory().resolve("cert.pem").toFile();
        int code = new ProcessBuilder(
                        "openssl",
                        "req",
                        "-x509",
                        "-newkey",
                        "rsa:2048",
                        "-nodes",
                        "-days",
                        "2",
                        "-subj",
                        "/CN=localhost",
                        "-keyout",
                        key.toString(),
                        "-out",
                        certificate.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        assertThat(code).isZero();
        assertThat(key.setReadable(true, false)).isTrue();
        PoolerSpec spec = pooler(ini -> ini + "client_tls_sslmode = require\nclient_tls_key_file = " + key
                + "\nclient_tls_cert_file = " + certificate + "\n");

        assertThat(versionOf(spec)).isNotEmpty();
        assertThat(versionOf(with(spec, spec.user(), spec.password(), "require")))
                .isNotEmpty();
        assertThatThrownBy(() -> versionOf(with(spec, spec.user(), spec.password(), "verify-full")))
                .hasMessageContaining("does not answer");
        assertThatThrownBy(() -> versionOf(with(spec, spec.user(), spec.password(), "disable")))
                .hasMessageContaining("PG-POOLER-CONSOLE");
        assertThatThrownBy(() -> versionOf(with(made.spec(), spec.user(), spec.password(), "require")))
                .hasMessageContaining("does not offer TLS");
    }

    @Test
    void serverThatDoesNotKnowThePasswordIsRefused() throws Exception {
        Scram scram = new Scram(Secret.of("pencil"));
        String nonce = scram.first().replaceFirst("n,,n=,r=", "");
        scram.last("r=" + nonce + "abc,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096");
        assertThatThrownBy(() -> scram.check("v=" + "A".repeat(43) + "=")).hasMessageContaining("does not know");
        assertThatThrownBy(() -> new Scram(Secret.of("x")).last("r=theirs,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096"))
                .hasMessageContaining("malformed");
    }
}
