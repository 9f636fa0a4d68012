package io.gds.engine.mssql.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.gds.database.error.Problem;
import io.gds.database.plan.Params;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Specs of groups on Linux, and what is wrong with them. */
class LinuxSpecTest {
    private static Params target(String server) {
        return Params.of("server", server, "user", "gds", "secret", "env:SQL_PASSWORD")
                .with("environment", "test");
    }

    private static Params good() {
        return Params.of("name", "orders", "group", "ag1")
                .with("targets", List.of(target("sql01.corp.example"), target("sql02")))
                .with("shell", Params.of("type", "ssh", "login", "admin"))
                .with("packages", Params.of("type", "apt", "lockTimeout", "PT5M"))
                .with("pacemaker", Params.of("resource", "ag_cluster-clone"));
    }

    private static Params without(Params spec, String key) {
        Map<String, Object> rest = new TreeMap<>(spec.asMap());
        rest.remove(key);
        return Params.of(rest);
    }

    private static List<String> mistakes(Params spec) {
        return MssqlSpec.check(spec).stream().map(Problem::toString).toList();
    }

    @Test
    void whatIsNotSaidIsFilledIn() {
        LinuxSpec linux = MssqlSpec.of(good()).linux().orElseThrow();
        assertThat(linux.pacemaker().orElseThrow().resource()).isEqualTo("ag_cluster-clone");
        assertThat(linux.pacemaker().orElseThrow().node("sql01.corp.example")).isEqualTo("sql01");
        assertThat(linux.pacemaker().orElseThrow().node("sql02")).isEqualTo("sql02");
        assertThat(linux.packages().string("program")).isEqualTo("/opt/mssql/bin/sqlservr");
        assertThat(linux.packages().strings("names")).containsExactly("mssql-server", "mssql-server-ha");
        assertThat(linux.packages().string("lockTimeout")).isEqualTo("PT5M");
    }

    @Test
    void whatIsSaidStays() {
        Params spec = good().with(
                        "packages",
                        Params.of(
                                "type", "dnf", "names", List.of("mssql-server", "mssql-server-ha", "mssql-server-fts")))
                .with(
                        "pacemaker",
                        Params.of("resource", "ag-master", "nodes", Params.of("sql01.corp.example", "alpha")));
        LinuxSpec linux = MssqlSpec.of(spec).linux().orElseThrow();
        assertThat(linux.packages().strings("names")).hasSize(3);
        assertThat(linux.pacemaker().orElseThrow().node("sql01.corp.example")).isEqualTo("alpha");
        assertThat(linux.pacemaker().orElseThrow().node("sql02")).isEqualTo("sql02");
    }

    @Test
    void aGroupWithoutAClusterHasNoAgentToInstall() {
        LinuxSpec linux = MssqlSpec.of(without(good(), "pacemaker")).linux().orElseThrow();
        assertThat(linux.pacemaker()).isEmpty();
        assertThat(linux.packages().strings("names")).containsExactly("mssql-server");
    }

    @Test
    void aSpecOfWindowsHasNothingOfIt() {
        Params spec = without(good(), "pacemaker")
                .with("shell", Params.of("type", "winrm"))
                .with("packages", Params.of("root", "D:\\packages"));
        assertThat(MssqlSpec.of(spec).linux()).isEmpty();
        assertThat(MssqlSpec.of(spec).packages().root()).contains("D:\\packages");
    }

    @Test
    void theTwoKindsAreNotMixed() {
        assertThat(mistakes(good().with("packages", Params.of("type", "apt", "root", "D:\\packages"))))
                .singleElement()
                .asString()
                .contains("packages.root", "beside type");
        assertThat(mistakes(good().with("shell", Params.of("type", "winrm"))))
                .singleElement()
                .asString()
                .contains("shell.type", "winrm", "ssh");
        assertThat(mistakes(good().with("packages", Params.of("root", "D:\\packages"))))
                .singleElement()
                .asString()
                .contains("pacemaker", "packages.type");
        assertThat(mistakes(good().with("restart", "restart")))
                .singleElement()
                .asString()
                .contains("restart");
    }

    @Test
    void oneGroupOfDefaultInstancesIsWhatThereIs() {
        assertThat(mistakes(without(good(), "group").with("groups", List.of("a", "b"))))
                .singleElement()
                .asString()
                .contains("2 groups");
        assertThat(mistakes(without(good(), "group")))
                .singleElement()
                .asString()
                .contains("0 groups");
        assertThat(mistakes(good().with("targets", List.of(target("sql01").with("instance", "SALES")))))
                .singleElement()
                .asString()
                .contains("sql01\\SALES", "default instances");
    }

    @Test
    void nodesAreNamedWhereNobodyCouldGuess() {
        Params addresses = good().with("targets", List.of(target("10.0.0.1"), target("sql02")));
        assertThat(mistakes(addresses)).singleElement().asString().contains("pacemaker.nodes", "10.0.0.1");
        assertThat(mistakes(
                        addresses.with("pacemaker", Params.of("resource", "ag", "nodes", Params.of("10.0.0.1", "n1")))))
                .isEmpty();
        assertThat(mistakes(good().with(
                                "pacemaker",
                                Params.of(
                                        "resource",
                                        "a b",
                                        "nodes",
                                        Params.of("sql09", "n1", "sql02", "-x"),
                                        "colour",
                                        "red"))))
                .hasSize(4)
                .anyMatch(m -> m.contains("pacemaker.resource"))
                .anyMatch(m -> m.contains("sql09"))
                .anyMatch(m -> m.contains("\"-x\""))
                .anyMatch(m -> m.contains("pacemaker.colour"));
    }
}
