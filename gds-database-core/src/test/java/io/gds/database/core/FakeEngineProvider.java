package io.gds.database.core;

import io.gds.database.Database;
import io.gds.database.DatabaseEngine;
import io.gds.database.EngineMetadata;
import io.gds.database.error.Problem;
import io.gds.database.plan.ClusterRef;
import io.gds.database.plan.Params;
import io.gds.database.spi.EngineContext;
import io.gds.database.spi.EngineProvider;
import io.gds.database.spi.StepHandler;
import io.gds.database.topology.Topology;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** An engine that only knows its spec: {@code members} with {@code host} and {@code port}, and {@code password}. */
public class FakeEngineProvider implements EngineProvider<FakeEngineProvider.FakeEngine> {
    private static final Set<String> KEYS = Set.of("engine", "name", "environment", "members", "password", "apiTokens");
    private final String id;

    public FakeEngineProvider() {
        this("fake");
    }

    public FakeEngineProvider(String id) {
        this.id = id;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public List<Problem> check(Params spec) {
        List<Problem> out = new ArrayList<>();
        for (String key : new TreeSet<>(spec.asMap().keySet())) {
            if (!KEYS.contains(key)) {
                out.add(problem(key, "an unknown key", "one of " + new TreeSet<>(KEYS)));
            }
        }
        if (!(spec.asMap().get("members") instanceof List<?> members)) {
            out.add(problem("members", "nothing", "a list of members"));
            return out;
        }
        for (int i = 0; i < members.size(); i++) {
            String at = "members[" + i + "]";
            Map<?, ?> member = members.get(i) instanceof Map<?, ?> m ? m : Map.of();
            if (!(member.get("host") instanceof String)) {
                out.add(problem(at + ".host", String.valueOf(member.get("host")), "a host name"));
            }
            if (!(member.get("port") instanceof Long port) || port < 1 || port > 65535) {
                out.add(problem(at + ".port", String.valueOf(member.get("port")), "a port from 1 to 65535"));
            }
        }
        return out;
    }

    private static Problem problem(String field, String found, String expected) {
        return new Problem("spec", field, found, expected);
    }

    @Override
    public FakeEngine open(Params spec, EngineContext context) {
        return new FakeEngine(spec, context);
    }

    @Override
    public Collection<? extends StepHandler<FakeEngine>> handlers() {
        return List.of();
    }

    /** What was opened, with what it was lent. */
    public record FakeEngine(Params spec, EngineContext context) implements DatabaseEngine {
        @Override
        public ClusterRef reference() {
            return context.reference();
        }

        @Override
        public EngineMetadata metadata() {
            throw new IllegalStateException("not asked in these tests");
        }

        @Override
        public Topology topology() {
            throw new IllegalStateException("not asked in these tests");
        }

        @Override
        public Instant serverTime() {
            return context.clock().instant();
        }

        @Override
        public List<Database> databases() {
            return List.of();
        }

        @Override
        public Database database(String name) {
            throw new IllegalStateException("not asked in these tests");
        }

        @Override
        public Set<Class<?>> facets() {
            return Set.of();
        }

        @Override
        public <T> Optional<T> facet(Class<T> type) {
            return Optional.empty();
        }

        @Override
        public void close() {}
    }
}
