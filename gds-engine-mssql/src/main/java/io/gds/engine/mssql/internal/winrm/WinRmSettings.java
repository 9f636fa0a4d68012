package io.gds.engine.mssql.internal.winrm;

import io.gds.database.error.InvalidSpecException;
import io.gds.database.error.Problem;
import io.gds.database.plan.Params;
import io.gds.database.spi.SpecFields;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How hosts are reached.
 *
 * @param https whether by TLS
 * @param port the TCP port
 * @param login how one proves who one is
 * @param user the account, {@code DOMAIN\name} or {@code name}
 * @param password the reference of its password
 * @param trustStore a file of this machine with the certificates to trust; empty for those of the Java platform
 * @param trustStorePassword the reference of its password
 * @param connectTimeout for how long a connection is waited for
 */
record WinRmSettings(
        boolean https,
        int port,
        Login login,
        String user,
        String password,
        Optional<String> trustStore,
        Optional<String> trustStorePassword,
        Duration connectTimeout) {
    /** How one proves who one is. */
    enum Login {
        /** By a challenge; without TLS the messages are sealed by what both sides computed. */
        NTLM,
        /** By a ticket; over TLS only, since the client cannot seal messages with it. */
        KERBEROS,
        /** By sending the password; over TLS only. */
        BASIC
    }

    private static final int HTTP_PORT = 5985;
    private static final int HTTPS_PORT = 5986;
    private static final Duration CONNECT = Duration.ofSeconds(15);

    /**
     * Reads the {@code shell} object of a spec.
     *
     * @throws InvalidSpecException with every mistake
     */
    static WinRmSettings of(String host, Params settings) {
        List<Problem> problems = new ArrayList<>();
        SpecFields f = SpecFields.of(settings, problems)
                .only(
                        "type",
                        "transport",
                        "port",
                        "authentication",
                        "user",
                        "password",
                        "trustStore",
                        "trustStorePassword",
                        "connectTimeout",
                        "folder");
        String transport = f.optionalText("transport").orElse("https");
        if (!transport.equals("https") && !transport.equals("http")) {
            f.wrong("transport", "\"" + transport + "\"", "https, or http with ntlm");
        }
        boolean https = !transport.equals("http");
        Login login = login(f);
        if (!https && login != Login.NTLM) {
            f.wrong(
                    "authentication",
                    login.name().toLowerCase(Locale.ROOT) + " over http",
                    "ntlm, whose messages are sealed, or transport: https");
        }
        WinRmSettings read = new WinRmSettings(
                https,
                f.has("port") ? f.port("port") : https ? HTTPS_PORT : HTTP_PORT,
                login,
                f.text("user", "an account of the hosts, for example CORP\\gds"),
                f.secret("password"),
                f.optionalText("trustStore"),
                f.has("trustStorePassword") ? Optional.of(f.secret("trustStorePassword")) : Optional.empty(),
                f.duration("connectTimeout", CONNECT));
        if (!problems.isEmpty()) {
            throw new InvalidSpecException("shell of host " + host, problems);
        }
        return read;
    }

    private static Login login(SpecFields f) {
        String word = f.optionalText("authentication").orElse("ntlm");
        Optional<Login> login = Stream.of(Login.values())
                .filter(l -> l.name().equalsIgnoreCase(word))
                .findFirst();
        if (login.isEmpty()) {
            f.wrong(
                    "authentication",
                    "\"" + word + "\"",
                    Stream.of(Login.values())
                            .map(l -> l.name().toLowerCase(Locale.ROOT))
                            .collect(Collectors.joining(", ", "one of ", "")));
        }
        return login.orElse(Login.NTLM);
    }

    /** The domain of the account; empty when it names none. */
    Optional<String> domain() {
        int slash = user.indexOf('\\');
        return slash > 0 ? Optional.of(user.substring(0, slash)) : Optional.empty();
    }

    /** The account without its domain. */
    String account() {
        return user.substring(user.indexOf('\\') + 1);
    }

    /** Where the service of a host is. */
    String endpoint(String host) {
        String at = host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
        return (https ? "https://" : "http://") + at + ":" + port + "/wsman";
    }
}
