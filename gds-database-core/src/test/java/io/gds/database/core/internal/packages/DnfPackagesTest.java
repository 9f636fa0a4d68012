package io.gds.database.core.internal.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gds.database.error.ErrorCategory;
import io.gds.database.error.GdsDatabaseException;
import io.gds.database.plan.Params;
import io.gds.database.spi.PackageManager;
import io.gds.database.version.EngineVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Against a real dnf and rpm. What goes wrong half way is in {@link DnfInterruptedTest}. */
@Tag("slow")
class DnfPackagesTest {
    private static final EngineVersion OLD = EngineVersion.parse("15.18");
    private static final EngineVersion NEW = EngineVersion.parse("15.20");

    private DebianHost host;
    private PackageManager packages;

    @BeforeEach
    void start() throws IOException {
        host = DebianTree.acmeOfRpm().start();
        packages = new DnfPackagesProvider()
                .open(Params.of("type", "dnf", "program", "/usr/lib/acme/15/bin/acmed"), member -> host);
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
                .containsExactlyInAnyOrder(
                        "acme 15.18-1.el9 -> 15.20-10.el9",
                        "acme-libs 15.18-1.el9 -> 15.20-10.el9",
                        "acme-server 15.18-1.el9 -> 15.20-10.el9");
        assertThat(packages.preFlight("m1", NEW)).isEmpty();

        packages.install("m1", NEW);
        assertThat(packages.installed("m1")).hasValue(NEW);
        assertThat(versions()).isEqualTo("15.20-10.el9 15.20-10.el9 15.20-10.el9");

        packages.install("m1", OLD);
        assertThat(packages.installed("m1")).hasValue(OLD);
        assertThat(versions()).isEqualTo("15.18-1.el9 15.18-1.el9 15.18-1.el9");
        assertThat(host.path("/etc/acme/acme.conf")).hasContent("setting = mine\n");
    }

    @Test
    void whereThereIsOnlyYumItIsUsed() throws IOException {
        Files.move(host.path("/usr/bin/dnf"), host.path("/usr/bin/yum"));
        packages.install("m1", NEW);
        assertThat(packages.installed("m1")).hasValue(NEW);
    }

    @Test
    void aVersionLockIsReportedAndStaysAsItWas() throws IOException {
        host.sh("dnf -q versionlock add acme-server && dnf -q versionlock add --raw 'acme-l*'");
        String locks = Files.readString(host.path("/etc/dnf/plugins/versionlock.list"));
        assertThat(locks).contains("acme-server-0:15.18-1.el9", "acme-l*");
        assertThat(packages.preFlight("m1", NEW)).singleElement().satisfies(f -> {
            assertThat(f.severity() + " " + f.id()).isEqualTo("ACK PKG-HELD");
            assertThat(f.observed()).contains("acme-server 15.18-1.el9", "acme-libs 15.18-1.el9");
            assertThat(f.observed()).doesNotContain("acme 15.18");
        });
        packages.install("m1", NEW);
        assertThat(packages.installed("m1")).hasValue(NEW);
        assertThat(host.path("/etc/dnf/plugins/versionlock.list")).hasContent(locks);
    }

    @Test
    void aVersionThatNoRepositoryHasIsRefused() {
        EngineVersion none = EngineVersion.parse("15.99");
        assertThat(ids(none)).containsExactly("BLOCK PKG-UNAVAILABLE");
        refused(() -> packages.install("m1", none), "15.99 is not available", "15.20-10.el9");
        EngineVersion partial = EngineVersion.parse("15.32");
        assertThat(ids(partial)).containsExactly("BLOCK PKG-UNAVAILABLE");
        refused(() -> packages.install("m1", partial), "not available of [acme-libs]");
        assertThat(packages.installed("m1")).hasValue(OLD);
    }

    @Test
    void nothingElseMayBeRemovedOrAdded() {
        host.sh("dnf -q -y install bystander");
        EngineVersion removes = EngineVersion.parse("15.30");
        assertThat(ids(removes)).containsExactly("BLOCK PKG-OTHERS");
        refused(() -> packages.install("m1", removes), "bystander");
        EngineVersion adds = EngineVersion.parse("15.31");
        assertThat(ids(adds)).containsExactly("BLOCK PKG-OTHERS");
        refused(() -> packages.install("m1", adds), "newcomer none -> 1-1");
        assertThat(packages.installed("m1")).hasValue(OLD);
    }

    @Test
    void theWayThereAndBackIsFetchedBeforehand() throws IOException {
        try (Repository web = new Repository(host.path("/srv/repo"))) {
            host.sh("sed -i \"s,^baseurl=.*,baseurl=$1,\" /etc/yum.repos.d/acme.repo && dnf -q clean all", web.url());
            packages.download("m1", NEW);
        }
        assertThat(packages.installed("m1")).hasValue(OLD);
        packages.install("m1", NEW);
        assertThat(packages.installed("m1")).hasValue(NEW);
        packages.install("m1", OLD);
        assertThat(packages.installed("m1")).hasValue(OLD);
    }

    @Test
    void anActionThatWouldRestartIsReported() throws IOException {
        Files.writeString(
                host.path("/etc/dnf/plugins/post-transaction-actions.d/mine.action"),
                """
                # acme-server:any:systemctl restart other
                other*:any:systemctl restart other
                acme-*:any:systemctl restart patroni
                """);
        assertThat(packages.preFlight("m1", NEW)).singleElement().satisfies(f -> {
            assertThat(f.severity() + " " + f.id()).isEqualTo("BLOCK PKG-RESTARTER");
            assertThat(f.observed()).contains("systemctl restart patroni");
        });
    }

    @Test
    void aProgramOfNoPackageIsRefused() {
        PackageManager elsewhere = new DnfPackagesProvider()
                .open(Params.of("type", "dnf", "program", "/opt/acme/bin/acmed"), member -> host);
        assertThat(elsewhere.installed("m1")).isEmpty();
        refused(() -> elsewhere.install("m1", NEW), "no package owns /opt/acme/bin/acmed");
    }

    private List<String> ids(EngineVersion version) {
        return packages.preFlight("m1", version).stream()
                .map(f -> f.severity() + " " + f.id())
                .toList();
    }

    private String versions() {
        return host.sh("rpm -q --qf '%{VERSION}-%{RELEASE} ' acme acme-server acme-libs")
                .strip();
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
