package io.gds.engine.mssql.internal.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BuildTest {
    @ParameterizedTest
    @CsvSource({
        "16.0.4165,   16.0.4165",
        "16.0.4165.4, 16.0.4165",
        "16.00.4165,  16.0.4165",
        "'  16.0.4165.4\t', 16.0.4165",
        // The version of a file, which tells of the service pack.
        "13.2.5026.0, 13.0.5026",
        "10.50.6000.34, 10.50.6000",
        "10.53.6000.34, 10.50.6000",
        "10.4.6000.29, 10.0.6000",
        "18.0.1000,   18.0.1000"
    })
    void readsThreeOrFourNumbers(String text, String shown) {
        assertThat(Build.of(text)).hasToString(shown);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "16",
                "16.0",
                "16.0.",
                "16.0.x",
                "16.0.4165.4.1",
                "16.0.4165-4",
                "v16.0.4165",
                "-16.0.4165",
                "16,0,4165",
                "16.0.4165 CU16",
                "2022.160.4165.4",
                "16.0.12345678",
                "99999999999.0.1",
                "١٦.0.4165"
            })
    void anythingElseIsNoBuild(String text) {
        assertThat(Build.parse(text)).isEmpty();
        assertThatThrownBy(() -> Build.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("\"" + text + "\" is not a build number");
    }

    @Test
    void theFourthNumberCountsForNothing() {
        Build one = Build.of("16.0.4165.4");
        Build other = Build.of("16.0.4165.7");
        assertThat(one).isEqualTo(other).hasSameHashCodeAs(other).isEqualByComparingTo(other);
        assertThat(one.isBelow(other)).isFalse();
        assertThat(other.isBelow(one)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "16.0.4165, 16.0.4175",
        // As numbers, not as texts.
        "16.0.950,  16.0.1000",
        "9.0.5000,  10.0.1600",
        "10.0.6556, 10.50.1600",
        "15.0.4480, 16.0.1000"
    })
    void isBelowByNumbers(String lower, String higher) {
        assertThat(Build.of(lower).isBelow(Build.of(higher))).isTrue();
        assertThat(Build.of(higher).isBelow(Build.of(lower))).isFalse();
        assertThat(Build.of(lower)).isLessThan(Build.of(higher));
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.6556,  V2008,   100, false",
        "10.50.6560, V2008R2, 100, false",
        "11.0.7507,  V2012,   110, false",
        "12.0.6449,  V2014,   120, false",
        "13.0.6300,  V2016,   130, true",
        "14.0.3456,  V2017,   140, true",
        "15.0.4430,  V2019,   150, true",
        "16.0.4265,  V2022,   160, true",
        "17.0.4065,  V2025,   170, true"
    })
    void aBuildHasAFamily(String build, Family family, String folder, boolean supported) {
        assertThat(Build.of(build).family()).contains(family);
        assertThat(family.folder()).isEqualTo(folder);
        assertThat(family.isSupported()).isEqualTo(supported);
    }

    @Test
    void aMajorOfTomorrowHasNoFamilyAndIsNoError() {
        assertThat(Build.of("18.0.1000").family()).isEmpty();
        assertThat(Build.of("9.0.5000").family()).isEmpty();
    }

    @Test
    void r2IsAFamilyOfItsOwn() {
        assertThat(Build.of("10.0.6000").sameFamily(Build.of("10.50.6000"))).isFalse();
        assertThat(Build.of("10.53.6000").sameFamily(Build.of("10.50.1600"))).isTrue();
        assertThat(Build.of("13.2.5026").sameFamily(Build.of("13.0.6300"))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"2022, V2022", "2008R2, V2008R2", "2008 R2, V2008R2", "2008r2, V2008R2", "' 2019 ', V2019"})
    void aFamilyIsFoundByName(String name, Family family) {
        assertThat(Family.named(name)).contains(family);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "22", "2020", "SQL Server 2022", "2022SP1"})
    void anUnknownNameIsNoFamily(String name) {
        assertThat(Family.named(name)).isEmpty();
    }
}
