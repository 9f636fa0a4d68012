package io.gds.database.core.internal.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.plan.Finding;
import io.gds.database.plan.Params;
import io.gds.database.spi.Command;
import io.gds.database.spi.HostShell;
import io.gds.database.spi.PackageManager;
import io.gds.database.version.EngineVersion;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against real apt and dpkg, killed, locked out and cut off. */
@Tag("slow")
class AptInterruptedTest {
    private static final EngineVersion OLD = EngineVersion.parse("15.18");
    private static final EngineVersion NEW = EngineVersion.parse("15.20");
    private static final String LOCK = "/var/lib/dpkg/lock-frontend";
    private static final String JOB = "/var/lib/gds-database/packages/acme-server";

    private final ExecutorService others = Executors.newCachedThreadPool();
    private DebianHost host;

    @BeforeEach
    void start() throws IOException {
        host = DebianTree.acme().start();
    }

    @AfterEach
    void stop() throws InterruptedException {
        if (host != null) {
            host.close();
        }
        others.shutdown();
        assertThat(others.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
    }

    private PackageManager packages(HostShell shell, String lockTimeout) {
        return new AptPackagesProvider()
                .open(Params.of("program", "/usr/lib/acme/15/bin/acmed", "lockTimeout", lockTimeout), member -> shell);
    }

    @ParameterizedTest
    @CsvSource({"preinst, 15.20", "preinst, 15.18", "prerm, 15.20", "prerm, 15.18", "postinst, 15.20", "postinst, 15.18"
    })
    void whateverIsKilledInAPackageScriptIsFinishedByTheNextCall(String gate, String next) {
        host.sh("apt-mark hold acme-server acme-client");
        PackageManager packages = packages(host, "PT60S");
        CompletableFuture<Void> install = standingAt(gate, packages);
        assertThat(packages.installed("m1")).as("while it is under way").isEmpty();
        host.endJobs(); // apt, dpkg, the script and our job: as when the host is reset
        assertThatThrownBy(install::join).hasMessageContaining("installed is nothing whole");
        removeGate(gate);
        assertThat(packages.installed("m1")).isEmpty();
        assertThat(packages.preFlight("m1", NEW)).extracting(Finding::id).contains("PKG-UNFINISHED");

        EngineVersion target = EngineVersion.parse(next);
        packages.install("m1", target);
        assertThat(packages.installed("m1")).hasValue(target);
        assertThat(host.sh("apt-mark showhold")).isEqualTo("acme-client\nacme-server\n");
        assertThat(host.sh("dpkg --audit")).isEmpty();
        assertThat(host.path(JOB + "/unfinished")).doesNotExist();
        assertThat(host.path("/usr/sbin/policy-rc.d")).doesNotExist();
        assertThat(host.path("/srv/service")).doesNotExist();
    }

    @Test
    void onlyDpkgKilledIsTheSame() {
        PackageManager packages = packages(host, "PT60S");
        CompletableFuture<Void> install = standingAt("postinst", packages);
        long dpkg = Long.parseLong(host.sh("cat /srv/at-gate").strip());
        ProcessHandle.of(dpkg).orElseThrow().destroyForcibly();
        assertThatThrownBy(install::join).hasMessageContaining("installed is nothing whole");
        assertThat(packages.installed("m1")).isEmpty();
        removeGate("postinst");
        packages.install("m1", NEW);
        assertThat(packages.installed("m1")).hasValue(NEW);
    }

    @Test
    void whatACrashLeavesForServicesHasNoEffectAnyMore() {
        CompletableFuture<Void> install = standingAt("postinst", packages(host, "PT60S"));
        assertThat(host.path("/usr/sbin/policy-rc.d")).exists();
        host.sh("invoke-rc.d acme start");
        assertThat(host.path("/srv/service")).doesNotExist();
        host.endJobs();
        assertThatThrownBy(install::join).isInstanceOf(CompletionException.class);
        assertThat(host.path("/usr/sbin/policy-rc.d")).exists();
        host.sh("invoke-rc.d acme start");
        assertThat(host.path("/srv/service")).hasContent("start\n");
    }

    @Test
    void somebodyElsesLockIsReportedAndWaitedForSoLong() throws IOException {
        PackageManager packages = packages(host, "PT1S");
        try (FileChannel channel = open(host);
                FileLock lock = channel.lock()) {
            assertThat(packages.preFlight("m1", NEW)).singleElement().satisfies(f -> {
                assertThat(f.id()).isEqualTo("PKG-LOCKED");
                assertThat(f.observed())
                        .contains(
                                "lock-frontend",
                                "process " + ProcessHandle.current().pid());
            });
            assertThatThrownBy(() -> packages.install("m1", NEW))
                    .isInstanceOfSatisfying(GdsDatabaseException.class, e -> assertThat(e.retryable())
                            .isTrue())
                    .hasMessageContainingAll("installed is 15.18", "Could not get lock /var/lib/dpkg/lock-frontend");
            assertThat(packages.installed("m1")).as("nothing was touched").hasValue(OLD);
            assertThat(lock.isValid()).isTrue();
        }
        packages.install("m1", NEW);
        assertThat(packages.installed("m1")).hasValue(NEW);
    }

    /** Inodes of one number are in many file systems: in each container beside, there is a lock of dpkg too. */
    @Test
    void theLockOfAnotherHostOnThisMachineIsNoneOfOurs() throws IOException {
        open(host).close();
        try (DebianHost other = DebianTree.acme().start();
                FileChannel theirs = open(other);
                FileLock lock = theirs.lock()) {
            assertThat(Files.getAttribute(host.path(LOCK), "unix:ino"))
                    .isEqualTo(Files.getAttribute(other.path(LOCK), "unix:ino"));
            assertThat(packages(host, "PT1S").preFlight("m1", NEW)).isEmpty();
            assertThat(packages(other, "PT1S").preFlight("m1", NEW))
                    .extracting(Finding::id)
                    .containsExactly("PKG-LOCKED");
            assertThat(lock.isValid()).isTrue();
        }
    }

    @Test
    void aLockThatIsGivenBackInTimeIsNoMatter() throws IOException {
        PackageManager packages = packages(host, "PT60S");
        CompletableFuture<Void> install;
        try (FileChannel channel = open(host);
                FileLock lock = channel.lock()) {
            install = CompletableFuture.runAsync(() -> packages.install("m1", NEW), others);
            Await.until(() -> Files.exists(host.path(JOB + "/step"))
                    && Files.readString(host.path(JOB + "/step")).contains("Could not get lock"));
            assertThat(lock.isValid()).isTrue();
        }
        install.join();
        assertThat(packages.installed("m1")).hasValue(NEW);
    }

    @Test
    void whoeverComesLaterJoins() {
        PackageManager packages = packages(host, "PT60S");
        CompletableFuture<Void> first = standingAt("postinst", packages);
        CountDownLatch seen = new CountDownLatch(1);
        CompletableFuture<Void> second = CompletableFuture.runAsync(
                () -> packages(telling(seen), "PT60S").install("m2", NEW), others);
        await(seen); // were it later, the first one would be over
        host.sh("echo go >/srv/gate-postinst");
        first.join();
        second.join();
        assertThat(host.path(JOB + "/attempt")).hasContent("1\n");
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Tells when somebody has looked whether an installation is under way. */
    private HostShell telling(CountDownLatch looked) {
        return (HostShell) Proxy.newProxyInstance(
                HostShell.class.getClassLoader(), new Class<?>[] {HostShell.class}, (proxy, method, args) -> {
                    Object result = method.invoke(host, args);
                    if (args != null
                            && args[0] instanceof Command c
                            && c.words().contains("watch.sh")) {
                        looked.countDown();
                    }
                    return result;
                });
    }

    @Test
    void aLostConnectionNeitherEndsNorRepeatsAnInstallation() {
        LosingShell losing = new LosingShell(host);
        PackageManager packages = packages(losing, "PT60S");
        packages.install("m1", NEW);
        assertThat(losing.lost()).isGreaterThan(2);
        assertThat(packages.installed("m1")).hasValue(NEW);
        assertThat(host.path(JOB + "/attempt")).hasContent("1\n");
    }

    @Test
    void anOrderThatArrivesLateIsNotObeyed() {
        packages(host, "PT60S").install("m1", NEW);
        packages(host, "PT60S").install("m1", OLD);
        host.sh("sh " + JOB + "/job.sh " + JOB + " 0 1 acme-server=15.20-0+deb12u2");
        assertThat(packages(host, "PT60S").installed("m1")).hasValue(OLD);
        assertThat(host.path(JOB + "/attempt")).hasContent("2\n");
    }

    /** Starts bringing the new version and returns while one of the server's package scripts stands still. */
    private CompletableFuture<Void> standingAt(String gate, PackageManager packages) {
        host.sh("mkfifo /srv/gate-\"$1\"", gate);
        CompletableFuture<Void> install = CompletableFuture.runAsync(() -> packages.install("m1", NEW), others);
        Await.until(() -> install.isDone() || Files.exists(host.path("/srv/at-gate")));
        assertThat(install).isNotDone();
        return install;
    }

    private void removeGate(String gate) {
        host.sh("rm /srv/gate-\"$1\" /srv/at-gate", gate);
    }

    private static FileChannel open(DebianHost host) throws IOException {
        return FileChannel.open(host.path(LOCK), StandardOpenOption.WRITE);
    }
}
