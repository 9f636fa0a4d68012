package io.gds.engine.postgres.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.gds.database.core.RunView;
import io.gds.database.run.RunEvent;
import io.gds.database.run.RunOutcome;
import io.gds.database.run.RunStatus;
import io.gds.database.run.WriteReport;
import io.gds.samples.embedded.EmbeddedCluster;
import io.gds.samples.embedded.Member;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What must be true of a cluster after a run, whatever happened to it. Made before the run, to know how things were. */
final class ClusterInvariants {
    static final String PROBE_TABLES =
            "SELECT oid::regclass::text FROM pg_class WHERE relname LIKE 'gds\\_probe%' AND relkind = 'r'";

    private static final String SYNC = "synchronous_standby_names";
    private static final Set<String> FOLLOWING = Set.of("primary_conninfo", "primary_slot_name");
    private static final Pattern SETTING = Pattern.compile("([A-Za-z_.]+)\\s*=\\s*'(.*)'");

    private final Bed bed;
    private final EmbeddedCluster cluster;
    private final WriteLoad load;
    private final String primary;
    private final Map<String, Map<String, String>> settings = new TreeMap<>();
    private final Map<String, String> versions = new TreeMap<>();
    private final boolean slots;
    private final String syncNames;

    private ClusterInvariants(Bed bed) throws SQLException, IOException {
        this.bed = bed;
        this.cluster = bed.cluster();
        this.primary = cluster.primary().name();
        for (Member m : cluster.members()) {
            settings.put(m.name(), autoConf(m));
            versions.put(m.name(), m.installedVersion());
        }
        this.slots = !slots(cluster.primary()).isEmpty();
        this.syncNames = text(cluster.primary(), "SHOW " + SYNC);
        this.load = bed.writeLoad();
    }

    /** Looks at the cluster and puts a write load on it. */
    static ClusterInvariants of(Bed bed) throws SQLException, IOException {
        return new ClusterInvariants(bed);
    }

    WriteLoad load() {
        return load;
    }

    String primaryFound() {
        return primary;
    }

    /** The run succeeded and everybody runs the version. */
    void patched(RunOutcome outcome, String version) throws Exception {
        patched(outcome.run().value(), outcome.status().name(), outcome.summary(), version);
    }

    void patched(String run, String status, String summary, String version) throws Exception {
        assertThat(status).as(story(run, summary)).isEqualTo(RunStatus.SUCCEEDED.name());
        nothingLost(run);
        whole(version);
    }

    /** The run went back: same versions, same primary. */
    void asFound(String run, String status, String summary) throws Exception {
        assertThat(status).as(story(run, summary)).isEqualTo(RunStatus.ROLLED_BACK.name());
        nothingLost(run);
        untouched();
    }

    void asFound(RunOutcome outcome) throws Exception {
        asFound(outcome.run().value(), outcome.status().name(), outcome.summary());
    }

    /** Everything is as it was found, the primary included. */
    void untouched() throws Exception {
        assertThat(cluster.primary().name()).as("the primary as found").isEqualTo(primary);
        for (Member m : cluster.members()) {
            assertThat(m.installedVersion()).as(m.name()).isEqualTo(versions.get(m.name()));
        }
        whole(versions.get(primary));
    }

    private void whole(String version) throws Exception {
        load.awaitProgress();
        assertThat(load.wrong())
                .as("acknowledged rows that are not there exactly once")
                .isEmpty();
        assertThat(load.count()).isPositive();
        cluster.awaitStreaming(Duration.ofSeconds(15));
        Member now = cluster.primary(); // throws unless there is exactly one
        for (Member m : cluster.members()) {
            assertThat(text(m, "SHOW server_version"))
                    .as("version of " + m.name())
                    .isEqualTo(version);
            assertThat(m.installedVersion()).isEqualTo(version);
        }
        settingsAsFound(now);
        slotsInOrder(now);
        noTraces(now);
    }

    private void settingsAsFound(Member now) throws IOException, SQLException {
        for (Member m : cluster.members()) {
            Map<String, String> before = new TreeMap<>(settings.get(m.name()));
            Map<String, String> after = autoConf(m);
            if (m.equals(now) && !m.name().equals(primary)) {
                before.remove(SYNC);
                after.remove(SYNC); // mapped: looked at below
            }
            assertThat(after).as("settings of " + m.name()).isEqualTo(before);
        }
        String expected = now.name().equals(primary)
                ? words(syncNames)
                : words(syncNames
                        .replaceAll("\\b" + now.name() + "\\b", "\u0000")
                        .replace("\u0000", primary));
        assertThat(words(text(now, "SHOW " + SYNC)))
                .as(SYNC + " on " + now.name())
                .isEqualTo(expected);
    }

    private static String words(String setting) {
        return setting.replace("\"", "").replaceAll("\\s+", "");
    }

    private void slotsInOrder(Member now) throws Exception {
        for (Member m : cluster.members()) {
            Set<String> expected = new HashSet<>();
            if (slots && m.equals(now)) {
                cluster.members().stream().filter(x -> !x.equals(now)).forEach(x -> expected.add(x.name()));
            }
            Until.holds(
                    "slots of " + m.name() + " are " + expected + " and active; found " + slots(m),
                    Duration.ofSeconds(8),
                    () -> slots(m).equals(expected));
        }
    }

    private static Set<String> slots(Member m) throws SQLException {
        return new HashSet<>(
                texts(m, "SELECT slot_name || CASE WHEN active THEN '' ELSE ' idle' END FROM pg_replication_slots"));
    }

    private void noTraces(Member now) throws SQLException, IOException {
        assertThat(texts(now, PROBE_TABLES)).as("probe tables").isEmpty();
        try (Stream<Path> all = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            assertThat(all.map(p -> p.getFileName().toString())
                            .filter(n -> n.startsWith("gds-clone-" + cluster.name() + "-")))
                    .as("clone directories")
                    .isEmpty();
        }
        try (Connection c = DriverManager.getConnection("jdbc:sqlite:" + bed.journal());
                Statement s = c.createStatement();
                ResultSet rs = s.executeQuery("SELECT name || ' of ' || run FROM claims")) {
            List<String> claims = new ArrayList<>();
            while (rs.next()) {
                claims.add(rs.getString(1));
            }
            assertThat(claims).as("claims").isEmpty();
        }
    }

    private void nothingLost(String run) {
        List<WriteReport> reports = view(run).events().stream()
                .filter(e -> e.type() == RunEvent.Type.PROBE_REPORT)
                .map(e -> WriteReport.fromDocument(e.data().object("report")))
                .toList();
        assertThat(reports).as("reports of the probe of " + story(run, "")).isNotEmpty();
        assertThat(reports).allSatisfy(r -> {
            assertThat(r.lost()).isZero();
            assertThat(r.doubled()).isZero();
            assertThat(r.acknowledged()).isPositive();
        });
    }

    private RunView view(String run) {
        return bed.patcher().runs().find(run).orElseThrow();
    }

    private String story(String run, String summary) {
        StringBuilder out = new StringBuilder(summary).append("; events:\n");
        view(run).events().forEach(e -> out.append(e).append('\n'));
        return out.toString();
    }

    private static Map<String, String> autoConf(Member m) throws IOException {
        Map<String, String> out = new TreeMap<>();
        for (String line : Files.readAllLines(m.dataDir().resolve("postgresql.auto.conf"))) {
            Matcher s = SETTING.matcher(line.strip());
            if (s.matches() && !FOLLOWING.contains(s.group(1))) {
                out.put(s.group(1), s.group(2));
            }
        }
        return out;
    }

    static String text(Member m, String sql) throws SQLException {
        return texts(m, sql).get(0);
    }

    static List<String> texts(Member m, String sql) throws SQLException {
        try (Connection c = m.connect();
                Statement s = c.createStatement();
                ResultSet rs = s.executeQuery(sql)) {
            List<String> out = new ArrayList<>();
            while (rs.next()) {
                out.add(rs.getString(1));
            }
            return out;
        }
    }
}
