package io.gds.database.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gds.database.DatabaseEngine;
import io.gds.database.core.FakeEngineProvider.FakeEngine;
import io.gds.database.error.GdsDatabaseException;
import io.gds.database.error.InvalidSpecException;
import io.gds.database.plan.ClusterRef;
import io.gds.database.plan.Params;
import io.gds.database.spi.EngineContext;
import io.gds.database.spi.EngineProvider;
import io.gds.database.spi.HostShell;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnginesTest {
    private static final String SPEC = "engine: fake\nname: orders\nmembers: []\n";

    @TempDir
    Path dir;

    /** Cannot be made. */
    public static final class Broken extends FakeEngineProvider {
        public Broken() {
            throw new IllegalStateException("no driver");
        }
    }

    /** Has an id that is none. */
    public static final class Shouting extends FakeEngineProvider {
        public Shouting() {
            super("FAKE");
        }
    }

    /** Has the id of another one. */
    public static final class Twin extends FakeEngineProvider {}

    @Test
    void aSpecIsOpenedWithClockSecretsAndShells() {
        Instant now = Instant.parse("2026-01-02T03:04:05Z");
        Engines engines = Engines.load().with(new FakeEngineProvider()).clock(Clock.fixed(now, ZoneOffset.UTC));
        ClusterRef reference = engines.read(SPEC, "orders.yaml");
        try (DatabaseEngine opened = engines.open(reference)) {
            FakeEngine fake = (FakeEngine) opened;
            assertThat(fake.serverTime()).isEqualTo(now);
            assertThat(fake.reference()).isEqualTo(reference);
            assertThat(fake.spec().string("engine")).isEqualTo("fake");
            EngineContext context = fake.context();
            try (HostShell shell = context.shell("h1", Params.of("type", "local"))) {
                assertThat(shell.host()).isEqualTo("h1");
            }
            Params packages = Params.of("type", "directories", "root", "/v", "link", "/l");
            assertThat(context.packages(packages, host -> context.shell(host, Params.of("type", "local")))
                            .programs("m"))
                    .isEqualTo("/l/bin");
            assertThatThrownBy(() -> context.shell("h1", Params.of("type", "carrier-pigeon")))
                    .hasMessageContaining("GDS-SHELL-TYPE")
                    .hasMessageContaining("[local, ssh, windows-ssh]");
            assertThatThrownBy(() -> context.packages(Params.empty(), host -> context.shell(host, Params.empty())))
                    .hasMessageContaining("GDS-PACKAGE-TYPE");
            assertThatThrownBy(() -> context.secrets().resolve("env:GDS_NOT_SET"))
                    .hasMessageContaining("GDS-SECRET");
        }
    }

    @Test
    void anUnknownEngineIsNamedWithTheKnownOnesAndTheRemedy() {
        Engines engines = Engines.load().with(new FakeEngineProvider("b"), new FakeEngineProvider("a"));
        assertThat(engines.ids()).containsSequence("a", "b");
        assertThatThrownBy(() -> engines.open(new ClusterRef("oracle", "x", Params.empty())))
                .isInstanceOf(GdsDatabaseException.class)
                .hasMessageContaining("GDS-ENGINE-UNKNOWN")
                .hasMessageContaining("oracle")
                .hasMessageContaining("a, b")
                .hasMessageContaining("jar");
        assertThatThrownBy(() -> Engines.open("engine: oracle\nname: x\n", "x.yaml"))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("x.yaml line 1: engine: found oracle");
    }

    @Test
    void aBrokenPluginIsReportedAndHidesNoOther() throws Exception {
        Engines engines = loadWith(
                Broken.class.getName(),
                "no.such.Provider",
                Shouting.class.getName(),
                FakeEngineProvider.class.getName());
        assertThat(engines.ids()).contains("fake");
        assertThat(engines.problems()).hasSize(3);
        assertThat(engines.problems().toString()).contains("no driver", "no.such.Provider", "FAKE");
        assertThatThrownBy(() -> engines.provider("oracle")).hasMessageContaining("no driver");
        Files.writeString(dir.resolve("orders.yaml"), SPEC);
        assertThat(engines.open(engines.read(dir.resolve("orders.yaml"))).name())
                .isEqualTo("orders");
    }

    @Test
    void twoPluginsOfOneIdAreAnErrorThatNamesBoth() {
        assertThatThrownBy(() -> loadWith(FakeEngineProvider.class.getName(), Twin.class.getName()))
                .hasMessageContaining("GDS-PLUGIN-DUPLICATE")
                .hasMessageContaining(FakeEngineProvider.class.getName() + " from file:")
                .hasMessageContaining(Twin.class.getName() + " from file:");
        Engines one = Engines.load().with(new FakeEngineProvider());
        assertThatThrownBy(() -> one.with(new Twin())).hasMessageContaining("GDS-PLUGIN-DUPLICATE");
        assertThatThrownBy(() -> one.with(new Shouting())).hasMessageContaining("GDS-PLUGIN-ID");
    }

    @Test
    void manyThreadsLoadAndOpenAtOnce() throws Exception {
        Engines shared = Engines.load().with(new FakeEngineProvider());
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<String>> calls = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                String name = "c" + i;
                Engines engines = i % 2 == 0 ? shared : Engines.load().with(new FakeEngineProvider());
                calls.add(() -> engines.open(engines.read(SPEC.replace("orders", name), "x"))
                        .name());
            }
            int i = 0;
            for (Future<String> each : threads.invokeAll(calls)) {
                assertThat(each.get()).isEqualTo("c" + i++);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void anEngineThatDoesNotFitIsAFaultOfThePlugin() {
        EngineProvider<FakeEngine> failing = new FakeEngineProvider() {
            @Override
            public FakeEngine open(Params spec, EngineContext context) {
                throw new NoClassDefFoundError("org/acme/Driver");
            }
        };
        Engines engines = Engines.load().with(failing);
        assertThatThrownBy(() -> engines.open(engines.read(SPEC, "x.yaml")))
                .isInstanceOf(GdsDatabaseException.class)
                .hasMessageContaining("GDS-PLUGIN")
                .hasMessageContaining("org/acme/Driver");
    }

    private Engines loadWith(String... providers) throws Exception {
        Path services = dir.resolve("META-INF/services");
        Files.createDirectories(services);
        Files.writeString(services.resolve(EngineProvider.class.getName()), String.join("\n", providers));
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader loader = new URLClassLoader(new URL[] {dir.toUri().toURL()}, before)) {
            thread.setContextClassLoader(loader);
            return Engines.load();
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
