package io.gds.engine.mssql;

import static io.gds.engine.mssql.PolicyFiles.CATALOGUE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.error.InvalidSpecException;
import io.gds.database.plan.Finding;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a policy says to updates, by rows as they stand in the index of dbatools, which was written on 2026-09-08. */
class BuildPolicyTest {
    private static final BuildPolicy POLICY = BuildPolicy.of(CATALOGUE);

    private static Clock clock(String day) {
        return Clock.fixed(Instant.parse(day + "T12:00:00Z"), ZoneOffset.UTC);
    }

    private static List<Finding> judge(BuildPolicy policy, String current, String target) {
        return policy.judge("SQL01", current, target, clock("2026-09-20"));
    }

    private static List<String> ids(BuildPolicy policy, String current, String target) {
        return judge(policy, current, target).stream()
                .map(f -> f.severity() + " " + f.id())
                .toList();
    }

    @Test
    void anUpdateThatIsAsWantedIsNotMentioned() {
        assertThat(ids(POLICY, "16.0.4135.4", "16.0.4165.4")).isEmpty();
        assertThat(ids(POLICY.latestCu(), "16.0.4135.4", "16.0.4265")).isEmpty();
        assertThat(ids(POLICY.latestCu().soakDays(60), "16.0.4135.4", "16.0.4265"))
                .isEmpty();
    }

    @Test
    void aBuildThatWasTakenBackIsRefusedWhateverThePolicyWants() {
        assertThat(judge(POLICY, "16.0.4165.4", "16.0.4235.1"))
                .containsExactly(Finding.block(
                        "MSSQL-BUILD-RETIRED",
                        "SQL01",
                        "the mapping leads it to 16.0.4235 (RTM CU22+GDR, KB5074819, retired), which Microsoft took back",
                        "a build that stands, for example 16.0.4240 (RTM CU23+GDR, KB5077464)",
                        "name another target_build in the mapping."));
    }

    @Test
    void aDeniedBuildIsRefused() {
        BuildPolicy denying = POLICY.deny("16.0.4265.1").deny("16.0.4255");
        assertThat(judge(denying, "16.0.4165.4", "16.0.4265"))
                .containsExactly(Finding.block(
                        "MSSQL-BUILD-DENIED",
                        "SQL01",
                        "the mapping leads it to 16.0.4265 (RTM CU26, KB5093420), which the policy denies",
                        "another build",
                        "name another target_build in the mapping, or take it from deny."));
        assertThat(ids(denying, "16.0.4165.4", "16.0.4255")).containsExactly("BLOCK MSSQL-BUILD-DENIED");
        assertThat(ids(denying, "16.0.4165.4", "16.0.4245")).isEmpty();
        assertThat(ids(POLICY.deny("16.0.4235"), "16.0.4165.4", "16.0.4235"))
                .containsExactly("BLOCK MSSQL-BUILD-RETIRED", "BLOCK MSSQL-BUILD-DENIED");
    }

    @Test
    void aBuildThatIsTooYoungIsRefused() {
        assertThat(judge(POLICY.soakDays(14), "16.0.4165.4", "16.0.4275"))
                .containsExactly(Finding.block(
                        "MSSQL-BUILD-YOUNG",
                        "SQL01",
                        "the mapping leads it to 16.0.4275 (RTM CU26+GDR, KB5122768), released on 2026-09-08, 12 days ago",
                        "a build that was released 14 days ago or more, by 2026-09-06",
                        "wait until 2026-09-22, or name an older target_build."));
        assertThat(ids(POLICY.soakDays(12), "16.0.4165.4", "16.0.4275")).isEmpty();
        assertThat(ids(POLICY, "16.0.4165.4", "16.0.4275")).isEmpty();
    }

    @Test
    void aBuildWhoseAgeNobodyKnowsCountsAsYoung() {
        assertThat(judge(POLICY.soakDays(14), "16.0.4165.4", "16.0.4290"))
                .extracting(Finding::id)
                .containsExactly("MSSQL-BUILD-UNKNOWN", "MSSQL-BUILD-YOUNG");
        assertThat(judge(POLICY.soakDays(14), "16.0.4165.4", "16.0.4290").get(1).toString())
                .contains("BLOCK", "the catalogue does not say when that was released");
        assertThat(ids(POLICY.soakDays(14), "13.0.5026", "13.0.5888")).containsExactly("BLOCK MSSQL-BUILD-YOUNG");
    }

    /** Of most builds the index has no day: numbers of one line grow with time. */
    @Test
    void aBuildIsAtLeastAsOldAsTheNextOneOfItsLine() {
        assertThat(ids(POLICY.soakDays(90), "13.0.6300", "13.0.6404")).isEmpty();
        assertThat(ids(POLICY.soakDays(190), "13.0.6300", "13.0.6404")).containsExactly("BLOCK MSSQL-BUILD-YOUNG");
        assertThat(ids(POLICY.soakDays(90), "16.0.4165", "16.0.4180")).containsExactly("WARN MSSQL-BUILD-UNKNOWN");
    }

    @Test
    void aTargetBelowWhatThePolicyWantsIsToldWithTheOneThatIsWanted() {
        assertThat(judge(POLICY.latestCu(), "16.0.4135.4", "16.0.4165.4"))
                .containsExactly(Finding.warn(
                        "MSSQL-BUILD-BEHIND",
                        "SQL01",
                        "the mapping leads it to 16.0.4165 (RTM CU16, KB5048033)",
                        "16.0.4265 (RTM CU26, KB5093420) or more, by the policy latestCu",
                        "add a mapping with that target_build."));
    }

    @ParameterizedTest
    @CsvSource({
        "latestCu,  16.0.4135, 16.0.4255, 16.0.4265, one behind",
        "latestCu,  16.0.4135, 16.0.4275, none,      a security update on the newest",
        "latestCu,  16.0.1000, 16.0.1200, 16.0.4265, as released to GDR",
        "security,  16.0.4135, 16.0.4265, 16.0.4275, the newest cumulative update lacks this month's",
        "security,  16.0.4135, 16.0.4275, none,      all of them",
        "security,  16.0.1050, 16.0.1190, 16.0.1200, GDR",
        "security,  16.0.1000, 16.0.4265, 16.0.4275, over to CU: by the line that it will be on",
        "behind 0,  16.0.4135, 16.0.4255, 16.0.4265, none may be missing",
        "behind 1,  16.0.4135, 16.0.4255, none,      one may be missing",
        "behind 1,  16.0.4135, 16.0.4245, 16.0.4255, two are missing",
        "behind 3,  16.0.4135, 16.0.4225, 16.0.4236, four are missing",
        "behind 99, 16.0.4135, 16.0.4165, none,      there are not so many",
        "minimum,   16.0.4135, 16.0.4225, none,      the minimum itself",
        "minimum,   16.0.4135, 16.0.4226, none,      more than it though nobody knows it",
        "minimum,   16.0.4135, 16.0.4165, 16.0.4225, less",
        "minimum,   16.0.1050, 16.0.1200, 16.0.4225, on another line it is wanted all the same",
        "minimum,   15.0.4003, 15.0.4083, 15.0.4430, each version has its own",
        "minimum,   17.0.1000, 17.0.1050, none,      of this version nothing is wanted",
        "tomorrow,  16.0.4165, 16.0.4275, 16.0.4400, newer than the catalogue"
    })
    void whatIsBehind(String rule, String current, String target, String wanted, String why) {
        BuildPolicy policy =
                switch (rule) {
                    case "latestCu" -> POLICY.latestCu();
                    case "security" -> POLICY.latestSecurityOnMyBranch();
                    case "minimum" -> POLICY.minBuild("16.0.4225", "15.0.4430.1");
                    case "tomorrow" -> POLICY.minBuild("16.0.4400");
                    default -> POLICY.behind(Integer.parseInt(rule.substring(7)));
                };
        List<Finding> behind = judge(policy, current, target).stream()
                .filter(f -> f.id().equals("MSSQL-BUILD-BEHIND"))
                .toList();
        if (wanted.equals("none")) {
            assertThat(behind).as(why).isEmpty();
        } else {
            assertThat(behind).as(why).singleElement().satisfies(f -> assertThat(f.expected())
                    .startsWith(wanted));
        }
    }

    @Test
    void whatIsWantedHasSoakedAndIsNotDenied() {
        BuildPolicy careful = POLICY.latestCu().soakDays(90).deny("16.0.4255");
        assertThat(judge(careful, "16.0.4135", "16.0.4165"))
                .singleElement()
                .satisfies(
                        f -> assertThat(f.expected())
                                .isEqualTo(
                                        "16.0.4245 (RTM CU24, KB5080999) or more, by the policy latestCu, soakDays 90, deny 16.0.4255"));
    }

    @Test
    void goingOverToAnotherLineNeedsSomebodysWord() {
        assertThat(judge(POLICY, "16.0.1050.5", "16.0.4265"))
                .containsExactly(Finding.ack(
                        "MSSQL-CHANNEL",
                        "SQL01",
                        "it is on the line GDR with 16.0.1050 and goes over to CU with 16.0.4265 (RTM CU26, KB5093420)",
                        "a build of its own line, for example 16.0.1200 (RTM GDR, KB5122771)",
                        "acknowledge it by name: there is no way back to GDR but to remove the update."));
    }

    @ParameterizedTest
    @CsvSource({
        "16.0.1000, 16.0.1200, false, as released has no line yet",
        "16.0.1000, 16.0.4265, false, as released has no line yet",
        "16.0.1050, 16.0.1200, false, GDR",
        "16.0.1050, 16.0.4275, true,  GDR to a security update on a cumulative one",
        "16.0.4165, 16.0.4275, false, CU",
        "16.0.1210, 16.0.4300, true,  both unknown and told by their numbers",
        "13.0.5888, 13.0.6300, false, the next service pack holds all of CU17",
        "13.0.5888, 13.0.6404, false, and so does its security update",
        "13.0.5108, 13.0.6404, false, GDR of the next service pack",
        "13.0.2186, 13.0.1745, true,  CU to GDR of the same service pack",
        "13.0.4259, 13.0.5888, true,  GDR to CU of the next service pack",
        "13.0.6404, 13.0.7016, true,  over to the Azure Connect Pack",
        "18.0.1000, 18.0.4000, false, nobody knows"
    })
    void whichUpdatesChangeTheLine(String current, String target, boolean changes, String why) {
        assertThat(ids(POLICY, current, target).contains("ACK MSSQL-CHANNEL"))
                .as(why)
                .isEqualTo(changes);
    }

    @Test
    void aTargetThatNobodyKnowsIsTold() {
        assertThat(judge(POLICY, "16.0.4165.4", "16.0.4166"))
                .containsExactly(Finding.warn(
                        "MSSQL-BUILD-UNKNOWN",
                        "SQL01",
                        "the mapping leads it to 16.0.4166, which the catalogue does not know",
                        "a build that was released",
                        "correct target_build, or get the present index of dbatools."));
    }

    @Test
    void anOldCatalogueIsTold() {
        assertThat(POLICY.ofCatalogue(clock("2026-10-22"))).isEmpty();
        assertThat(POLICY.ofCatalogue(clock("2026-10-23")))
                .containsExactly(Finding.warn(
                        "MSSQL-CATALOGUE-OLD",
                        CATALOGUE.toString(),
                        "it was written on 2026-09-08, 45 days ago",
                        "a catalogue of the last 45 days, which knows of this month's updates",
                        "get the present index of dbatools, then plan again."));
        BuildPolicy undated = BuildPolicy.of("an index", "{\"Data\": [{\"Version\": \"16.0.1000\", \"SP\": \"RTM\"}]}");
        assertThat(undated.ofCatalogue(clock("2026-09-08"))).singleElement().satisfies(f -> assertThat(f.toString())
                .contains("MSSQL-CATALOGUE-OLD an index", "it does not say when it was written"));
    }

    @Test
    void allMistakesOfACatalogueAreToldAtOnce() {
        assertThatThrownBy(
                        () -> BuildPolicy.of(
                                "an index",
                                "{\"LastUpdated\": \"soon\", \"Data\": [{\"Version\": \"16\"}, {\"Version\": \"16.0.4003\", \"CU\": 7}]}"))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("an index has 3 mistakes")
                .hasMessageContaining("/LastUpdated")
                .hasMessageContaining("/Data/0/Version")
                .hasMessageContaining("/Data/1/CU");
        assertThatThrownBy(() -> BuildPolicy.of(Path.of("not-there.json")))
                .isInstanceOfSatisfying(
                        GdsDatabaseException.class, e -> assertThat(e.code()).isEqualTo("GDS-FILE"))
                .hasMessageContaining("catalogue of builds not-there.json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"CU23", "16.0", ""})
    void whatIsNoBuildIsRefusedByItsField(String text) {
        assertThatThrownBy(() -> POLICY.deny("16.0.4235", text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("deny: found \"" + text + "\", expected a build such as 16.0.4235");
        assertThatThrownBy(() -> POLICY.minBuild(text)).hasMessageStartingWith("minBuild: found \"" + text + "\"");
        assertThatThrownBy(() -> judge(POLICY, "16.0.1000", text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void numbersThatMeanNothingAreRefused() {
        assertThatThrownBy(() -> POLICY.soakDays(-1)).hasMessage("soakDays: found -1, expected 0 or more days");
        assertThatThrownBy(() -> POLICY.behind(-1))
                .hasMessage("behind: found -1, expected 0 or more cumulative updates");
        assertThatThrownBy(POLICY::minBuild).hasMessageContaining("expected one build of each version");
        assertThatThrownBy(() -> POLICY.minBuild("16.0.4165", "16.0.4225"))
                .hasMessageContaining("expected one build of each version");
    }

    @Test
    void theRuleThatIsSaidLastCountsAndEverythingElseIsKept() {
        BuildPolicy policy = BuildPolicy.of("an index", "{\"Data\": [{\"Version\": \"16.0.1000\"}]}")
                .soakDays(14)
                .deny("16.0.4265", "16.0.4255");
        assertThat(policy.describe()).isEqualTo("soakDays 14, deny 16.0.4255 16.0.4265 by an index");
        assertThat(policy.minBuild("16.0.4165.4").latestCu())
                .hasToString("latestCu, soakDays 14, deny 16.0.4255 16.0.4265 by an index");
        assertThat(policy.latestCu().behind(1))
                .hasToString("behind 1, soakDays 14, deny 16.0.4255 16.0.4265 by an index");
        assertThat(policy.behind(1).minBuild("16.0.4165.4", "15.0.4430"))
                .hasToString("minBuild 16.0.4165 15.0.4430, soakDays 14, deny 16.0.4255 16.0.4265 by an index");
        assertThat(policy.soakDays(0).latestSecurityOnMyBranch())
                .hasToString("latestSecurityOnMyBranch, deny 16.0.4255 16.0.4265 by an index");
        assertThat(BuildPolicy.of("an index", "{\"Data\": [{\"Version\": \"16.0.1000\"}]}"))
                .hasToString("nothing that was taken back by an index");
    }
}
