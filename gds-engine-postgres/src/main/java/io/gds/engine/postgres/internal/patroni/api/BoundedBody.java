package io.gds.engine.postgres.internal.patroni.api;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/**
 * Gathers an answer up to a limit. A connection that breaks after the status line still gave an answer: Patroni closes
 * without reading a request it refuses, and the reset that follows may overtake the rest of its words.
 */
final class BoundedBody implements BodySubscriber<Answer> {
    static final int LIMIT = 4 << 20;

    private final int code;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final CompletableFuture<Answer> done = new CompletableFuture<>();
    private @Nullable Subscription subscription;

    BoundedBody(int code) {
        this.code = code;
    }

    @Override
    public CompletionStage<Answer> getBody() {
        return done;
    }

    @Override
    public void onSubscribe(Subscription given) {
        this.subscription = given;
        given.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        for (ByteBuffer each : buffers) {
            byte[] piece = new byte[Math.min(each.remaining(), LIMIT - bytes.size())];
            boolean more = piece.length < each.remaining();
            each.get(piece);
            bytes.writeBytes(piece);
            if (more) {
                finish(false);
                if (subscription != null) {
                    subscription.cancel();
                }
                return;
            }
        }
    }

    @Override
    public void onError(Throwable broken) {
        finish(false);
    }

    @Override
    public void onComplete() {
        finish(true);
    }

    private void finish(boolean whole) {
        done.complete(new Answer(code, bytes.toString(StandardCharsets.UTF_8), whole));
    }
}
