package io.gds.database.datasource;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The announcer's half of both protocols, with nothing but what their description says. */
final class Protocol {
    static final String SECRET = "0123456789abcdef";

    private final HttpClient client = HttpClient.newHttpClient();
    private final String base;

    Protocol(InetSocketAddress address) {
        this.base = "http://127.0.0.1:" + address.getPort() + "/hold";
    }

    HttpResponse<String> send(String method, String path) throws IOException, InterruptedException {
        return send(method, path, "Bearer " + SECRET);
    }

    HttpResponse<String> send(String method, String path, String authorization)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .header("Authorization", authorization)
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    /** What the instances say that watch a file. */
    static List<String> acks(Path file) throws IOException {
        List<String> out = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(file.getParent(), file.getFileName() + ".ack-*")) {
            for (Path each : found) {
                try {
                    out.add(Files.readString(each));
                } catch (NoSuchFileException e) {
                    assertThat(each).as("its instance has just ended").doesNotExist();
                }
            }
        }
        return out;
    }
}
