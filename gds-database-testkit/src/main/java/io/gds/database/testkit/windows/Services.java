package io.gds.database.testkit.windows;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The services of a host. Thread-safe. */
public final class Services {
    private final WindowsHost host;
    private final Map<String, HostService> byName = new LinkedHashMap<>();

    Services(WindowsHost host) {
        this.host = host;
    }

    /** Adds one that does not run, or gives the one of that name. */
    public synchronized HostService add(String name) {
        return byName.computeIfAbsent(Paths.fold(name), k -> new HostService(host, name));
    }

    /** Takes one away. */
    public synchronized void remove(String name) {
        byName.remove(Paths.fold(name));
    }

    /** One by its name, in any case of letters; null when there is none. */
    public synchronized @Nullable HostService find(String name) {
        return byName.get(Paths.fold(name));
    }

    synchronized List<HostService> all() {
        return List.copyOf(byName.values());
    }

    /** Those that run and need this one. */
    List<HostService> runningNeeding(String name) {
        return all().stream()
                .filter(s -> s.state() == HostService.State.RUNNING)
                .filter(s -> s.needs().stream().anyMatch(n -> n.equalsIgnoreCase(name)))
                .toList();
    }
}
