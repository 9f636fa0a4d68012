package io.gds.database.testkit.mssql;

import io.gds.database.testkit.windows.HostTimer;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an instance is installed on. */
interface InstanceHome {
    /** The computer that it runs on now. */
    String hostName();

    /** By what name clients know its computer. */
    default String networkName() {
        return hostName();
    }

    /** The nodes of its failover cluster, as rows of {@code sys.dm_os_cluster_nodes}; none when it stands by itself. */
    default List<List<@Nullable Object>> clusterNodes() {
        return List.of();
    }

    /** What time its clock says. */
    Instant now();

    HostTimer timer();

    boolean isUp();

    /** Its name, {@code MSSQLSERVER} for the default one. */
    String instance();

    /** What is installed, and runs after its next start. */
    String version();

    /** Tells the instance of its service. */
    void tell(Runnable running, Runnable stopped);
}
