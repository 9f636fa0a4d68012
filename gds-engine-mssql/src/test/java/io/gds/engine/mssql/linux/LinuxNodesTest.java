package io.gds.engine.mssql.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.testkit.linux.SystemdUnit;
import io.gds.database.testkit.mssql.ClusterType;
import io.gds.engine.mssql.GroupNodes;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Nodes on Linux that a program drives by itself, below a Pacemaker cluster and without one. */
@Tag("slow")
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LinuxNodesTest {
    @TempDir
    private Path directory;

    /** A test of a group of three. */
    @FunctionalInterface
    private interface Play {
        void with(LinuxBed bed, LinuxRun run, GroupNodes nodes) throws Exception;
    }

    private void play(ClusterType type, Play play) throws Exception {
        try (LinuxBed bed = new LinuxBed(directory, type == ClusterType.EXTERNAL ? 1 : 0, type);
                LinuxRun run = new LinuxRun(bed, directory)) {
            play.with(bed, run, run.engine.facet(GroupNodes.class).orElseThrow());
            LinuxRun.await(bed.group::isHealthy);
            run.isAsFound();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = ClusterType.class,
            names = {"EXTERNAL", "NONE"})
    void aNodeIsPatchedByItself(ClusterType type) throws Exception {
        play(type, (bed, run, nodes) -> {
            LinuxServer third = bed.server(3);
            assertThat(nodes.patch(third.address, LinuxServer.NEW).toString()).contains("runs " + LinuxServer.NEW);
            assertThat(third.instance.version()).isEqualTo(LinuxServer.NEW);
            assertThat(bed.group.isHealthy()).isTrue();
            assertThat(nodes.patch(third.address, LinuxServer.NEW).toString()).contains("is installed");
            assertThat(third.host.packages().installations()).isEqualTo(1);
            assertThat(run.failovers()).isEmpty();
        });
    }

    @ParameterizedTest
    @EnumSource(
            value = ClusterType.class,
            names = {"EXTERNAL", "NONE"})
    void aNodeWhosePackagesFailGoesBackIntoService(ClusterType type) throws Exception {
        play(type, (bed, run, nodes) -> {
            LinuxServer second = bed.server(2);
            second.host.packages().fails("dpkg: error processing archive");
            assertThatThrownBy(() -> nodes.patch(second.address, LinuxServer.NEW))
                    .isInstanceOf(GdsDatabaseException.class)
                    .hasMessageContaining("error processing archive");
            assertThat(second.service().state()).isEqualTo(SystemdUnit.State.ACTIVE);
            assertThat(bed.group.isHealthy()).isTrue();
            assertThat(second.instance.version()).isEqualTo(LinuxServer.OLD);
        });
    }

    @ParameterizedTest
    @EnumSource(
            value = ClusterType.class,
            names = {"EXTERNAL", "NONE"})
    void whatWouldRefuseAPlanRefusesANodeAsWell(ClusterType type) throws Exception {
        play(type, (bed, run, nodes) -> {
            assertThatThrownBy(() -> nodes.patch(bed.server(1).address, LinuxServer.NEW))
                    .hasMessageContaining("it leads [ag1]");
            assertThatThrownBy(() -> nodes.patch(bed.server(3).address, "16.0.9999.1"))
                    .hasMessageContaining("PKG-UNAVAILABLE");
            if (bed.isClustered()) {
                bed.cluster().standby("sql03", true);
                assertThatThrownBy(() -> nodes.patch(bed.server(3).address, LinuxServer.NEW))
                        .hasMessageContaining("MSSQL-STANDBY");
                bed.cluster().standby("sql03", false);
            }
            assertThat(bed.servers())
                    .allSatisfy(
                            s -> assertThat(s.host.packages().installations()).isZero());
        });
    }
}
