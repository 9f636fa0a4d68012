package io.gds.engine.postgres.internal;

import io.gds.database.Secret;
import io.gds.database.plan.ClusterRef;
import io.gds.database.plan.Params;
import io.gds.database.spi.BackupRule;
import io.gds.database.spi.EngineContext;
import io.gds.database.spi.HostShell;
import io.gds.database.spi.PackageManager;
import io.gds.database.spi.Secrets;
import io.gds.database.version.EngineVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What the core would lend, as far as administration needs it. */
final class TestContext implements EngineContext {
    private final Params spec;

    TestContext(Params spec) {
        this.spec = spec;
    }

    @Override
    public ClusterRef reference() {
        return new ClusterRef("postgres", spec.string("name"), spec);
    }

    @Override
    public Clock clock() {
        return Clock.systemUTC();
    }

    @Override
    public Secrets secrets() {
        return reference -> {
            try {
                return Secret.of(Files.readString(Path.of(reference.substring("file:".length())))
                        .strip());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
    }

    @Override
    public HostShell shell(String host, Params settings) {
        return new TestShell(settings.optionalString("user"));
    }

    @Override
    public PackageManager packages(Params settings, Function<String, HostShell> shells) {
        return new Directories(settings.string("link"));
    }

    @Override
    public BackupRule backups(Params settings, Function<String, HostShell> shells) {
        throw new IllegalStateException("not needed by these tests");
    }

    private record Directories(String link) implements PackageManager {
        @Override
        public String describe(String member) {
            return "the link " + link(member);
        }

        private String link(String member) {
            return link.replace("{member}", member);
        }

        @Override
        public List<EngineVersion> available(String member) {
            return installed(member).stream().toList();
        }

        @Override
        public Optional<EngineVersion> installed(String member) {
            try {
                Path target = Files.readSymbolicLink(Path.of(link(member)));
                return Optional.of(EngineVersion.parse(String.valueOf(target.getFileName())));
            } catch (IOException e) {
                return Optional.empty();
            }
        }

        @Override
        public void install(String member, EngineVersion version) {
            throw new IllegalStateException("not needed by these tests");
        }

        @Override
        public String programs(String member) {
            return link(member) + "/bin";
        }
    }
}
