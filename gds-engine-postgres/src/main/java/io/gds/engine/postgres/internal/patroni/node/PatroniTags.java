package io.gds.engine.postgres.internal.patroni.node;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.plan.Params;
import io.gds.database.spi.Command;
import io.gds.database.spi.HostShell;
import java.nio.charset.StandardCharsets;

/**
 * The tags of one member in its configuration file. The file holds passwords: it is never shown, journalled or copied
 * elsewhere; only its tags are. Thread-safe as far as nobody else edits the file.
 */
public final class PatroniTags {
    private static final String ROOT = "root";
    private static final int FILE_LIMIT = 1 << 20;

    /**
     * Owner, group and permissions stay as they are; the new file stands whole in the place of the old one, once Patroni's
     * own parser has read it.
     */
    private static final String REPLACE = "t=\"$1.gds-new\"; cp -p -- \"$1\" \"$t\" && cat > \"$t\" && \"$2\" -c"
            + " 'import sys, yaml; yaml.safe_load(open(sys.argv[1]))' \"$t\" >/dev/null 2>&1 && sync -- \"$t\" && mv -T --"
            + " \"$t\" \"$1\" || { rm -f -- \"$t\"; exit 1; }";

    private final HostShell shell;
    private final PatroniNode node;

    /** The tags of a member. */
    public PatroniTags(HostShell shell, PatroniNode node) {
        this.shell = shell;
        this.node = node;
    }

    /** The block as it stands in the file; empty when there is none. */
    public String block() {
        return TagsBlock.in(file()).text();
    }

    /** A block with more tags than there are. */
    public static String blockWith(Params present, Params more) {
        return TagsBlock.of(present.with(more));
    }

    /** Puts a block into the file, which is otherwise left as it is. Idempotent. */
    public void write(String block) {
        String file = file();
        TagsBlock now = TagsBlock.in(file);
        if (now.text().equals(block)) {
            return;
        }
        shell.run(Command.of("sh", "-c", REPLACE, "sh", node.configFile(), node.interpreter())
                        .as(ROOT)
                        .input(now.with(block)))
                .orElseThrow();
    }

    private String file() {
        String text = shell.run(
                        Command.of("cat", "--", node.configFile()).as(ROOT).maxOutput(FILE_LIMIT))
                .orElseThrow()
                .output();
        if (text.getBytes(StandardCharsets.UTF_8).length >= FILE_LIMIT || text.isBlank()) {
            throw GdsDatabaseException.environment("PG-PATRONI-CONFIG")
                    .message("host " + shell.host() + ": " + node.configFile() + " has " + text.length()
                            + " characters, expected a configuration of less than " + FILE_LIMIT + ".")
                    .remedy("look at the file.")
                    .build();
        }
        return text;
    }
}
