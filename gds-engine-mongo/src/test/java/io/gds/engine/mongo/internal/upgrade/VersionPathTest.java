package io.gds.engine.mongo.internal.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VersionPathTest {
    private final VersionPath path = VersionPath.read();

    private Optional<List<String>> way(String from, String to) {
        return path.way(Series.parse(from), Series.parse(to))
                .map(w -> w.stream().map(h -> h.from() + ">" + h.to()).toList());
    }

    @Test
    void majorsOneAtATime() {
        assertThat(way("4.4.2", "6.0.27")).contains(List.of("4.4>5.0", "5.0>6.0"));
        assertThat(way("6.0", "8.0")).contains(List.of("6.0>7.0", "7.0>8.0"));
    }

    @Test
    void minorsAreSkippedWhereTheVendorAllowsIt() {
        assertThat(way("8.0", "8.3")).contains(List.of("8.0>8.3"));
        assertThat(way("8.0", "9.0")).contains(List.of("8.0>9.0"));
        assertThat(way("8.2", "9.0")).contains(List.of("8.2>8.3", "8.3>9.0"));
    }

    @Test
    void noWayBackwardsAndNoneToWhatNobodyKnows() {
        assertThat(way("6.0", "5.0")).isEmpty();
        assertThat(way("6.0", "10.0")).isEmpty();
        assertThat(way("6.0", "6.0")).contains(List.of());
    }

    @Test
    void theServersVersionDecidesAboutConfirm() {
        assertThat(path.wantsConfirm(Series.parse("6.0"))).isFalse();
        assertThat(path.wantsConfirm(Series.parse("7.0"))).isTrue();
        assertThat(path.wantsConfirm(Series.parse("10.0"))).isTrue();
        assertThat(path.hasDryRun(Series.parse("8.2"))).isFalse();
    }

    @Test
    void theVendorsWordAboutTheWayBack() {
        Hop hop =
                path.way(Series.parse("6.0"), Series.parse("7.0")).orElseThrow().get(0);
        assertThat(hop.support("community")).contains("not supported");
        assertThat(hop.support("enterprise")).contains("with the vendor's support");
    }
}
