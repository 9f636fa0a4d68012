package io.gds.database.core.internal.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.plan.Finding;
import io.gds.database.plan.Params;
import io.gds.database.spi.PackageManager;
import io.gds.database.version.EngineVersion;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against a real dnf and rpm, killed and locked out. */
@Tag("slow")
class DnfInterruptedTest {
    private static final EngineVersion OLD = EngineVersion.parse("15.18");
    private static final EngineVersion NEW = EngineVersion.parse("15.20");

    private final ExecutorService others = Executors.newCachedThreadPool();
    private DebianHost host;
    private PackageManager packages;

    @BeforeEach
    void start() throws IOException {
        host = DebianTree.acmeOfRpm().start();
        packages = packages("PT60S");
    }

    @AfterEach
    void stop() throws InterruptedException {
        if (host != null) {
            host.close();
        }
        others.shutdown();
        assertThat(others.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
    }

    private PackageManager packages(String lockTimeout) {
        return new DnfPackagesProvider()
                .open(Params.of("program", "/usr/lib/acme/15/bin/acmed", "lockTimeout", lockTimeout), member -> host);
    }

    @ParameterizedTest
    @CsvSource({"pre, 15.20", "pre, 15.18", "post, 15.20", "post, 15.18", "postun, 15.20", "postun, 15.18"})
    void whateverIsKilledInAPackageScriptIsFinishedByTheNextCall(String gate, String next) {
        CompletableFuture<Void> install = standingAt(gate);
        assertThat(packages.installed("m1")).as("while it is under way").isEmpty();
        host.endJobs(); // dnf, the script and our job: as when the host is reset
        host.sh("rm /srv/gate-\"$1\"", gate);
        assertThatThrownBy(install::join).hasMessageContaining("installed is nothing whole");
        assertThat(packages.installed("m1")).isEmpty();
        assertThat(packages.preFlight("m1", NEW)).extracting(Finding::id).contains("PKG-UNFINISHED");

        EngineVersion target = EngineVersion.parse(next);
        packages.install("m1", target);
        assertThat(packages.installed("m1")).hasValue(target);
        assertWholeAt(target);
    }

    @Test
    void onlyDnfKilledIsTheSame() {
        CompletableFuture<Void> install = standingAt("post");
        long dnf = Long.parseLong(host.sh("cat /srv/at-gate").strip());
        ProcessHandle.of(dnf).orElseThrow().destroyForcibly();
        assertThatThrownBy(install::join).hasMessageContaining("installed is nothing whole");
        assertThat(packages.installed("m1")).isEmpty();
        host.sh("rm /srv/gate-post");
        packages.install("m1", OLD);
        assertWholeAt(OLD);
    }

    @Test
    void somebodyElsesLockIsReportedAndWaitedForSoLong() throws IOException {
        PackageManager impatient = packages("PT1S");
        try (FileChannel channel = FileChannel.open(host.path("/var/lib/rpm/.rpm.lock"), StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            assertThat(impatient.preFlight("m1", NEW)).extracting(Finding::id).containsExactly("PKG-LOCKED");
            assertThatThrownBy(() -> impatient.install("m1", NEW))
                    .isInstanceOfSatisfying(GdsDatabaseException.class, e -> assertThat(e.retryable())
                            .isTrue())
                    .hasMessageContainingAll("installed is 15.18", "rpm is already locked by process");
            assertThat(impatient.installed("m1")).as("nothing was touched").hasValue(OLD);
            assertThat(lock.isValid()).isTrue();
        }
        impatient.install("m1", NEW);
        assertWholeAt(NEW);
    }

    private CompletableFuture<Void> standingAt(String gate) {
        host.sh("mkfifo /srv/gate-\"$1\"", gate);
        CompletableFuture<Void> install = CompletableFuture.runAsync(() -> packages.install("m1", NEW), others);
        Await.until(() -> install.isDone() || Files.exists(host.path("/srv/at-gate")));
        assertThat(install).isNotDone();
        return install;
    }

    private void assertWholeAt(EngineVersion version) {
        assertThat(host.sh("rpm -qa --qf '%{VERSION} ' 'acme*'").strip())
                .isEqualTo("V V V".replace("V", version.toString()));
        assertThat(host.sh("cat /usr/lib/acme/15/bin/acmed /usr/share/acme/*")).matches("(" + version + "-\\S+\n){3}");
        // A file of configuration that the interrupted one brought is taken for the administrator's own.
        assertThat(host.sh("rpm -V acme acme-server acme-libs | grep -v ' c /etc/acme/acme.conf$' || true"))
                .isEmpty();
        assertThat(host.path("/var/lib/gds-database/packages/acme-server/unfinished"))
                .doesNotExist();
    }
}
