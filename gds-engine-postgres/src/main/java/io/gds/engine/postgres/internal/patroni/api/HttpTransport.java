package io.gds.engine.postgres.internal.patroni.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gds.database.error.GdsDatabaseException;
import io.gds.engine.postgres.internal.patroni.api.NoAnswer.Kind;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries requests to members: HTTP/1.1, bodies of fixed length, no proxy, no redirects, one deadline over the whole call.
 * Thread-safe. Its threads are daemons; {@link #close()} ends them.
 */
final class HttpTransport implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HttpTransport.class);
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            0, Integer.MAX_VALUE, 2, TimeUnit.SECONDS, new SynchronousQueue<>(), HttpTransport::daemon);
    private final HttpClient client;
    private final ApiAccess access;
    private final Excerpt excerpt;

    HttpTransport(ApiAccess access) {
        this.access = access;
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .proxy(HttpClient.Builder.NO_PROXY)
                .connectTimeout(access.timeouts().connect())
                .executor(threads);
        access.tls().ifPresent(files -> builder.sslContext(TlsContext.of(files)));
        this.client = builder.build();
        this.excerpt = new Excerpt(access);
    }

    ApiTimeouts timeouts() {
        return access.timeouts();
    }

    /** Shortens and masks what a member said. */
    Excerpt excerpt() {
        return excerpt;
    }

    /** Sends a request and waits for the answer; when interrupted, the call is broken off. */
    Answer send(ApiTarget target, Call call) throws NoAnswer, InterruptedException {
        Optional<SentOnce> body = call.body().map(SentOnce::new);
        HttpRequest.Builder request = HttpRequest.newBuilder(target.at(call.path()))
                .method(
                        call.method(),
                        body.<HttpRequest.BodyPublisher>map(b -> b).orElseGet(HttpRequest.BodyPublishers::noBody));
        access.login().ifPresent(login -> request.header("Authorization", basic(login)));
        if (body.isPresent()) {
            request.header("Content-Type", "application/json");
        }
        Answer answer = await(target, call, body, request.build());
        LOG.debug("{}: {} answered {}", target, call, answer.code());
        return answer;
    }

    private Answer await(ApiTarget target, Call call, Optional<SentOnce> body, HttpRequest request)
            throws NoAnswer, InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("before anything was sent");
        }
        CompletableFuture<HttpResponse<Answer>> coming =
                client.sendAsync(request, info -> new BoundedBody(info.statusCode()));
        try {
            return coming.get(call.limit().toNanos(), TimeUnit.NANOSECONDS).body();
        } catch (ExecutionException | CancellationException e) {
            throw noAnswer(target, call, body, e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            boolean withheld = body.isPresent() && body.get().withhold();
            throw new NoAnswer(
                    withheld ? Kind.NOT_SENT : Kind.LOST,
                    target + " gave no answer to " + call + " within " + seconds(call.limit()),
                    e);
        } finally {
            coming.cancel(true); // without effect once it is complete
        }
    }

    private static NoAnswer noAnswer(ApiTarget target, Call call, Optional<SentOnce> body, Throwable cause) {
        String what = target + ", " + call + ": ";
        if (has(cause, UnresolvedAddressException.class)) {
            return new NoAnswer(Kind.NOT_SENT, what + "the name has no address", cause);
        }
        if (cause instanceof HttpConnectTimeoutException) {
            return new NoAnswer(Kind.NOT_SENT, what + "no connection in time", cause);
        }
        if (cause instanceof ConnectException) {
            return new NoAnswer(Kind.NOT_SENT, what + "nobody listens there", cause);
        }
        if (has(cause, SSLHandshakeException.class)) {
            return new NoAnswer(Kind.TLS, what + "no agreement on TLS (" + innermost(cause) + ")", cause);
        }
        boolean withheld = body.isPresent() && body.get().withhold();
        if (withheld && has(cause, SSLException.class)) {
            return new NoAnswer(Kind.TLS, what + "no TLS spoken there (" + innermost(cause) + ")", cause);
        }
        return new NoAnswer(
                withheld ? Kind.NOT_SENT : Kind.LOST,
                what + "the connection ended without an answer (" + innermost(cause) + ")",
                cause);
    }

    private static boolean has(Throwable thrown, Class<? extends Throwable> kind) {
        for (@Nullable Throwable t = thrown; t != null; t = t.getCause()) {
            if (kind.isInstance(t)) {
                return true;
            }
        }
        return false;
    }

    private static String innermost(Throwable thrown) {
        Throwable inner = thrown;
        while (inner.getCause() != null) {
            inner = inner.getCause();
        }
        @Nullable String message = inner.getMessage();
        return message == null ? inner.getClass().getSimpleName() : message;
    }

    private static String seconds(Duration limit) {
        return limit.toMillis() / 1000.0 + " s";
    }

    private static String basic(ApiAccess.Login login) {
        byte[] pair = (login.user() + ":" + login.password().reveal()).getBytes(UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "gds-patroni-" + NUMBER.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }

    /** What the caller throws when it was interrupted while it waited. */
    static GdsDatabaseException interrupted(ApiTarget target, Call call, InterruptedException e) {
        Thread.currentThread().interrupt();
        return GdsDatabaseException.environment("GDS-INTERRUPTED")
                .message("interrupted while waiting for " + target + ", " + call + ".")
                .remedy("call again if it was not meant.")
                .cause(e)
                .build();
    }

    @Override
    public void close() {
        try {
            // From Java 21 on a client can be closed; before, its one thread ends when it is no longer referred to.
            if (client instanceof AutoCloseable closeable) {
                closeable.close();
            }
        } catch (Exception e) {
            LOG.debug("closing the HTTP client", e);
        } finally {
            threads.shutdown();
        }
    }
}
