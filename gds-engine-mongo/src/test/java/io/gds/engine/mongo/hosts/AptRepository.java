package io.gds.engine.mongo.hosts;

import com.sun.net.httpserver.HttpServer;
import io.gds.samples.mongo.MongodBinaries;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/** The real programs in Debian packages, in a repository that hosts fetch them from over HTTP. */
final class AptRepository implements AutoCloseable {
    private final Path directory;
    private final HttpServer server;

    private AptRepository(Path directory, HttpServer server) {
        this.directory = directory;
        this.server = server;
    }

    /** Builds the packages of these versions and serves them at an address that the hosts reach. */
    static AptRepository serve(String address, MongodBinaries binaries, String... versions) throws Exception {
        Path directory = Files.createTempDirectory("gds-mongo-apt-");
        build(directory, binaries, versions);
        HttpServer server = HttpServer.create(new InetSocketAddress(address, 0), 0);
        server.setExecutor(Executors.newCachedThreadPool(r -> {
            Thread thread = new Thread(r, "apt-repository");
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext("/", exchange -> {
            Path file = directory.resolve(exchange.getRequestURI().getPath().replaceFirst("^[/.]+", ""));
            if (Files.isRegularFile(file)) {
                exchange.sendResponseHeaders(200, Files.size(file));
                Files.copy(file, exchange.getResponseBody());
            } else {
                exchange.sendResponseHeaders(404, -1);
            }
            exchange.close();
        });
        server.start();
        return new AptRepository(directory, server);
    }

    private static void build(Path directory, MongodBinaries binaries, String... versions) throws Exception {
        List<String> words = new ArrayList<>(List.of("sh", "-c", script(), "mongo-debs.sh", directory.toString()));
        Arrays.stream(versions).map(v -> binaries.home(v).toString()).forEach(words::add);
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("the packages cannot be built: " + said);
        }
    }

    private static String script() throws IOException {
        try (InputStream in = AptRepository.class.getResourceAsStream("mongo-debs.sh")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** A line for a host's list of sources. */
    String source() {
        return "deb [trusted=yes] http://" + server.getAddress().getHostString() + ":"
                + server.getAddress().getPort() + "/ ./";
    }

    @Override
    public void close() throws IOException {
        server.stop(0);
        try (Stream<Path> all = Files.walk(directory)) {
            all.sorted(Comparator.reverseOrder()).forEach(p -> p.toFile().delete());
        }
    }
}
