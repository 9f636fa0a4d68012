package io.gds.engine.postgres.internal.hold;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.spi.Secrets;
import io.gds.engine.postgres.internal.config.HoldSpec;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Announces by requests to one instance. */
final class HttpTarget implements HoldTarget {
    static final String UNREACHABLE = "PG-HOLD-UNREACHABLE";
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final Set<Integer> ANSWERS = Set.of(200, 409, 503);

    private final HoldSpec.ByHttp spec;
    private final Secrets secrets;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    HttpTarget(HoldSpec.ByHttp spec, Secrets secrets) {
        this.spec = spec;
        this.secrets = secrets;
    }

    @Override
    public HoldSpec spec() {
        return spec;
    }

    @Override
    public Seen announce(String token, String owner) {
        Seen seen = post(token);
        if (seen.isHeldBy(owner) && !seen.token().equals(token)) {
            lift(owner);
            return post(token);
        }
        return seen;
    }

    private Seen post(String token) {
        return send(
                "POST",
                "/" + token + "?for=" + spec.limit().toMillis() + "&wait="
                        + spec.quiesce().toMillis(),
                spec.quiesce().plus(PATIENCE));
    }

    @Override
    public void lift(String name) {
        send("DELETE", "/" + name, PATIENCE);
    }

    @Override
    public Seen look() {
        return send("GET", "", PATIENCE);
    }

    /** One deadline for everything, connection and body included. */
    private Seen send(String method, String path, Duration within) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(spec.url() + path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .header(
                        "Authorization",
                        "Bearer " + secrets.resolve(spec.secret()).reveal())
                .timeout(within)
                .build();
        CompletableFuture<HttpResponse<String>> answer =
                client.sendAsync(request, HttpResponse.BodyHandlers.ofString());
        try {
            HttpResponse<String> response = answer.get(within.toMillis(), TimeUnit.MILLISECONDS);
            if (!ANSWERS.contains(response.statusCode())) {
                throw failure(method, "status " + response.statusCode(), null);
            }
            return Seen.ofJson(response.body());
        } catch (ExecutionException e) {
            Throwable why = Optional.ofNullable(e.getCause()).orElse(e);
            throw failure(method, why.getClass().getSimpleName() + " (" + why.getMessage() + ")", why);
        } catch (TimeoutException e) {
            throw failure(method, "nothing within " + within.toMillis() + " ms", e);
        } catch (IllegalArgumentException e) {
            throw failure(method, "something else than the state of a hold", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure(method, "nothing before this thread was interrupted", e);
        } finally {
            answer.cancel(true);
        }
    }

    private GdsDatabaseException failure(String method, String found, @Nullable Throwable cause) {
        return GdsDatabaseException.environment(UNREACHABLE)
                .message(method + " " + spec.name() + ": found " + found
                        + ", expected the state of the application's hold.")
                .remedy(
                        "check url and secret of this hold in the spec, and that the application runs with its endpoint.")
                .retryable()
                .cause(cause)
                .build();
    }
}
