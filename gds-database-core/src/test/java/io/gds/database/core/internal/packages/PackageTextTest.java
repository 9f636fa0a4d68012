package io.gds.database.core.internal.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.plan.Params;
import io.gds.database.version.EngineVersion;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What package systems and specs write, and how it is read. */
class PackageTextTest {
    @ParameterizedTest
    @CsvSource({
        "15.20-0+deb12u1, 15.20",
        "15.20-1.pgdg120+1, 15.20",
        "1:4.4.0-2.el9, 4.4.0",
        "2.6.12+dfsg-1, 2.6.12",
        "17~rc1-1, 17~rc1",
        "6.0.15, 6.0.15",
        "1.2-3-4, 1.2",
    })
    void aPackagesVersionHoldsTheProducts(String text, String upstream) {
        assertThat(new PackageVersion(text).upstream())
                .map(EngineVersion::toString)
                .hasValue(upstream);
        assertThat(new PackageVersion(text).isRelease(EngineVersion.parse(upstream)))
                .isTrue();
    }

    @Test
    void aVersionThatIsNoneIsNoRelease() {
        assertThat(new PackageVersion("unknown").upstream()).isEmpty();
        assertThat(new PackageVersion("").isRelease(EngineVersion.parse("15"))).isFalse();
    }

    @Test
    void revisionsAreOrderedByTheirNumbers() {
        List<PackageVersion> sorted = List.of("15.20-10.el9", "15.20-2.el9", "none", "1:15.20-1.el9").stream()
                .map(PackageVersion::new)
                .sorted(PackageVersion.NATURAL)
                .toList();
        assertThat(sorted)
                .extracting(PackageVersion::text)
                .containsExactly("none", "1:15.20-1.el9", "15.20-2.el9", "15.20-10.el9");
    }

    @Test
    void anIndexOfAptKnowsWhatCanBeFetched() {
        String shown =
                """
                Package: libacme
                Source: acme (15.20-1)
                Version: 15.20-1+b1
                Architecture: amd64
                Installed-Size: 3
                Size: 2048
                Filename: ./libacme.deb
                Description: a library
                 Version: 1 is what this line does not say

                Package: libacme
                Status: install ok installed
                Version: 15.18-1
                Architecture: amd64

                """;
        assertThat(AptIndex.parse(shown))
                .containsExactly(
                        new Offer("libacme", "amd64", new PackageVersion("15.20-1+b1"), "15.20-1", 2048, 3 * 1024));
        assertThat(AptIndex.parse("")).isEmpty();
    }

    @Test
    void aTableOfDnfIsReadAlsoWhereLinesAreBroken() {
        String table =
                """
                Dependencies resolved.
                ================================================================================
                 Package              Architecture    Version               Repository     Size
                ================================================================================
                Upgrading:
                 acme                 noarch          1:15.20-2.el9         acme          5.9 k
                     replacing  acme.noarch 15.18-1.el9
                 a-package-with-quite-a-long-name-that-leaves-no-room
                                      x86_64          2-1                   acme          5.9 k
                Installing dependencies:
                 newcomer             noarch          1-1                   acme          5.9 k
                Removing dependent packages:
                 bystander            noarch          1-1                   @acme         5.9 k

                Transaction Summary
                ================================================================================
                Upgrade  3 Packages

                Total size: 18 k
                """;
        assertThat(DnfTable.parse(table))
                .extracting(Change::toString)
                .containsExactly(
                        "acme none -> 1:15.20-2.el9",
                        "a-package-with-quite-a-long-name-that-leaves-no-room none -> 2-1",
                        "newcomer none -> 1-1",
                        "bystander 1-1 -> none");
        assertThat(DnfTable.parse("Dependencies resolved.\nNothing to do.\nComplete!\n"))
                .isEmpty();
    }

    @Test
    void aPlannedChangeIsOneOfOursOrAnothers() {
        Offer pin = new Offer("libacme", "i386", new PackageVersion("2-1"), "2-1", 0, 0);
        assertThat(Selection.others(
                        List.of(
                                new Change("libacme:i386", "1-1", "2-1"),
                                new Change("libacme", "1-1", "2-1"),
                                new Change("libacme", "1-1", "3-1"),
                                new Change("libacme", "1-1", ""),
                                new Change("other", "", "2-1")),
                        List.of(pin)))
                .extracting(Change::toString)
                .containsExactly("libacme 1-1 -> 3-1", "libacme 1-1 -> none", "other none -> 2-1");
    }

    @Test
    void settingsHaveDefaults() {
        PackageSettings settings =
                PackageSettings.of(Params.of("type", "apt", "program", "/usr/lib/acme/15/bin/acmed"));
        assertThat(settings.programs()).isEqualTo("/usr/lib/acme/15/bin");
        assertThat(settings.lockTimeout()).isEqualTo(Duration.ofMinutes(1));
        assertThat(settings.refresh()).isTrue();
        assertThat(settings.names()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'program':'bin/acmed'} | packages.program: found \"bin/acmed\", expected the absolute path",
                "{'program':'/usr/*/acmed'} | packages.program: found",
                "{} | packages.program: found nothing",
                "{'program':'/b/a','lockTimeout':'PT1H'} | packages.lockTimeout: found PT1H, expected a duration from",
                "{'program':'/b/a','names':'--purge'} | packages.names: found \"--purge\", expected names of packages",
                "{'program':'/b/a','lockTimeuot':'PT1H'} | packages.lockTimeuot: found an unknown key, expected one of",
            })
    void settingsThatCannotBeAreRefused(String settings, String message) {
        Params params = Params.empty();
        for (String pair : settings.replaceAll("[{}']", "").split(",", -1)) {
            if (!pair.isEmpty()) {
                String key = pair.substring(0, pair.indexOf(':'));
                String value = pair.substring(pair.indexOf(':') + 1);
                params = params.with(key, key.equals("names") ? List.of(value) : value);
            }
        }
        Params all = params;
        assertThatThrownBy(() -> PackageSettings.of(all))
                .isInstanceOfSatisfying(
                        GdsDatabaseException.class, e -> assertThat(e.code()).isEqualTo("GDS-PACKAGE"))
                .hasMessageContaining(message);
    }
}
