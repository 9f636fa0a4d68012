package io.gds.database.core.internal.ssh;

import io.gds.database.Secret;
import io.gds.database.error.InvalidSpecException;
import io.gds.database.error.Problem;
import io.gds.database.plan.Params;
import io.gds.database.spi.Secrets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The {@code shell} object of a spec, checked. Secrets in it are resolved anew at each use.
 *
 * @param target the host
 * @param jump the host in between
 * @param agent the socket of the agent to ask for signatures
 * @param knownHosts the file with the keys of hosts
 * @param connectTimeout for each answer until the login is done
 * @param keepAlive how often a silent peer is asked for a sign of life
 * @param elevation how the account becomes another user
 * @param user whom commands run as unless they say otherwise; empty for the account
 * @param password the account's, tried after keys
 */
public record SshSettings(
        Hop target,
        Optional<Hop> jump,
        Optional<Path> agent,
        Path knownHosts,
        Duration connectTimeout,
        Duration keepAlive,
        Elevation elevation,
        String user,
        Optional<Supplier<Secret>> password) {
    private static final int PORT = 22;

    /**
     * A host to log in to.
     *
     * @param host its name or address
     * @param port its port
     * @param login the account
     * @param key the private key's file
     * @param passphrase the key's
     */
    public record Hop(String host, int port, String login, Optional<Path> key, Optional<Supplier<Secret>> passphrase) {
        @Override
        public String toString() {
            return host + (port == PORT ? "" : " port " + port);
        }
    }

    /**
     * Reads settings.
     *
     * @param environment this process's
     * @throws InvalidSpecException with every mistake
     */
    static SshSettings of(String host, Params settings, Secrets secrets, Map<String, String> environment) {
        List<Problem> problems = new ArrayList<>();
        SshSettings read = new Reader(secrets, environment).read(host, new SettingFields(settings, problems));
        if (!problems.isEmpty()) {
            throw new InvalidSpecException("the shell of host " + host, problems);
        }
        return read;
    }

    /**
     * Reads settings for a Windows host, on which nobody becomes anybody else.
     *
     * @param environment this process's
     * @throws InvalidSpecException with every mistake
     */
    public static SshSettings ofWindows(
            String host, Params settings, Secrets secrets, Map<String, String> environment) {
        List<Problem> problems = new ArrayList<>();
        SshSettings read = new Reader(secrets, environment).readWindows(host, new SettingFields(settings, problems));
        if (!problems.isEmpty()) {
            throw new InvalidSpecException("the shell of host " + host, problems);
        }
        return read;
    }

    /** One reading. */
    private record Reader(Secrets secrets, Map<String, String> environment) {
        SshSettings read(String host, SettingFields fields) {
            fields.only(
                    "type",
                    "login",
                    "port",
                    "key",
                    "keyPassphrase",
                    "agent",
                    "knownHosts",
                    "jump",
                    "connectTimeout",
                    "keepAlive",
                    "sudo",
                    "user");
            Hop target = hop(fields, host, fields.user("login"));
            return settings(
                    fields,
                    target,
                    elevation(fields, target.login()),
                    fields.user("user").orElse(""),
                    Optional.empty());
        }

        SshSettings readWindows(String host, SettingFields fields) {
            for (String unixOnly : List.of("sudo", "user")) {
                if (fields.has(unixOnly)) {
                    fields.wrong(unixOnly, "a value", "nothing: on Windows commands run as the account that logs in");
                }
            }
            fields.only(
                    List.of("sudo", "user"),
                    "type",
                    "login",
                    "port",
                    "key",
                    "keyPassphrase",
                    "password",
                    "agent",
                    "knownHosts",
                    "jump",
                    "connectTimeout",
                    "keepAlive",
                    "folder");
            Hop target = hop(fields, host, fields.windowsAccount("login"));
            Elevation none = new Elevation(target.login(), false, Optional.empty());
            return settings(fields, target, none, "", secret(fields, "password"));
        }

        private SshSettings settings(
                SettingFields fields,
                Hop target,
                Elevation elevation,
                String user,
                Optional<Supplier<Secret>> password) {
            Optional<SettingFields> via = fields.object("jump");
            Optional<Hop> jump = via.map(f -> {
                f.only("host", "port", "login", "key", "keyPassphrase");
                return hop(f, f.text("host", "the name or address of the jump host"), f.user("login"));
            });
            Optional<Path> agent = agent(fields);
            if (agent.isEmpty() && !fields.has("agent")) {
                if (!fields.has("password")) {
                    needKey(fields, target);
                }
                jump.ifPresent(hop -> needKey(via.orElseThrow(), hop));
            }
            return new SshSettings(
                    target,
                    jump,
                    agent,
                    fields.file("knownHosts").orElseGet(() -> SettingFields.path("~/.ssh/known_hosts")),
                    fields.duration(
                            "connectTimeout", Duration.ofMillis(1), Duration.ofMinutes(1), Duration.ofSeconds(10)),
                    fields.duration("keepAlive", Duration.ofSeconds(1), Duration.ofHours(1), Duration.ofSeconds(15)),
                    elevation,
                    user,
                    password);
        }

        private Hop hop(SettingFields fields, String host, Optional<String> account) {
            String login = account.orElse("");
            if (!fields.has("login")) {
                fields.wrong("login", "nothing", "the account to log in with");
            }
            Optional<Path> key = fields.file("key");
            key.ifPresent(file -> fields.readableFile("key", file));
            return new Hop(host, fields.port("port", PORT), login, key, secret(fields, "keyPassphrase"));
        }

        private Optional<Path> agent(SettingFields fields) {
            if (fields.isTrue("agent")) {
                String socket = environment.getOrDefault("SSH_AUTH_SOCK", "");
                if (socket.isEmpty()) {
                    fields.wrong("agent", "true", "an agent: the environment variable SSH_AUTH_SOCK is not set");
                }
                return socket.isEmpty() ? Optional.empty() : Optional.of(Path.of(socket));
            }
            return fields.isFalse("agent")
                    ? Optional.empty()
                    : fields.textOr("agent", "true, or the path of an agent's socket")
                            .map(SettingFields::path);
        }

        private Elevation elevation(SettingFields fields, String login) {
            if (fields.isTrue("sudo") || fields.isFalse("sudo")) {
                return new Elevation(login, fields.isTrue("sudo"), Optional.empty());
            }
            Optional<SettingFields> sudo = fields.objectOr("sudo", "true, or an object with password");
            Optional<Supplier<Secret>> password = sudo.flatMap(f -> {
                f.only("password");
                f.text("password", "a reference to a secret, such as env:NAME");
                return secret(f, "password");
            });
            return new Elevation(login, sudo.isPresent(), password);
        }

        private Optional<Supplier<Secret>> secret(SettingFields fields, String key) {
            return fields.optionalText(key).map(reference -> () -> secrets.resolve(reference));
        }

        private static void needKey(SettingFields fields, Hop hop) {
            if (hop.key().isEmpty() && !fields.has("key")) {
                fields.wrong("key", "nothing", "the path of a private key, or shell.agent: true");
            }
        }
    }
}
