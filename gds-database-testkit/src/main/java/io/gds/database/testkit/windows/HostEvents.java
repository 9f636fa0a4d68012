package io.gds.database.testkit.windows;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** What happened on a host, and who is told of it. Thread-safe. */
public final class HostEvents {
    private final List<HostEvent> seen = new ArrayList<>();
    private final List<Consumer<HostEvent>> listeners = new CopyOnWriteArrayList<>();

    HostEvents() {}

    /** Tells somebody of everything that happens, on the thread that it happens on, before that goes on. */
    public void listen(Consumer<HostEvent> listener) {
        listeners.add(listener);
    }

    /** Does something the first time that something happens to what ends with this, in any case of letters. */
    public void once(HostEvent.Kind kind, String subject, Runnable work) {
        Consumer<HostEvent> listener = new Consumer<>() {
            @Override
            public void accept(HostEvent event) {
                boolean fits =
                        event.kind() == kind && Paths.fold(event.subject()).endsWith(Paths.fold(subject));
                if (fits && listeners.remove(this)) {
                    work.run();
                }
            }
        };
        listeners.add(listener);
    }

    /** All that happened, oldest first. */
    public List<HostEvent> all() {
        synchronized (seen) {
            return List.copyOf(seen);
        }
    }

    /** How often something happened to what ends with this. */
    public long count(HostEvent.Kind kind, String subject) {
        return all().stream()
                .filter(e -> e.kind() == kind && Paths.fold(e.subject()).endsWith(Paths.fold(subject)))
                .count();
    }

    void add(HostEvent.Kind kind, String subject) {
        HostEvent event = new HostEvent(kind, subject);
        synchronized (seen) {
            seen.add(event);
        }
        listeners.forEach(l -> l.accept(event));
    }
}
