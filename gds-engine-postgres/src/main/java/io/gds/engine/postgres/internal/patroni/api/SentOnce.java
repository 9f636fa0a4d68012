package io.gds.engine.postgres.internal.patroni.api;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A body of fixed length that knows whether it left. Patroni does nothing before it has read the body, so a request
 * whose body was never asked for had no effect. It leaves at most once: a client that would repeat a request cannot.
 */
final class SentOnce implements BodyPublisher {
    private enum State {
        HERE,
        SENT,
        WITHHELD
    }

    private final BodyPublisher bytes;
    private final AtomicReference<State> state = new AtomicReference<>(State.HERE);

    SentOnce(String body) {
        this.bytes = BodyPublishers.ofString(body);
    }

    /** Makes sure that it does not leave any more; false when it is too late for that. */
    boolean withhold() {
        return state.compareAndSet(State.HERE, State.WITHHELD) || state.get() == State.WITHHELD;
    }

    @Override
    public long contentLength() {
        return bytes.contentLength();
    }

    @Override
    public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
        if (state.compareAndSet(State.HERE, State.SENT)) {
            bytes.subscribe(subscriber);
            return;
        }
        subscriber.onSubscribe(new Subscription() {
            @Override
            public void request(long n) {
                // There is nothing to give.
            }

            @Override
            public void cancel() {
                // There is nothing to end.
            }
        });
        subscriber.onError(new IOException("the request is not sent again"));
    }
}
