package io.gds.database.core.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.gds.database.core.internal.secret.SchemeSecrets;
import io.gds.database.core.internal.services.Services;
import io.gds.database.plan.ClusterRef;
import io.gds.database.plan.Params;
import io.gds.database.spi.Command;
import io.gds.database.spi.CommandResult;
import io.gds.database.spi.HostShell;
import io.gds.database.spi.HostShellProvider;
import io.gds.database.spi.Secrets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DefaultEngineContextTest {
    private final List<String> closed = new ArrayList<>();

    private final class Shells implements HostShellProvider {
        @Override
        public String type() {
            return "fake";
        }

        @Override
        public HostShell open(String host, Params settings, Secrets secrets) {
            return new FakeShell(host);
        }
    }

    private final class FakeShell implements HostShell {
        private final String host;

        FakeShell(String host) {
            this.host = host;
        }

        @Override
        public String host() {
            return host;
        }

        @Override
        public CommandResult run(Command command) {
            throw new IllegalStateException("not asked in this test");
        }

        @Override
        public void launch(Command command) {
            throw new IllegalStateException("not asked in this test");
        }

        @Override
        public Optional<byte[]> read(String path) {
            return Optional.empty();
        }

        @Override
        public void write(String path, byte[] content, String mode, String user) {
            throw new IllegalStateException("not asked in this test");
        }

        @Override
        public void close() {
            closed.add(host);
        }
    }

    private DefaultEngineContext context() {
        Plugins plugins = new Plugins(
                new Services<HostShellProvider>(Map.of("fake", new Shells()), List.of()),
                new Services<>(Map.of(), List.of()),
                new Services<>(Map.of(), List.of()),
                SchemeSecrets.of(new Services<>(Map.of(), List.of())),
                List.of());
        return new DefaultEngineContext(
                new ClusterRef("fake", "orders", Params.empty()), Clock.fixed(Instant.EPOCH, ZoneOffset.UTC), plugins);
    }

    @Test
    void shellsOfAnEngineThatFailedToOpenAreClosed() {
        DefaultEngineContext context = context();
        context.shell("a", Params.of("type", "fake"));
        context.shell("b", Params.of("type", "fake"));
        context.abandon();
        assertThat(closed).containsExactly("a", "b");
    }

    @Test
    void shellsOfAnOpenEngineAreItsOwn() {
        DefaultEngineContext context = context();
        context.shell("a", Params.of("type", "fake"));
        context.opened();
        context.shell("b", Params.of("type", "fake"));
        context.abandon();
        assertThat(closed).isEmpty();
    }
}
