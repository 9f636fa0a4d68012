package io.gds.database.datasource;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Takes announcements by HTTP below {@code /hold} on an address of its own: that of a management network, or the loopback
 * address. Speaks plain HTTP; behind TLS, mount {@link HoldRequests} in the application's own server. Needs the module
 * {@code jdk.httpserver}. Thread-safe.
 *
 * <p>A hold that its announcer made through here goes on when this is closed; it ends by itself in time.
 */
public final class HoldEndpoint implements AutoCloseable {
    private static final String PATH = "/hold";

    private final HttpServer server;
    private final ExecutorService threads;
    private final HoldRequests requests;

    private HoldEndpoint(HttpServer server, HoldRequests requests) {
        this.server = server;
        this.requests = requests;
        AtomicInteger count = new AtomicInteger();
        this.threads = Executors.newCachedThreadPool(run -> {
            Thread t = new Thread(run, "hold-endpoint-" + count.incrementAndGet());
            t.setDaemon(true);
            return t;
        });
    }

    /**
     * Listens.
     *
     * @param address where; port 0 for any that is free
     * @param secret what announcers must show, at least 16 characters
     * @param hold what is announced to
     * @throws UncheckedIOException when the address is taken
     */
    public static HoldEndpoint start(InetSocketAddress address, String secret, Hold hold) {
        HoldRequests requests = new HoldRequests(hold, secret);
        try {
            HttpServer server = HttpServer.create(address, 0);
            HoldEndpoint endpoint = new HoldEndpoint(server, requests);
            server.createContext(PATH, endpoint::handle);
            server.setExecutor(endpoint.threads);
            server.start();
            return endpoint;
        } catch (IOException e) {
            throw new UncheckedIOException("listening for announcements of holds on " + address, e);
        }
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return server.getAddress();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String rest = exchange.getRequestURI().getPath().substring(PATH.length());
            String query = exchange.getRequestURI().getRawQuery();
            String authorization = exchange.getRequestHeaders().getFirst("Authorization");
            HoldRequests.Reply reply = requests.answer(
                    exchange.getRequestMethod(),
                    rest.startsWith("/") ? rest.substring(1) : rest,
                    query == null ? "" : query,
                    authorization == null ? "" : authorization);
            byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(reply.status(), body.length);
            exchange.getResponseBody().write(body);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the endpoint closes; so does the exchange
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    @Override
    public String toString() {
        return "hold endpoint on " + address();
    }
}
