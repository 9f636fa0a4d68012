package io.gds.database.core.internal.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.plan.Params;
import io.gds.database.spi.Command;
import io.gds.database.spi.HostShell;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalShellUserTest {
    private final LocalShell shell = new LocalShell("here", "");
    private final String me = shell.run(Command.of("id", "-un")).output().strip();

    @Test
    void theOwnUserNeedsNoSwitch() {
        assertThat(shell.run(Command.of("id", "-un").as(me)).output().strip()).isEqualTo(me);
    }

    @Test
    void namesThatAreNoneAreRefused() {
        for (String name : new String[] {"--help", "a b", "x;y", "0", "no_such_user_here"}) {
            refused(() -> shell.run(Command.of("id").as(name)));
            refused(() -> new LocalShell("here", name));
        }
    }

    @Test
    void rootBecomesTheWantedUserWithItsGroupsAndHome(@TempDir Path dir) throws Exception {
        assumeRoot();
        HostShell nobody = new LocalShellProvider()
                .open("here", Params.of("type", "local", "user", "nobody"), reference -> {
                    throw new IllegalStateException("no secret is needed");
                });
        assertThat(nobody.run(Command.of("id", "-un")).output().strip()).isEqualTo("nobody");
        assertThat(nobody.run(Command.of("id", "-un").as("root")).output().strip())
                .isEqualTo("root");
        assertThat(nobody.run(Command.of("id", "-G")).output())
                .isEqualTo(shell.run(Command.of("id", "-G", "nobody")).output());
        assertThat(nobody.run(Command.of("sh", "-c", "echo $HOME")).output().strip())
                .isNotEqualTo(System.getenv("HOME"));
        assertThat(nobody.run(Command.of("cat", "/etc/shadow")).succeeded()).isFalse();

        Path file = dir.resolve("owned");
        nobody.write(file.toString(), "x".getBytes(StandardCharsets.UTF_8), "600", "");
        assertThat(Files.getOwner(file).getName()).isEqualTo("nobody");
        shell.write(file.toString(), "y".getBytes(StandardCharsets.UTF_8), "600", "nobody");
        assertThat(Files.getOwner(file).getName()).isEqualTo("nobody");
        assertThat(nobody.read(file.toString())).hasValue("y".getBytes(StandardCharsets.UTF_8));
    }

    private void assumeRoot() {
        assumeTrue(me.equals("root"), "only root can become another user; this process runs as " + me);
    }

    private static void refused(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        GdsDatabaseException.class, e -> assertThat(e.code()).isEqualTo("GDS-SHELL-USER"))
                .hasMessageContaining("Remedy");
    }
}
