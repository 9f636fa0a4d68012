package io.gds.testbed;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Beds come and go without a trace. The beds here belong to another process than this one, so that it can die. */
@Tag("slow")
class BedLifecycleTest {
    private static final Duration SOON = Duration.ofMinutes(2);
    private static final Duration WITH_BASE_TREE = Duration.ofMinutes(9);

    private static Scripts scripts;

    @BeforeAll
    static void preflight() {
        scripts = PatroniTestbed.orSkip(System.getenv("GDS_TESTBED"), () -> {
            Scripts s = Scripts.unpack();
            s.run(SOON, Map.of(), "preflight.sh");
            s.run(WITH_BASE_TREE, Map.of(), "base.sh", "bookworm");
            return s;
        });
    }

    @Test
    void bedOfDeadOwnerIsSweptAndLeavesNothing() throws Exception {
        Process owner = new ProcessBuilder("sleep", "600").start();
        try {
            String id = claim(owner);
            scripts.run(SOON, Map.of(), "up.sh", id, "bookworm");
            assertThat(Files.readString(Path.of("/sys/class/net/gds" + id + "/address")))
                    .as("the gateway's own: one borrowed from a node would go with it")
                    .isEqualToIgnoringNewLines("02:67:64:73:%02x:01".formatted(Integer.parseInt(id)));
            scripts.run(SOON, Map.of(), "sweep.sh");
            assertThat(traces(id))
                    .as("its owner lives")
                    .contains("registry entry", "folder", "bridge", "namespaces", "cgroups", "mounts");

            owner.destroyForcibly().waitFor();
            scripts.run(SOON, Map.of(), "sweep.sh");
            assertThat(traces(id)).isEmpty();
            scripts.run(SOON, Map.of(), "down.sh", id);
        } finally {
            owner.destroyForcibly().waitFor();
            scripts.run(SOON, Map.of(), "sweep.sh");
        }
    }

    @Test
    void bedWhoseScriptWasKilledHalfWayUpIsSwept() throws Exception {
        Process owner = new ProcessBuilder("sleep", "600").start();
        try {
            String id = claim(owner);
            Process up = new ProcessBuilder("bash", scripts.path("up.sh").toString(), id, "bookworm")
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            Eventually.holds(SOON, "the nodes begin to boot", () -> traces(id).contains("cgroups"));
            up.destroyForcibly().waitFor();
            owner.destroyForcibly().waitFor();
            scripts.run(SOON, Map.of(), "sweep.sh");
            assertThat(traces(id)).isEmpty();
        } finally {
            owner.destroyForcibly().waitFor();
            scripts.run(SOON, Map.of(), "sweep.sh");
        }
    }

    @Test
    void bedThatCannotComeUpLeavesNothingAndSaysWhy() throws Exception {
        Process owner = new ProcessBuilder("sleep", "600").start();
        try {
            String id = claim(owner);
            assertThat(Commands.run(
                            List.of("bash", scripts.path("up.sh").toString(), id, "bookworm"),
                            Map.of("GDS_TESTBED_SYNC", "perhaps"),
                            SOON))
                    .matches(r -> r.exitCode() == 1)
                    .hasToString("exit code 1\npatroni testbed: GDS_TESTBED_SYNC: found 'perhaps', expected off, on,"
                            + " strict or quorum\n");
            assertThat(traces(id)).isEmpty();
        } finally {
            owner.destroyForcibly().waitFor();
            scripts.run(SOON, Map.of(), "sweep.sh");
        }
    }

    @Test
    void withoutRootTheReasonIsSaid() {
        CommandResult result = Commands.run(
                List.of(
                        "setpriv",
                        "--reuid=65534",
                        "--regid=65534",
                        "--clear-groups",
                        "bash",
                        scripts.path("preflight.sh").toString()),
                Map.of(),
                SOON);
        assertThat(result.exitCode()).as("%s", result).isEqualTo(Scripts.SKIP);
        assertThat(result.out()).startsWith("SKIP: patroni testbed: needs uid 0");
    }

    private static String claim(Process owner) {
        return scripts.run(SOON, Map.of(), "claim.sh", Long.toString(owner.pid()))
                .strip();
    }

    /** What there is of a bed on this machine; its processes are those of its cgroups. */
    private static List<String> traces(String id) throws Exception {
        List<String> found = new ArrayList<>();
        if (Files.exists(Path.of("/run/gds-testbed", id))) {
            found.add("registry entry");
        }
        Path folder = scripts.bedFolder(id);
        if (Files.exists(folder)) {
            found.add("folder");
        }
        String ours = "gds" + id + "-";
        if (Commands.run(List.of("ip", "link", "show", "gds" + id), Map.of(), SOON)
                .ok()) {
            found.add("bridge");
        }
        if (Commands.run(List.of("ip", "link"), Map.of(), SOON).out().contains(ours)) {
            found.add("links");
        }
        if (Commands.run(List.of("ip", "netns"), Map.of(), SOON).out().contains(ours)) {
            found.add("namespaces");
        }
        Path hybrid = Path.of("/sys/fs/cgroup/unified");
        try (var cgroups = Files.list(Files.isDirectory(hybrid) ? hybrid : hybrid.getParent())) {
            if (cgroups.anyMatch(p -> p.getFileName().toString().startsWith(ours))) {
                found.add("cgroups");
            }
        }
        if (Files.readString(Path.of("/proc/self/mounts")).contains(folder + "/")) {
            found.add("mounts");
        }
        return found;
    }
}
