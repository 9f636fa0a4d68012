package io.gds.database.core.internal.packages;

import static org.assertj.core.api.Assertions.assertThat;

import io.gds.database.plan.Params;
import io.gds.database.spi.PackageManager;
import io.gds.database.version.EngineVersion;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AptPackagesTest {
    private static final EngineVersion OLD = EngineVersion.parse("15.18");
    private static final EngineVersion NEW = EngineVersion.parse("15.20");

    private DebianHost host;
    private PackageManager packages;

    @BeforeEach
    void start() throws IOException {
        host = DebianTree.with("acme-debs.sh", "needrestart").start();
        packages = new AptPackagesProvider()
                .open(Params.of("type", "apt", "program", "/usr/lib/acme/15/bin/acmed"), member -> host);
        host.sh("apt-get -q update && apt-get -q -y install acme-server=15.18-0+deb12u1 libacme=15.18-0+deb12u1"
                + " acme-client=15.18-0+deb12u1+b1 && rm -f /srv/service");
    }

    @AfterEach
    void stop() {
        if (host != null) {
            host.close();
        }
    }

    @Test
    void bringsAVersionAndTakesItBack() {
        assertThat(packages.available("m1"))
                .extracting(EngineVersion::toString)
                .containsExactly("15.9", "15.18", "15.20", "15.30", "15.31", "15.32");
        assertThat(packages.installed("m1")).hasValue(OLD);
        assertThat(packages.changes("m1", NEW))
                .containsExactly(
                        "acme-client 15.18-0+deb12u1+b1 -> 15.20-0+deb12u2+b1",
                        "acme-server 15.18-0+deb12u1 -> 15.20-0+deb12u2",
                        "libacme 15.18-0+deb12u1 -> 15.20-0+deb12u2");
        packages.download("m1", NEW);
        assertThat(packages.installed("m1")).hasValue(OLD);

        packages.install("m1", NEW);
        assertThat(packages.installed("m1")).hasValue(NEW);
        assertThat(host.sh("/usr/lib/acme/15/bin/acmed")).isEqualTo("15.20-0+deb12u2\n");

        packages.install("m1", OLD);
        assertThat(packages.installed("m1")).hasValue(OLD);
        assertThat(host.sh("/usr/lib/acme/15/bin/acmed")).isEqualTo("15.18-0+deb12u1\n");
        assertThat(host.path("/srv/service")).doesNotExist();
        assertThat(host.path("/usr/sbin/policy-rc.d")).doesNotExist();
    }
}
