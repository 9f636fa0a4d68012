package io.gds.database.testkit.tds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How clients come in: logins, versions, TLS. */
@Timeout(60)
class TdsServerTest {
    private static final String SECRET_QUERY = "SELECT 'a secret'";

    private final ScriptedEndpoint endpoint =
            new ScriptedEndpoint().when(SECRET_QUERY, ScriptedEndpoint.one(SqlType.nvarchar(20), "told"));

    @TempDir
    Path directory;

    private TdsServer server(Encryption encryption) {
        return TdsServer.builder(endpoint).encryption(encryption).start();
    }

    private String trustStore(TlsIdentity identity) throws IOException {
        return identity.writeTrustStore(directory.resolve("trust.p12"), "changeit")
                .toString();
    }

    private static String told(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                var rows = statement.executeQuery(SECRET_QUERY)) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }

    @Test
    void theEndpointSeesWhoLogsIn() throws SQLException {
        try (TdsServer server = server(Encryption.NOT_SUPPORTED);
                Connection connection = Driver.connect(
                        server, "databaseName", "shop", "applicationName", "till", "applicationIntent", "ReadOnly")) {
            Login login = endpoint.logins.get(0);
            assertThat(login.user()).isEqualTo(Driver.USER);
            assertThat(login.password()).isEqualTo(Driver.PASSWORD);
            assertThat(login.database()).isEqualTo("shop");
            assertThat(login.application()).isEqualTo("till");
            assertThat(login.host()).isNotEmpty();
            assertThat(login.server()).contains("localhost");
            assertThat(login.readOnlyIntent()).isTrue();
            assertThat(connection.getCatalog()).isEqualTo("shop");
            assertThat(server.sessions()).singleElement().satisfies(s -> assertThat(s.database())
                    .isEqualTo("shop"));
            assertThat(server.counts()).isEqualTo(new TdsCounts(1, 1, 0, 0, 0));
        }
    }

    @Test
    void aLoginsTextHasNoPassword() throws SQLException {
        try (TdsServer server = server(Encryption.NOT_SUPPORTED);
                Connection connection = Driver.connect(server)) {
            assertThat(connection.isClosed()).isFalse();
            Login login = endpoint.logins.get(0);
            assertThat(login.readOnlyIntent()).isFalse();
            assertThat(login.toString()).contains(Driver.USER).doesNotContain(Driver.PASSWORD);
            assertThat(server.sessions().toString()).doesNotContain(Driver.PASSWORD);
        }
    }

    @Test
    void anEmptyAndALongPasswordArriveAsTheyAre() throws SQLException {
        String longest = "ü".repeat(128);
        try (TdsServer server = server(Encryption.LOGIN_ONLY);
                Connection empty = Driver.connect(server, "password", "");
                Connection full = Driver.connect(server, "password", longest)) {
            assertThat(empty).isNotSameAs(full);
            assertThat(endpoint.logins).extracting(Login::password).containsExactly("", longest);
        }
    }

    @ParameterizedTest
    @CsvSource({
        // the server, what the client asks for; is the login readable on the way, are the queries
        "NOT_SUPPORTED, false,  true,  true",
        "LOGIN_ONLY,    false,  false, true",
        "LOGIN_ONLY,    true,   false, false",
        "ON,            false,  false, false",
        "ON,            true,   false, false",
        "STRICT,        strict, false, false"
    })
    void tlsCoversWhatBothSidesAgreeOn(
            Encryption encryption, String wanted, boolean loginInClear, boolean queriesInClear) throws Exception {
        try (TdsServer server = server(encryption);
                Tap tap = new Tap(server.port());
                Connection connection = Driver.connect(
                        tap.port(),
                        "encrypt",
                        wanted,
                        "trustStore",
                        trustStore(server.identity()),
                        "trustStorePassword",
                        "changeit")) {
            assertThat(told(connection)).isEqualTo("told");
            assertThat(tap.heard(Driver.USER)).isEqualTo(loginInClear);
            assertThat(tap.heard(SECRET_QUERY)).isEqualTo(queriesInClear);
        }
    }

    @Test
    void aLargeAnswerComesThroughTls() throws Exception {
        String large = "0123456789".repeat(50_000);
        endpoint.when("SELECT large", ScriptedEndpoint.one(SqlType.NVARCHAR_MAX, large));
        try (TdsServer server = server(Encryption.STRICT);
                Connection connection = Driver.connect(
                        server,
                        "encrypt",
                        "strict",
                        "trustStore",
                        trustStore(server.identity()),
                        "trustStorePassword",
                        "changeit");
                Statement statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT large")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString(1)).isEqualTo(large);
        }
    }

    @Test
    void aStrictClientIsContentWithTheCertificateAlone() throws Exception {
        try (TdsServer server = server(Encryption.STRICT)) {
            Path pem = Files.writeString(
                    directory.resolve("server.pem"), server.identity().certificatePem());
            try (Connection connection =
                    Driver.connect(server, "encrypt", "strict", "serverCertificate", pem.toString())) {
                assertThat(told(connection)).isEqualTo("told");
            }
        }
    }

    @Test
    void aCertificateForAnotherHostIsRefused() throws Exception {
        TlsIdentity other = TlsIdentity.selfSigned("elsewhere.example", "192.0.2.1");
        try (TdsServer server = TdsServer.builder(endpoint)
                .encryption(Encryption.ON)
                .identity(other)
                .start()) {
            assertThatThrownBy(() -> Driver.connect(
                            server,
                            "encrypt",
                            "true",
                            "trustStore",
                            trustStore(other),
                            "trustStorePassword",
                            "changeit"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("localhost");
            assertThat(server.counts().logins()).isZero();
        }
    }

    @Test
    void aCertificateNobodyTrustsIsRefused() throws Exception {
        try (TdsServer server = server(Encryption.ON)) {
            String wrong = trustStore(TlsIdentity.selfSigned("localhost"));
            assertThatThrownBy(() -> Driver.connect(
                            server, "encrypt", "true", "trustStore", wrong, "trustStorePassword", "changeit"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("PKIX");
            assertThat(server.counts().logins()).isZero();
        }
    }

    @Test
    void aClientThatInsistsOnTlsGivesUpOnAServerWithoutIt() {
        try (TdsServer server = server(Encryption.NOT_SUPPORTED)) {
            assertThatThrownBy(() -> Driver.connect(server, "encrypt", "true"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("not configured to support SSL");
        }
    }

    @Test
    void aStrictServerHasNothingToSayToOtherClients() {
        try (TdsServer server = server(Encryption.STRICT)) {
            assertThatThrownBy(() -> Driver.connect(server, "encrypt", "true", "trustServerCertificate", "true"))
                    .isInstanceOf(SQLException.class);
            assertThat(server.counts().logins()).isZero();
        }
    }

    @Test
    void aStrictClientGetsNothingFromAnOlderServer() {
        try (TdsServer server = server(Encryption.ON)) {
            assertThatThrownBy(() -> Driver.connect(server, "encrypt", "strict"))
                    .isInstanceOf(SQLException.class);
            assertThat(server.counts().logins()).isZero();
        }
    }

    @Test
    void aRefusedLoginHasTheNumberOfItsReason() {
        assertRefused(SqlFailure.loginFailed("sa"), 18456, "Login failed for user 'sa'.");
        assertRefused(SqlFailure.scriptUpgradeMode("sa"), 18401, "script upgrade mode");
        assertRefused(SqlFailure.cannotOpenDatabase("nope"), 4060, "\"nope\"");
    }

    private void assertRefused(SqlFailure why, int number, String text) {
        endpoint.refuse(why);
        try (TdsServer server = server(Encryption.LOGIN_ONLY)) {
            assertThatThrownBy(() -> Driver.connect(server, "databaseName", "nope"))
                    .isInstanceOfSatisfying(SQLException.class, e -> assertThat(e.getErrorCode())
                            .isEqualTo(number))
                    .hasMessageContaining(text);
            assertThat(server.counts().refusedLogins()).isPositive(); // the driver tries some of them twice
            assertThat(server.sessions()).isEmpty();
        }
    }

    @Test
    void aServerOnTheSamePortReportsItsNewBuild() throws SQLException {
        int port;
        try (TdsServer server = server(Encryption.NOT_SUPPORTED);
                Connection connection = Driver.connect(server)) {
            port = server.port();
            assertThat(connection.getMetaData().getDatabaseProductVersion()).isEqualTo("16.00.4245");
            server.build(new ServerBuild(16, 0, 4255));
            try (Connection later = Driver.connect(server)) {
                assertThat(later.getMetaData().getDatabaseProductVersion()).isEqualTo("16.00.4255");
            }
        }
        try (TdsServer upgraded = TdsServer.builder(endpoint)
                        .port(port)
                        .encryption(Encryption.NOT_SUPPORTED)
                        .build(new ServerBuild(17, 0, 1000))
                        .start();
                Connection connection = Driver.connect(port)) {
            assertThat(upgraded.build()).hasToString("17.0.1000");
            assertThat(connection.getMetaData().getDatabaseMajorVersion()).isEqualTo(17);
        }
    }
}
