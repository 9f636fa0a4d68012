import io.gds.database.core.internal.backup.CommandBackupsProvider;
import io.gds.database.core.internal.backup.HttpBackupsProvider;
import io.gds.database.core.internal.backup.PgBackRestProvider;
import io.gds.database.core.internal.packages.AptPackagesProvider;
import io.gds.database.core.internal.packages.DirectoriesPackagesProvider;
import io.gds.database.core.internal.packages.DnfPackagesProvider;
import io.gds.database.core.internal.shell.LocalShellProvider;
import io.gds.database.core.internal.ssh.SshShellProvider;
import io.gds.database.core.internal.ssh.windows.WindowsSshShellProvider;
import io.gds.database.spi.BackupCheckProvider;
import io.gds.database.spi.EngineProvider;
import io.gds.database.spi.HostShellProvider;
import io.gds.database.spi.PackageManagerProvider;
import io.gds.database.spi.SecretSource;

/** Plans and runs. */
@SuppressWarnings({"module", "requires-automatic"}) // the testkit is compiled after us; sshj has no module-info
module io.gds.database.core {
    exports io.gds.database.core;
    exports io.gds.database.core.internal.journal to
            io.gds.database.testkit;
    exports io.gds.database.core.internal.run to
            io.gds.database.testkit;
    exports io.gds.database.core.internal.testing to
            io.gds.database.testkit;

    requires transitive io.gds.database.api;
    requires com.fasterxml.jackson.core;
    requires com.fasterxml.jackson.databind;
    requires com.fasterxml.jackson.dataformat.yaml;
    requires java.net.http;
    requires static com.hierynomus.sshj;
    requires java.sql;
    requires org.slf4j;
    requires org.xerial.sqlitejdbc;

    uses BackupCheckProvider;
    uses EngineProvider;
    uses HostShellProvider;
    uses PackageManagerProvider;
    uses SecretSource;

    provides BackupCheckProvider with
            CommandBackupsProvider,
            HttpBackupsProvider,
            PgBackRestProvider;
    provides HostShellProvider with
            LocalShellProvider,
            SshShellProvider,
            WindowsSshShellProvider;
    provides PackageManagerProvider with
            AptPackagesProvider,
            DirectoriesPackagesProvider,
            DnfPackagesProvider;
}
