package io.gds.engine.mssql;

import static org.assertj.core.api.Assertions.assertThat;

import io.gds.database.core.Engines;
import io.gds.database.plan.ClusterRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/mssql.md shows can be used as it stands. */
class DocumentedExamplesTest {
    private static final Path PAGE = Path.of("..", "docs", "mssql.md");

    @TempDir
    Path directory;

    private static List<String> blocks(String language) throws IOException {
        return Pattern.compile("(?s)```" + language + "\n(.*?)```")
                .matcher(Files.readString(PAGE))
                .results()
                .map((MatchResult m) -> m.group(1))
                .toList();
    }

    @Test
    void theSpecWithItsFileOfTargetsCanBeRead() throws IOException {
        Files.writeString(directory.resolve("sql_targets.json"), blocks("json").get(0));
        Path spec = Files.writeString(
                directory.resolve("fleet.yaml"), blocks("yaml").get(0));
        ClusterRef fleet = Engines.load().read(spec);
        assertThat(fleet.spec().objects("targets")).hasSize(2);
        SqlTargets targets = SqlTargets.of(directory.resolve("sql_targets.json"));
        assertThat(targets.names()).containsExactly("SQL01", "SQL02\\SALES");
        assertThat(targets.enabledNames()).containsExactly("SQL01");
    }

    @Test
    void theMappingCanBeRead() throws IOException {
        assertThat(HotfixRequest.of("the page", blocks("json").get(1)).describe())
                .startsWith("hotfixes by the page");
    }

    @Test
    void theAgesOfBackupsCanBeRead() throws IOException {
        Files.writeString(directory.resolve("sql_targets.json"), blocks("json").get(0));
        String ages = blocks("yaml").stream()
                .filter(b -> b.startsWith("backup:"))
                .findFirst()
                .orElseThrow();
        Path spec = Files.writeString(
                directory.resolve("fleet.yaml"), blocks("yaml").get(0) + ages);
        assertThat(Engines.load().read(spec).spec().object("backup").string("checkDbMaxAge"))
                .isEqualTo("P7D");
    }

    /** Every finding of a policy, and nothing else, stands in the table. */
    @Test
    void thePolicysFindingsAreAllDocumented() throws IOException {
        BuildPolicy policy = BuildPolicy.of(
                        "an index",
                        "{\"Data\": [{\"Version\": \"16.0.1000\", \"SP\": \"RTM\"},"
                                + " {\"Version\": \"16.0.1050\"}, {\"Version\": \"16.0.4003\", \"CU\": \"CU1\", \"Retired\": true}]}")
                .minBuild("16.0.5000")
                .soakDays(1)
                .deny("16.0.4003");
        Set<String> ids = new TreeSet<>();
        policy.ofCatalogue(Clock.systemUTC()).forEach(f -> ids.add(f.id() + " " + f.severity()));
        for (String target : List.of("16.0.4003", "16.0.4004")) {
            policy.judge("SQL01", "16.0.1050", target, Clock.systemUTC())
                    .forEach(f -> ids.add(f.id() + " " + f.severity()));
        }
        Set<String> documented = new TreeSet<>();
        Pattern.compile("(?m)^\\| `(MSSQL-(?:BUILD|CHANNEL|CATALOGUE)\\S*)` \\| (\\w+) \\|")
                .matcher(Files.readString(PAGE))
                .results()
                .forEach(m -> documented.add(m.group(1) + " " + m.group(2)));
        assertThat(ids).isEqualTo(documented).hasSize(7);
    }

    @Test
    void theTableHasTheColumnsOfTheWorkbook() throws IOException {
        List<String> rows = Pattern.compile("(?m)^\\|[^|]*Hotfix Deployment[^|]*\\|[^|]*\\|([^|]*)\\|$")
                .matcher(Files.readString(PAGE))
                .results()
                .map((MatchResult m) -> m.group(1).strip())
                .toList();
        assertThat(rows)
                .containsExactly(String.join(
                        ", ",
                        ReportColumns.TARGETS.stream()
                                .map(c -> c.title().replace(" (UTC)", "").toLowerCase(Locale.ROOT))
                                .toList()));
    }
}
