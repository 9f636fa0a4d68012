package io.gds.engine.mssql.internal.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gds.engine.mssql.internal.build.TargetPolicy.Rule;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetPolicyTest {
    private static final BuildCatalogue CATALOGUE = Excerpt.catalogue();

    private static String target(TargetPolicy policy, String current) {
        return target(policy, current, "2026-09-20");
    }

    private static String target(TargetPolicy policy, String current, String today) {
        return policy.target(CATALOGUE, Build.of(current), Excerpt.clock(today))
                .map(b -> b.build().toString())
                .orElse("none");
    }

    private static TargetPolicy of(Rule rule) {
        return TargetPolicy.of(rule);
    }

    @ParameterizedTest
    @CsvSource({
        "16.0.1000, 16.0.4265, as released",
        "16.0.1050, 16.0.4265, GDR: asked for by name",
        "16.0.1210, 16.0.4265, a GDR of tomorrow",
        "16.0.4165, 16.0.4265, CU",
        "16.0.4262, 16.0.4265, CU+GDR",
        "16.0.4235, 16.0.4265, one that was taken back",
        "16.0.4265, none,      there already",
        "16.0.4275, none,      CU+GDR that stands on the newest",
        "16.0.4300, none,      newer than all that is known",
        "13.0.4001, 13.0.5888, 2016 before its last service pack",
        "13.0.6300, none,      there are no cumulative updates behind SP3",
        "13.0.6404, none,      nor on its security updates",
        "13.0.7016, none,      nor with the Azure Connect Pack",
        "17.0.4005, 17.0.4075, the first cut of CU1",
        "18.0.1000, none,      a family that is not known"
    })
    void theLatestCumulativeUpdate(String current, String target, String why) {
        assertThat(target(of(Rule.LATEST_CU), current)).as(why).isEqualTo(target);
    }

    @ParameterizedTest
    @CsvSource({
        "16.0.1000, 16.0.1200, as released: not over to cumulative updates",
        "16.0.1050, 16.0.1200, GDR",
        "16.0.4165, 16.0.4275, CU",
        "16.0.4230, 16.0.4275, CU+GDR",
        "16.0.4235, 16.0.4275, one that was taken back",
        "17.0.4005, 17.0.4085, the first cut of CU1 is on the line of cumulative updates",
        "16.0.4275, none,      there already",
        "16.0.1200, none,      there already",
        "15.0.4430, 15.0.4490, 2019",
        "15.0.2070, 15.0.2180, 2019 GDR",
        "14.0.1000, 14.0.2130, 2017 as released",
        "13.0.5888, 13.0.5893, the line of 2016 SP2 is closed",
        "13.0.5893, none,      and at its end",
        "13.0.6300, 13.0.6500, SP3 as released: not over to the Azure Connect Pack",
        "13.0.6404, 13.0.6500, SP3 GDR",
        "13.0.7000, 13.0.7095, Azure Connect Pack",
        "13.0.7095, none,      there already"
    })
    void theLatestSecurityUpdateOfItsLine(String current, String target, String why) {
        assertThat(target(of(Rule.LATEST_SECURITY_ON_MY_BRANCH), current))
                .as(why)
                .isEqualTo(target);
    }

    @ParameterizedTest
    @CsvSource({
        "16.0.1000, 16.0.4255, as released",
        "16.0.1050, 16.0.4255, GDR: asked for by name",
        "16.0.4165, 16.0.4255, CU",
        "16.0.4252, 16.0.4255, CU+GDR",
        "16.0.4255, none,      there already",
        "16.0.4262, none,      never downwards",
        "16.0.4265, none,      never downwards",
        "13.0.7016, none,      Azure Connect Pack"
    })
    void theCumulativeUpdateBeforeTheLatest(String current, String target, String why) {
        assertThat(target(TargetPolicy.behind(1), current)).as(why).isEqualTo(target);
    }

    @ParameterizedTest
    @CsvSource({
        "16.0.4165, 16.0.4225, 16.0.4225, the minimum itself",
        "16.0.4165, 16.0.4228, 16.0.4230, the first build from there on",
        "16.0.4165, 16.0.4235, 16.0.4236, not the one that was taken back",
        "16.0.4225, 16.0.4225, none,      there already",
        "16.0.4265, 16.0.4225, none,      never downwards",
        "16.0.4165, 16.0.4900, none,      nothing leads so far",
        "16.0.1000, 16.0.1050, 16.0.1050, as released to GDR",
        "16.0.1000, 16.0.1300, 16.0.4003, as released to CU",
        "16.0.1050, 16.0.1100, 16.0.1190, GDR",
        "16.0.1050, 16.0.4165, none,      GDR: that a number is a cumulative update is no asking for them",
        "13.0.6404, 13.0.6501, none,      GDR: not over to the Azure Connect Pack",
        "13.0.6300, 13.0.6501, none,      as released: not over to the Azure Connect Pack",
        "13.0.7016, 13.0.7081, 13.0.7085, Azure Connect Pack",
        "15.0.4430, 16.0.4003, none,      a minimum of another family",
        "16.0.4165, 15.0.4430, none,      a minimum of another family"
    })
    void atLeastABuild(String current, String minimum, String target, String why) {
        assertThat(target(TargetPolicy.atLeast(Build.of(minimum)), current))
                .as(why)
                .isEqualTo(target);
    }

    @ParameterizedTest
    @CsvSource({
        // CU26 is of 2026-07-16, CU25 of 2026-05-20.
        "0,   2026-07-16, 16.0.4265",
        "30,  2026-08-14, 16.0.4255",
        "30,  2026-08-15, 16.0.4265",
        "30,  2026-08-16, 16.0.4265",
        "365, 2026-08-16, 16.0.4165"
    })
    void aBuildHasToHaveBeenOutForSoManyDays(int days, String today, String target) {
        assertThat(target(of(Rule.LATEST_CU).soak(days), "16.0.4003", today)).isEqualTo(target);
    }

    @Test
    void aBuildOfUnknownAgeIsNeverOldEnough() {
        assertThat(target(of(Rule.LATEST_CU), "13.0.5026")).isEqualTo("13.0.5888");
        assertThat(target(of(Rule.LATEST_CU).soak(1), "13.0.5026")).isEqualTo("none");
    }

    @Test
    void aDeniedBuildIsNeverChosen() {
        TargetPolicy policy = of(Rule.LATEST_CU).deny(Set.of(Build.of("16.0.4265.1"), Build.of("16.0.4255")));
        assertThat(target(policy, "16.0.4165")).isEqualTo("16.0.4245");
        assertThat(target(TargetPolicy.atLeast(Build.of("16.0.4225")).deny(Set.of(Build.of("16.0.4225"))), "16.0.4165"))
                .isEqualTo("16.0.4230");
    }

    @Test
    void theOneBeforeTheLatestIsCountedAmongThoseThatAreAllowed() {
        assertThat(target(TargetPolicy.behind(1).deny(Set.of(Build.of("16.0.4265"))), "16.0.4165"))
                .isEqualTo("16.0.4245");
        assertThat(target(TargetPolicy.behind(1).soak(30), "16.0.4165", "2026-08-14"))
                .isEqualTo("16.0.4245");
    }

    @Test
    void noDayChoosesWhatWasTakenBack() {
        // Of 2025 only the first cut of CU1 stands below 17.0.4006.
        TargetPolicy policy = TargetPolicy.atLeast(Build.of("17.0.4000"));
        assertThat(target(policy, "17.0.1000")).isEqualTo("17.0.4006");
        assertThat(target(policy.deny(Set.of(Build.of("17.0.4006"))), "17.0.1000"))
                .isEqualTo("17.0.4015");
    }

    @Test
    void theOrderOfRefiningDoesNotMatter() {
        Set<Build> denied = Set.of(Build.of("16.0.4265"));
        assertThat(of(Rule.LATEST_CU).soak(7).deny(denied))
                .isEqualTo(of(Rule.LATEST_CU).deny(denied).soak(7));
    }

    @Test
    void aMinimumBelongsToItsRuleAndNoOther() {
        Optional<Build> minimum = Optional.of(Build.of("16.0.4165"));
        assertThatThrownBy(() -> new TargetPolicy(Rule.LATEST_CU, minimum, 0, 0, Set.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("MIN_BUILD");
        assertThatThrownBy(() -> of(Rule.MIN_BUILD)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> of(Rule.LATEST_CU).soak(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("-1");
    }

    @ParameterizedTest
    @CsvSource({
        "BASELINE,      true,  true,  true,  true,  false",
        "GDR,           true,  true,  false, false, false",
        "CU,            true,  false, true,  true,  false",
        "CU_GDR,        true,  false, true,  true,  false",
        "AZURE_CONNECT, false, false, false, false, true"
    })
    void whatKeepsOneOnItsLine(
            Channel line, boolean baseline, boolean gdr, boolean cumulative, boolean onCumulative, boolean azure) {
        assertThat(line.staysOn(Channel.BASELINE)).isEqualTo(baseline);
        assertThat(line.staysOn(Channel.GDR)).isEqualTo(gdr);
        assertThat(line.staysOn(Channel.CU)).isEqualTo(cumulative);
        assertThat(line.staysOn(Channel.CU_GDR)).isEqualTo(onCumulative);
        assertThat(line.staysOn(Channel.AZURE_CONNECT)).isEqualTo(azure);
    }
}
