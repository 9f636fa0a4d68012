package io.gds.database.core.internal.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.plan.Params;
import io.gds.database.spi.PackageManager;
import io.gds.database.spi.PackageManagerProvider;
import io.gds.database.version.EngineVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Versions that are laid beside what is installed, by real apt and real dnf. */
@Tag("slow")
class UnpackTest {
    private static final EngineVersion OLD = EngineVersion.parse("15.18");
    private static final EngineVersion NEW = EngineVersion.parse("15.20");
    private static final Params SETTINGS = Params.of("program", "/usr/lib/acme/15/bin/acmed");

    @Test
    void apt() throws Exception {
        try (DebianHost host = DebianTree.acme().start()) {
            unpacks(host, new AptPackagesProvider(), "/usr/share/acme/acme-server/version");
        }
    }

    @Test
    void dnf() throws Exception {
        try (DebianHost host = DebianTree.acmeOfRpm().start()) {
            unpacks(host, new DnfPackagesProvider(), "/usr/share/acme/libs");
        }
    }

    private static void unpacks(DebianHost host, PackageManagerProvider provider, String file) throws Exception {
        PackageManager packages = provider.open(SETTINGS.with("type", provider.type()), member -> host);
        String installed = host.sh("find /usr /etc /var/lib/dpkg /var/lib/rpm -type f | sort | xargs sha256sum");
        host.sh("mkdir /srv/clone && touch /srv/clone/before");

        assertThat(packages.unpack("m1", NEW, "/srv/clone/15.20")).isTrue();

        assertThat(host.path("/srv/clone/15.20/usr/lib/acme/15/bin/acmed")).isNotEmptyFile();
        Path text = host.path("/srv/clone/15.20" + file);
        assertThat(Files.readString(text)).startsWith("15.20");
        assertThat(host.sh("ls -A /srv/clone")).isEqualTo("15.20\nbefore\n");
        assertThat(packages.installed("m1")).hasValue(OLD);
        assertThat(host.sh("find /usr /etc /var/lib/dpkg /var/lib/rpm -type f | sort | xargs sha256sum"))
                .as("what is installed")
                .isEqualTo(installed);

        Files.writeString(text, "mine");
        assertThat(packages.unpack("m1", NEW, "/srv/clone/15.20")).isTrue();
        assertThat(text).as("there already").hasContent("mine");
        assertThatThrownBy(() -> packages.unpack("m1", EngineVersion.parse("15.99"), "/srv/clone/15.99"))
                .isInstanceOf(GdsDatabaseException.class)
                .hasMessageContaining("15.99 is not available");
        assertThat(host.path("/srv/clone/15.99")).doesNotExist();
    }
}
