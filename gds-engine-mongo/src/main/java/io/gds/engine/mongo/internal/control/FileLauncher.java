package io.gds.engine.mongo.internal.control;

import io.gds.database.spi.Command;
import io.gds.database.spi.HostShell;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A member that is started as a daemon by its configuration file. */
final class FileLauncher implements Launcher {
    private static final Pattern DB_PATH =
            Pattern.compile("(?m)^\\s*dbPath\\s*[:=]\\s*[\"']?([^\"'#\\n]+?)[\"']?\\s*$");
    private static final String DEFAULT_DB_PATH = "/data/db";

    /** One grep for all processes; who merely looks for the file has it among his words too, so the program must be the right one. */
    private static final String FIND =
            "for f in $(grep -lszxF -e \"$1\" /proc/[0-9]*/cmdline); do d=${f%/cmdline}; read -r n <\"$d/comm\" &&"
                    + " [ \"$n\" = \"$2\" ] && echo \"${d#/proc/}\"; done; :";

    private final String program;
    private final String member;
    private final String file;
    private final Supplier<HostShell> shell;
    private final Supplier<String> programs;

    /**
     * A member of a configuration file.
     *
     * @param program {@code mongod} or {@code mongos}
     * @param programs the directory of the installed version's programs
     */
    FileLauncher(String program, String member, String file, Supplier<HostShell> shell, Supplier<String> programs) {
        this.program = program;
        this.member = member;
        this.file = file;
        this.shell = shell;
        this.programs = programs;
    }

    @Override
    public OptionalLong process() {
        String pid = shell.get()
                .run(Command.of("sh", "-c", FIND, "sh", file, program))
                .orElseThrow()
                .output()
                .lines()
                .findFirst()
                .orElse("");
        return pid.matches("[1-9]\\d*") ? OptionalLong.of(Long.parseLong(pid)) : OptionalLong.empty();
    }

    @Override
    public void start() {
        Command start = Command.of(programs.get() + "/" + program, "--config", file, "--fork");
        StartFailure.unless(member, shell.get().run(start.timeout(StartFailure.LIMIT)));
    }

    @Override
    public void signal() {
        OptionalLong process = process();
        if (process.isPresent()) {
            shell.get().run(Command.of("kill", "-s", "TERM", Long.toString(process.getAsLong())));
        }
    }

    /** A server that ends in order empties its lock file; a router has none, and nobody but us ends it in order. */
    @Override
    public boolean hasCrashed() {
        if (process().isPresent()) {
            return false;
        }
        return program.equals("mongos")
                || shell.get()
                        .read(dbPath() + "/mongod.lock")
                        .map(lock -> lock.length > 0)
                        .orElse(false);
    }

    @Override
    public String ending() {
        return "";
    }

    private String dbPath() {
        String text = shell.get()
                .read(file)
                .map(b -> new String(b, StandardCharsets.UTF_8))
                .orElse("");
        Matcher m = DB_PATH.matcher(text);
        return m.find() ? m.group(1).strip() : DEFAULT_DB_PATH;
    }
}
