package io.gds.samples.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;

/** Server settings: those of all members at the end of postgresql.conf, those of one member in a file it includes. Stateless. */
final class MemberConfig {
    static final String FILE = "member.conf";

    private MemberConfig() {}

    static void writeCommon(Layout layout, Member first, Map<String, String> extra) throws IOException {
        StringBuilder text = new StringBuilder(String.join(
                "\n",
                "",
                "listen_addresses = '127.0.0.1'",
                "unix_socket_directories = '" + layout.sockets() + "'",
                "password_encryption = 'scram-sha-256'",
                "shared_buffers = '32MB'",
                "wal_log_hints = on",
                "wal_keep_size = '256MB'",
                "hot_standby = on",
                "logging_collector = off",
                "log_line_prefix = '%m [%p] '",
                ""));
        extra.forEach((name, value) -> text.append(name)
                .append(" = '")
                .append(value.replace("'", "''"))
                .append("'\n"));
        text.append("include_if_exists = '").append(FILE).append("'\n");
        Files.writeString(first.dataDir().resolve("postgresql.conf"), text, StandardOpenOption.APPEND);
    }

    static void write(Layout layout, Member member) throws IOException {
        Path file = member.dataDir().resolve(FILE);
        Files.writeString(file, "port = " + member.port() + "\ncluster_name = '" + member.name() + "'\n");
        layout.serverUser().own(file);
    }
}
