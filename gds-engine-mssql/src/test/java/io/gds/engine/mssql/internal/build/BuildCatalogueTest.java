package io.gds.engine.mssql.internal.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BuildCatalogueTest {
    private static final BuildCatalogue CATALOGUE = Excerpt.catalogue();

    @Test
    void findsABuildWhateverItsFourthNumber() {
        assertThat(CATALOGUE.find(Build.of("16.0.4245.2")))
                .map(KnownBuild::describe)
                .contains("16.0.4245 (RTM CU24, KB5080999)");
        assertThat(CATALOGUE.find(Build.of("16.0.4246"))).isEmpty();
    }

    @Test
    void aFamilyIsAscendingAndItsOwn() {
        List<KnownBuild> family = CATALOGUE.family(Build.of("10.53.6000"));
        assertThat(family)
                .extracting(b -> b.build().toString())
                .containsExactly("10.50.1600", "10.50.1617", "10.50.6000", "10.50.6560");
        assertThat(CATALOGUE.family(Build.of("10.0.6000"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"2026-09-08, false", "2026-10-22, false", "2026-10-23, true", "2027-01-01, true"})
    void aListIsStaleAfterFortyFiveDays(String today, boolean stale) {
        assertThat(CATALOGUE.updatedAt()).isEqualTo(Instant.parse("2026-09-08T00:00:00Z"));
        assertThat(CATALOGUE.isStale(Excerpt.clock(today))).isEqualTo(stale);
    }

    @ParameterizedTest
    @CsvSource({
        // Written down.
        "16.0.1000, BASELINE",
        "16.0.4165, CU",
        "16.0.4230, CU_GDR",
        "13.0.7000, AZURE_CONNECT",
        // Of tomorrow, or not written down.
        "13.0.6399, GDR",
        "13.0.6999, GDR",
        "13.0.7100, AZURE_CONNECT",
        "14.0.2999, GDR",
        "14.0.3001, CU",
        "16.0.1001, GDR",
        "16.0.1210, GDR",
        "16.0.4001, CU",
        "16.0.4180, CU",
        "16.0.4231, CU_GDR",
        "16.0.4300, CU_GDR",
        "17.0.4005, CU"
    })
    void theLineOfABuildIsKnownEvenIfItIsNotWrittenDown(String build, Channel line) {
        assertThat(CATALOGUE.channelOf(Build.of(build))).contains(line);
    }

    @ParameterizedTest
    @ValueSource(strings = {"16.0.950", "18.0.1000", "10.0.6000", "8.0.1"})
    void nothingIsKnownBelowTheFirstBuildOfAFamily(String build) {
        assertThat(CATALOGUE.channelOf(Build.of(build))).isEmpty();
    }

    @Test
    void anOldListKnowsTheLineOfANewerBuildByItsNumber() {
        BuildCatalogue old = CatalogueReader.read(
                "an old index",
                "{\"Data\": [{\"Version\": \"13.0.6300\", \"SP\": \"SP3\"}, {\"Version\": \"17.0.1000\", \"SP\": \"RTM\"}]}");
        assertThat(old.channelOf(Build.of("17.0.4006"))).contains(Channel.CU);
        assertThat(old.channelOf(Build.of("17.0.1050"))).contains(Channel.GDR);
        assertThat(old.channelOf(Build.of("13.0.7016"))).contains(Channel.AZURE_CONNECT);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "16.0.1000 | 16.0.1000 (RTM as released)",
                "16.0.1050 | 16.0.1050 (RTM GDR, KB5021522)",
                "16.0.4230 | 16.0.4230 (RTM CU22+GDR, KB5072936)",
                "13.0.2186 | 13.0.2186 (RTM CU3, KB3205413, KB3194717)",
                "13.0.7016 | 13.0.7016 (SP3 Azure Connect Pack, KB5015371)",
                "15.0.4063 | 15.0.4063 (RTM CU7, KB4570012, retired)",
                "17.0.4005 | 17.0.4005 (RTM CU, KB5074901, retired)"
            })
    void aBuildIsDescribedForPeople(String build, String text) {
        assertThat(CATALOGUE.find(Build.of(build))).map(KnownBuild::describe).isEqualTo(Optional.of(text));
    }
}
