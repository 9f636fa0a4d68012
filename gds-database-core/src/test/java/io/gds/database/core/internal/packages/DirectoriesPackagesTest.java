package io.gds.database.core.internal.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gds.database.core.internal.shell.LocalShell;
import io.gds.database.error.GdsDatabaseException;
import io.gds.database.plan.Params;
import io.gds.database.spi.Command;
import io.gds.database.spi.HostShell;
import io.gds.database.spi.PackageManager;
import io.gds.database.version.EngineVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoriesPackagesTest {
    private static final EngineVersion OLD = EngineVersion.parse("15.9");
    private static final EngineVersion NEW = EngineVersion.parse("15.20");

    @TempDir
    Path dir;

    private final HostShell shell = new LocalShell("here", "");

    @BeforeEach
    void unpack() throws IOException {
        for (String each : new String[] {"15.9/bin", "15.20/bin", "16/lib", "notes/bin", "17 beta/bin"}) {
            Files.createDirectories(dir.resolve("versions").resolve(each));
        }
        Files.createFile(dir.resolve("versions/18"));
        Files.createDirectory(dir.resolve("links"));
    }

    private PackageManager packages(HostShell with) {
        Params settings = Params.of("type", "directories", "root", dir + "/versions/", "link", dir + "/links/{member}");
        return new DirectoriesPackagesProvider().open(settings, member -> with);
    }

    @Test
    void onlyDirectoriesWithProgramsAreVersions() {
        assertThat(packages(shell).available("m1")).containsExactly(OLD, NEW);
        assertThat(packages(shell).programs("m1")).isEqualTo(dir + "/links/m1/bin");
        assertThat(packages(shell).describe("m1")).contains(dir + "/links/m1");
    }

    @Test
    void installingPointsTheLinkOfOneMember() throws IOException {
        PackageManager packages = packages(shell);
        assertThat(packages.installed("m1")).isEmpty();
        packages.install("m1", OLD);
        packages.install("m2", OLD);
        packages.install("m1", NEW);
        packages.install("m1", NEW);
        assertThat(packages.installed("m1")).hasValue(NEW);
        assertThat(packages.installed("m2")).hasValue(OLD);
        assertThat(Files.readSymbolicLink(dir.resolve("links/m1"))).isEqualTo(dir.resolve("versions/15.20"));
        onlyLinks("m1", "m2");
    }

    @Test
    void whatACrashLeftIsUsedUpByTheNextCall() throws IOException {
        Files.createSymbolicLink(dir.resolve("links/m1.tmp-15.20"), Path.of("/nowhere"));
        packages(shell).install("m1", NEW);
        assertThat(packages(shell).installed("m1")).hasValue(NEW);
        onlyLinks("m1");
    }

    @Test
    void anUnknownVersionIsRefusedWithThoseThatAreThere() {
        packages(shell).install("m1", OLD);
        refused(() -> packages(shell).install("m1", EngineVersion.parse("15.21")), "[15.9, 15.20]");
        assertThat(packages(shell).installed("m1")).hasValue(OLD);
    }

    @Test
    void aDirectoryWhereTheLinkShouldBeStays() throws IOException {
        Files.createDirectory(dir.resolve("links/m1"));
        assertThat(packages(shell).installed("m1")).isEmpty();
        refused(() -> packages(shell).install("m1", NEW), "mv -T");
        assertThat(Files.isDirectory(dir.resolve("links/m1"), LinkOption.NOFOLLOW_LINKS))
                .isTrue();
        onlyLinks("m1");
    }

    @Test
    void aLinkToElsewhereIsNoVersion() throws IOException {
        Files.createDirectories(dir.resolve("other/15.20/bin"));
        Files.createSymbolicLink(dir.resolve("links/m1"), dir.resolve("other/15.20"));
        assertThat(packages(shell).installed("m1")).isEmpty();
        packages(shell).install("m1", NEW);
        assertThat(packages(shell).installed("m1")).hasValue(NEW);
    }

    @Test
    void badSettingsAndNamesAreRefused() throws IOException {
        refused(() -> packages(shell).install("../m1", NEW), "cannot be part of a path");
        refused(() -> new DirectoriesPackages("versions", "/l", member -> shell), "packages.root");
        refused(() -> new DirectoriesPackages("/v", "l", member -> shell), "packages.link");
        refused(
                () -> new DirectoriesPackagesProvider().open(Params.of("root", "/v"), member -> shell),
                "packages.link: found nothing");
        refused(() -> new DirectoriesPackages(dir + "/none", "/l", member -> shell).available("m1"), "ls -1");
    }

    @Test
    void itWorksAsTheShellsUser() throws IOException {
        assumeTrue(shell.run(Command.of("id", "-u")).output().strip().equals("0"), "only root can become another user");
        Files.setPosixFilePermissions(dir, PosixFilePermissions.fromString("rwxr-xr-x"));
        HostShell nobody = new LocalShell("here", "nobody");
        refused(() -> packages(nobody).install("m1", NEW), "ermission denied");
        shell.run(Command.of("chown", "nobody", dir + "/links")).orElseThrow();
        packages(nobody).install("m1", NEW);
        assertThat(packages(nobody).installed("m1")).hasValue(NEW);
        assertThat(Files.getOwner(dir.resolve("links/m1"), LinkOption.NOFOLLOW_LINKS)
                        .getName())
                .isEqualTo("nobody");
    }

    private void onlyLinks(String... names) throws IOException {
        try (var list = Files.list(dir.resolve("links"))) {
            assertThat(list.map(p -> p.getFileName().toString())).containsExactlyInAnyOrder(names);
        }
    }

    private static void refused(ThrowingCallable call, String says) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        GdsDatabaseException.class, e -> assertThat(e.code()).isEqualTo("GDS-PACKAGE"))
                .hasMessageContaining(says);
    }
}
