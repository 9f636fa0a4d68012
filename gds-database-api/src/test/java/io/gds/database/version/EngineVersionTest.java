package io.gds.database.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gds.database.error.GdsDatabaseException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EngineVersionTest {
    @ParameterizedTest
    @CsvSource({
        "9.6, 10",
        "9.6.24, 10.1",
        "15.9, 15.10",
        "15.20, 15.20-0+deb12u1",
        "15.18-0+deb12u1, 15.20-0+deb12u1",
        "15.20-0+deb12u2, 15.20-0+deb12u10",
        "16.0.4165.4, 16.0.4175.1",
        "15.0.4430.1, 16.0.1000.6",
        "v1.36.3+k3s1, v1.36.3+k3s2",
        "v1.36.3+k3s2, v1.36.10+k3s1",
        "v1.36.3-rc1+k3s1, v1.36.3+k3s1",
        "18beta1, 18rc1",
        "18rc1, 18.0",
        "19beta2, 19beta10",
        "6.0.5, 6.0.27"
    })
    void ordersAsTheVendorsDo(String lower, String higher) {
        EngineVersion a = EngineVersion.parse(lower);
        EngineVersion b = EngineVersion.parse(higher);
        assertThat(a).isLessThan(b);
        assertThat(b).isGreaterThan(a);
        assertThat(a).isNotEqualTo(b);
    }

    @Test
    void missingNumbersAreZero() {
        assertThat(EngineVersion.parse("14.24.0")).isEqualTo(EngineVersion.parse("14.24"));
        assertThat(EngineVersion.parse("14.24.0").hashCode())
                .isEqualTo(EngineVersion.parse("14.24").hashCode());
        assertThat(EngineVersion.parse("v1.2")).isEqualTo(EngineVersion.parse("1.2.0"));
    }

    @Test
    void packagingDoesNotMakeAnotherRelease() {
        EngineVersion packaged = EngineVersion.parse("15.20-0+deb12u1");
        assertThat(packaged.sameRelease(EngineVersion.parse("15.20"))).isTrue();
        assertThat(packaged.sameRelease(EngineVersion.parse("15.21"))).isFalse();
        assertThat(packaged.withoutRevision()).hasToString("15.20");
        assertThat(packaged.revision()).isEqualTo("-0+deb12u1");
        assertThat(EngineVersion.parse("18rc1").sameRelease(EngineVersion.parse("18.0")))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "abc", "PostgreSQL 15.20", "15.20 (Debian)", ".5", "latest"})
    void refusesWhatIsNoVersion(String text) {
        assertThatThrownBy(() -> EngineVersion.parse(text))
                .isInstanceOf(GdsDatabaseException.class)
                .hasMessageContaining("GDS-VERSION-INVALID")
                .hasMessageContaining("Remedy");
    }

    @Test
    void sortingIsTotalAndStable() {
        List<EngineVersion> sorted = List.of("10", "9.6", "15.10", "15.9", "18beta1", "18", "15.9-1").stream()
                .map(EngineVersion::parse)
                .sorted()
                .toList();
        assertThat(sorted)
                .extracting(EngineVersion::toString)
                .containsExactly("9.6", "10", "15.9", "15.9-1", "15.10", "18beta1", "18");
    }
}
