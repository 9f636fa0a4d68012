package io.gds.database.core.internal.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gds.database.error.ErrorCategory;
import io.gds.database.error.GdsDatabaseException;
import io.gds.database.plan.Finding;
import io.gds.database.plan.Params;
import io.gds.database.spi.PackageManager;
import io.gds.database.version.EngineVersion;
import java.io.IOException;
import java.nio.file.Files;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Against real apt, dpkg and needrestart. What goes wrong half way is in {@link AptInterruptedTest}. */
@Tag("slow")
class AptPackagesTest {
    private static final EngineVersion OLD = EngineVersion.parse("15.18");
    private static final EngineVersion NEW = EngineVersion.parse("15.20");
    private static final Params SETTINGS =
            Params.of("type", "apt", "program", "/usr/lib/acme/15/bin/acmed", "lockTimeout", "PT2S");

    private DebianHost host;
    private PackageManager packages;

    @BeforeEach
    void start() throws IOException {
        host = DebianTree.acme().start();
        packages = new AptPackagesProvider().open(SETTINGS, member -> host);
    }

    @AfterEach
    void stop() {
        if (host != null) {
            host.close();
        }
    }

    @Test
    void bringsAVersionAndTakesItBack() throws IOException {
        Files.writeString(host.path("/etc/acme/acme.conf"), "setting = mine\n");
        assertThat(packages.available("m1"))
                .extracting(EngineVersion::toString)
                .containsExactly("15.9", "15.18", "15.20", "15.30", "15.31", "15.32");
        assertThat(packages.installed("m1")).hasValue(OLD);
        assertThat(packages.changes("m1", NEW))
                .containsExactly(
                        "acme-client 15.18-0+deb12u1+b1 -> 15.20-0+deb12u2+b1",
                        "acme-server 15.18-0+deb12u1 -> 15.20-0+deb12u2",
                        "libacme 15.18-0+deb12u1 -> 15.20-0+deb12u2");
        assertThat(packages.changes("m1", OLD)).isEmpty();
        assertThat(packages.preFlight("m1", NEW)).isEmpty();
        assertThat(packages.programs("m1")).isEqualTo("/usr/lib/acme/15/bin");

        packages.install("m1", NEW);
        assertThat(packages.installed("m1")).hasValue(NEW);
        assertThat(versions()).isEqualTo("15.20-0+deb12u2+b1 15.20-0+deb12u2 15.20-0+deb12u2");

        packages.install("m1", OLD);
        assertThat(packages.installed("m1")).hasValue(OLD);
        assertThat(versions()).isEqualTo("15.18-0+deb12u1+b1 15.18-0+deb12u1 15.18-0+deb12u1");
        assertThat(host.path("/etc/acme/acme.conf")).hasContent("setting = mine\n");
    }

    @Test
    void whatIsThereIsLeftAlone() throws IOException {
        packages.install("m1", OLD);
        packages.download("m1", OLD);
        assertThat(host.path("/var/lib/gds-database/packages/acme-server")).doesNotExist();
        // Not even for a newer revision of the same version.
        host.sh("apt-get -q -y --allow-downgrades install acme-server=15.20-0+deb12u1 libacme=15.20-0+deb12u1"
                + " acme-client=15.20-0+deb12u1+b1");
        packages.install("m1", NEW);
        assertThat(versions()).startsWith("15.20-0+deb12u1+b1");
    }

    @Test
    void packageScriptsNeitherStartNorStopAService() throws IOException {
        host.sh("apt-get -q -y install acme-server=15.20-0+deb12u1 libacme=15.20-0+deb12u1"
                + " acme-client=15.20-0+deb12u1+b1");
        assertThat(host.path("/srv/service")).as("apt by itself does").hasContent("stop\nstart\n");
        Files.delete(host.path("/srv/service"));
        packages.install("m1", OLD);
        assertThat(host.path("/srv/service")).doesNotExist();
        assertThat(host.path("/usr/sbin/policy-rc.d")).doesNotExist();
    }

    @Test
    void needrestartRestartsNothingHoweverItIsConfigured() throws IOException {
        // A server whose program is about to be exchanged.
        host.sh("mkfifo /srv/nothing; exec 3<>/srv/nothing; setsid /usr/lib/acme/15/bin/acmed <&3 >/dev/null 2>&1 &");
        Files.writeString(host.path("/etc/needrestart/conf.d/mine.conf"), "$nrconf{restart} = 'a';\n$opt_r = 'a';\n");
        assertThat(ids(NEW)).containsExactly("ACK PKG-NEEDRESTART");
        packages.install("m1", NEW);
        assertThat(host.path("/srv/service")).doesNotExist();
        assertThat(log()).contains("needrestart is suspended");

        host.sh("NEEDRESTART_MODE=l apt-get -q -y --allow-downgrades install acme-client=15.18-0+deb12u1+b1"
                + " acme-server=15.18-0+deb12u1 libacme=15.18-0+deb12u1");
        assertThat(host.path("/srv/service")).as("apt by itself").content().contains("restart");
    }

    @Test
    void aHookThatWouldRestartAllTheSameIsReported() throws IOException {
        Files.writeString(
                host.path("/etc/apt/apt.conf.d/zz-mine"), "DPkg::Post-Invoke { \"/usr/sbin/needrestart -r a\"; };\n");
        assertThat(ids(NEW)).containsExactly("BLOCK PKG-RESTARTER");
    }

    @Test
    void theWayThereAndBackIsFetchedBeforehand() throws IOException {
        try (Repository web = new Repository(host.path("/srv/repo"))) {
            host.sh("echo \"deb [trusted=yes] $1 ./\" >/etc/apt/sources.list && rm -r /var/lib/apt/lists/*", web.url());
            packages.download("m1", NEW);
        }
        assertThat(packages.installed("m1")).hasValue(OLD);
        packages.install("m1", NEW);
        packages.install("m1", OLD);
        assertThat(packages.installed("m1")).hasValue(OLD);
    }

    @Test
    void anAdministratorsPolicyForServicesStays() throws IOException {
        Files.writeString(host.path("/usr/sbin/policy-rc.d"), "#!/bin/sh\nexit 101\n");
        packages.install("m1", NEW);
        assertThat(host.path("/usr/sbin/policy-rc.d")).hasContent("#!/bin/sh\nexit 101\n");
    }

    @Test
    void aHoldIsReportedAndStaysWhereItWas() {
        host.sh("apt-mark hold acme-server libacme bystander");
        assertThat(packages.preFlight("m1", NEW))
                .singleElement()
                .satisfies(f -> assertThat(f.severity()).isEqualTo(Finding.Severity.ACK))
                .satisfies(f -> assertThat(f.observed())
                        .contains("holds acme-server 15.18-0+deb12u1, libacme 15.18-0+deb12u1 on tree"));
        packages.install("m1", NEW);
        assertThat(packages.installed("m1")).hasValue(NEW);
        assertThat(host.sh("apt-mark showhold")).isEqualTo("acme-server\nbystander\nlibacme\n");
    }

    @Test
    void aVersionThatNoRepositoryHasIsRefused() {
        EngineVersion none = EngineVersion.parse("15.99");
        assertThat(ids(none)).containsExactly("BLOCK PKG-UNAVAILABLE");
        assertThat(packages.changes("m1", none)).isEmpty();
        refused(() -> packages.install("m1", none), "15.99 is not available", "15.20-0+deb12u2");
        refused(() -> packages.download("m1", none), "15.99 is not available");
        assertThat(packages.installed("m1")).hasValue(OLD);
    }

    @Test
    void aReleaseOfWhichAPackageIsMissingIsRefused() {
        EngineVersion partial = EngineVersion.parse("15.32");
        assertThat(ids(partial)).containsExactly("BLOCK PKG-UNAVAILABLE");
        refused(() -> packages.install("m1", partial), "not available of [acme-client, libacme]");
    }

    @Test
    void aRevisionOfTheDistributionIsRefused() {
        refused(() -> packages.install("m1", EngineVersion.parse("15.20-0+deb12u1")), "without a distribution's");
    }

    @Test
    void nothingElseMayBeRemovedOrAdded() {
        host.sh("apt-get -q -y install bystander");
        EngineVersion removes = EngineVersion.parse("15.30");
        assertThat(ids(removes)).containsExactly("BLOCK PKG-OTHERS");
        refused(() -> packages.install("m1", removes), "bystander 1.0-1 -> none");
        EngineVersion adds = EngineVersion.parse("15.31");
        assertThat(ids(adds)).containsExactly("BLOCK PKG-OTHERS");
        refused(() -> packages.install("m1", adds), "newcomer none -> 1.0-1");
        assertThat(packages.installed("m1")).hasValue(OLD);
    }

    @Test
    void packagesCanBeNamed() {
        PackageManager named = new AptPackagesProvider()
                .open(
                        SETTINGS.with("names", java.util.List.of("acme-server", "acme-client", "libacme", "newcomer")),
                        member -> host);
        EngineVersion adds = EngineVersion.parse("15.31");
        assertThat(named.installed("m1")).as("one of them is not there").isEmpty();
        refused(() -> named.install("m1", adds), "not available of [newcomer]"); // of another source
    }

    @Test
    void packagesOfSeveralReleasesAreBroughtTogether() {
        host.sh("apt-get -q -y install acme-client=15.20-0+deb12u1+b1 libacme=15.20-0+deb12u1 acme-server-");
        host.sh("dpkg --force-depends -i /srv/repo/acme-server_15.18-0+deb12u1_amd64.deb 2>/dev/null");
        assertThat(ids(NEW)).contains("WARN PKG-MIXED");
        packages.install("m1", NEW);
        assertThat(versions()).isEqualTo("15.20-0+deb12u2+b1 15.20-0+deb12u2 15.20-0+deb12u2");
    }

    @Test
    void aWayBackThatTheRepositoryNoLongerHasIsReported() {
        host.sh("sed -i 's/^Version: 15.18-.*/Version: 15.17-1/' /srv/repo/Packages && apt-get -q update");
        assertThat(ids(NEW)).containsExactly("ACK PKG-NO-WAY-BACK");
    }

    @Test
    void anIndexThatCannotBeFetchedIsReportedAndUsedAsItIs() {
        host.sh("echo 'deb [trusted=yes] file:/srv/none ./' >>/etc/apt/sources.list");
        assertThat(ids(NEW)).containsExactly("WARN PKG-INDEX");
        packages.install("m1", NEW);
        assertThat(packages.installed("m1")).hasValue(NEW);
    }

    @Test
    void tooLittleRoomIsReported() {
        host.sh("mount -t tmpfs -o size=1m small /var/cache/apt/archives");
        assertThat(packages.preFlight("m1", NEW)).singleElement().satisfies(f -> {
            assertThat(f.severity() + f.id()).isEqualTo("BLOCKPKG-ROOM");
            assertThat(f.observed()).contains("/var/cache/apt/archives");
        });
    }

    @Test
    void somebodyElsesBrokenPackageIsReported() {
        host.sh("dpkg --unpack /srv/repo/bystander_1.0-1_amd64.deb");
        assertThat(ids(NEW)).contains("BLOCK PKG-BROKEN");
    }

    @Test
    void aProgramOfNoPackageIsRefused() {
        PackageManager elsewhere =
                new AptPackagesProvider().open(SETTINGS.with("program", "/opt/acme/bin/acmed"), member -> host);
        assertThat(elsewhere.installed("m1")).isEmpty();
        assertThat(elsewhere.preFlight("m1", NEW)).extracting(Finding::id).containsExactly("PKG-OWNER");
        refused(() -> elsewhere.install("m1", NEW), "no package owns /opt/acme/bin/acmed");
    }

    private java.util.List<String> ids(EngineVersion version) {
        return packages.preFlight("m1", version).stream()
                .map(f -> f.severity() + " " + f.id())
                .toList();
    }

    private String versions() {
        return host.sh("dpkg-query -W -f '${Version} ' acme-client acme-server libacme")
                .strip();
    }

    private String log() throws IOException {
        return Files.readString(host.path("/var/lib/gds-database/packages/acme-server/log"));
    }

    private static void refused(ThrowingCallable call, String... says) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(GdsDatabaseException.class, e -> {
                    assertThat(e.code()).isEqualTo("GDS-PACKAGE");
                    assertThat(e.category()).isEqualTo(ErrorCategory.USER);
                })
                .hasMessageContainingAll(says);
    }
}
