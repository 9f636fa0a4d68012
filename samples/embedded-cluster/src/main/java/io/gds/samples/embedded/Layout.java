package io.gds.samples.embedded;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** What a cluster is made of and where it lies, as kept in its work directory for whoever attaches. Immutable. */
record Layout(
        Path workDir,
        String name,
        String version,
        String database,
        String user,
        List<Port> ports,
        ServerUser serverUser) {
    static final String SUPERUSER = "postgres";

    private static final String FILE = "cluster.properties";

    /** One member and the port it listens on. */
    record Port(String member, int number) {}

    Layout {
        ports = List.copyOf(ports);
    }

    Path versions() {
        return workDir.resolve("versions");
    }

    Path sockets() {
        return workDir.resolve("s");
    }

    Path secret(String role) {
        return workDir.resolve("secrets").resolve(role);
    }

    Path passFile() {
        return workDir.resolve("secrets").resolve("pgpass");
    }

    String password(String role) {
        try {
            return Files.readString(secret(role)).strip();
        } catch (IOException e) {
            throw new EmbeddedClusterException("Cannot read " + secret(role) + ": " + e.getMessage(), e);
        }
    }

    String hostList() {
        return String.join(
                ",", ports.stream().map(port -> "127.0.0.1:" + port.number()).toList());
    }

    /** Runs a command as the server user, in the work directory. */
    Commands.Running launch(List<String> command) {
        return Commands.launch(workDir, serverUser.command(command));
    }

    void write() throws IOException {
        Properties properties = new Properties();
        properties.putAll(Map.of(
                "name",
                name,
                "version",
                version,
                "database",
                database,
                "user",
                user,
                "members",
                String.join(
                        ",",
                        ports.stream()
                                .map(port -> port.member() + ":" + port.number())
                                .toList())));
        StringWriter text = new StringWriter();
        properties.store(text, null);
        Files.writeString(workDir.resolve(FILE), text.toString());
    }

    static Layout read(Path workDir) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(workDir.resolve(FILE))) {
            properties.load(reader);
        }
        List<Port> ports = new ArrayList<>();
        for (String member : List.of(required(properties, "members").split(",", -1))) {
            int colon = member.indexOf(':');
            ports.add(new Port(member.substring(0, colon), Integer.parseInt(member.substring(colon + 1))));
        }
        return new Layout(
                workDir,
                required(properties, "name"),
                required(properties, "version"),
                required(properties, "database"),
                required(properties, "user"),
                ports,
                ServerUser.current());
    }

    private static String required(Properties properties, String key) throws IOException {
        String value = properties.getProperty(key);
        if (value == null) {
            throw new IOException("No " + key + " in " + FILE);
        }
        return value;
    }
}
