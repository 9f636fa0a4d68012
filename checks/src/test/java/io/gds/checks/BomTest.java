package io.gds.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The BOM has no parent (its own comment says why), so what a parent would keep in step is compared here. */
class BomTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern PUBLISHED = Pattern.compile("<module>(gds-(?!bom)[a-z0-9-]+)</module>");
    private static final Pattern OURS = Pattern.compile(
            "<groupId>io\\.gds</groupId>\\s*<artifactId>(gds-(?!bom|database-parent)[a-z0-9-]+)</artifactId>");

    @Test
    void bomAndParentHaveOneVersion() throws IOException {
        assertThat(first("gds-bom/pom.xml", "<artifactId>gds-bom</artifactId>\\s*<version>([^<]+)<"))
                .isEqualTo(first("pom.xml", "<artifactId>gds-database-parent</artifactId>\\s*<version>([^<]+)<"));
    }

    @Test
    void bomListsEveryPublishedModule() throws IOException {
        assertThat(all("gds-bom/pom.xml", OURS)).isNotEmpty().isEqualTo(all("pom.xml", PUBLISHED));
    }

    @Test
    void checksExamineEveryPublishedModule() throws IOException {
        assertThat(all("checks/pom.xml", OURS)).isEqualTo(all("pom.xml", PUBLISHED));
    }

    private static List<String> all(String file, Pattern pattern) throws IOException {
        return pattern
                .matcher(Files.readString(ROOT.resolve(file)))
                .results()
                .map(match -> match.group(1))
                .collect(TreeSet<String>::new, TreeSet::add, TreeSet::addAll)
                .stream()
                .toList();
    }

    private static String first(String file, String regex) throws IOException {
        return Pattern.compile(regex)
                .matcher(Files.readString(ROOT.resolve(file)))
                .results()
                .map(match -> match.group(1))
                .findFirst()
                .orElseThrow();
    }
}
