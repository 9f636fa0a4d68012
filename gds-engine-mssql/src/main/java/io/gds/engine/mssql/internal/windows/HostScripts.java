package io.gds.engine.mssql.internal.windows;

import static java.util.Objects.requireNonNull;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.error.Problem;
import io.gds.database.plan.Params;
import io.gds.database.spi.Command;
import io.gds.database.spi.CommandResult;
import io.gds.database.spi.HostShell;
import io.gds.engine.mssql.internal.config.PlainJson;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/**
 * Asks one Windows host by scripts. They are laid there once, below a folder that only SYSTEM and administrators may write to, under
 * a name that is made of what they say: a host that has them already is not written to, and two versions of this library do not
 * get into each other's way. Thread-safe; calls block.
 */
public final class HostScripts {
    private static final List<String> SCRIPTS = List.of(
            "run",
            "host",
            "instances",
            "pending-restart",
            "running-setup",
            "installer-cache",
            "package",
            "job-start",
            "runner",
            "job-state",
            "jobs-alive",
            "jobs-end",
            "summary",
            "service",
            "cluster-role",
            "cluster-owners",
            "cluster-move",
            "restart",
            "claim",
            "release",
            "fetch");
    private static final String ANSWER = "gds:";
    /** Written last: where it is, all of them are. */
    private static final String COMPLETE = "complete";

    private final HostShell shell;
    private final String root;
    private final String folder;
    private boolean laid;

    /**
     * The scripts of a host.
     *
     * @param shell its shell
     * @param root the folder of ours on it, for example {@code C:\ProgramData\gds}
     */
    public HostScripts(HostShell shell, String root) {
        this.shell = requireNonNull(shell, "shell");
        this.root = requireNonNull(root, "root");
        this.folder = root + "\\scripts-" + version();
    }

    /** The host, for messages. */
    public String host() {
        return shell.host();
    }

    /** The folder of ours on the host. */
    public String root() {
        return root;
    }

    /** Where a script lies, for programs of the host that start it. */
    public String path(String name) {
        return folder + "\\" + name + ".ps1";
    }

    /** The host's shell. */
    public HostShell shell() {
        return shell;
    }

    /**
     * Runs a script.
     *
     * @param name which, for example {@code instances}
     * @param request what it is to know
     * @return what it answers
     * @throws GdsDatabaseException with code {@code MSSQL-HOST-LOST} when the answer was lost on its way: the script may have run;
     *     with {@code MSSQL-HOST-SCRIPT} when it failed, {@code MSSQL-HOST-FOLDER} when the host's folder is not to be trusted
     */
    public Params ask(String name, Params request) {
        return ask(name, request, Duration.ofMinutes(2));
    }

    /** Runs a script that may take its time, such as hashing a large package. */
    public Params ask(String name, Params request, Duration limit) {
        lay();
        CommandResult result = shell.run(command(name, request).timeout(limit));
        return answer(name, result);
    }

    private Command command(String name, Params request) {
        String json = Base64.getEncoder().encodeToString(request.toJson().getBytes(StandardCharsets.UTF_8));
        return PowerShellCommand.of("-File", path("run"), name, json).maxOutput(1 << 20);
    }

    private Params answer(String name, CommandResult result) {
        if (result.status() == CommandResult.Status.UNKNOWN || result.status() == CommandResult.Status.TIMED_OUT) {
            throw GdsDatabaseException.environment("MSSQL-HOST-LOST")
                    .message("host " + host() + ": " + name + ": no answer after "
                            + result.took().toMillis() + " ms (" + result.status() + ").")
                    .remedy("check that the host is up and its remote shell answers.")
                    .retryable()
                    .build();
        }
        Params answer = result.output()
                .lines()
                .map(String::strip)
                .filter(line -> line.startsWith(ANSWER))
                .map(line -> decoded(name, line.substring(ANSWER.length())))
                .findFirst()
                .orElseThrow(() -> failed(name, "it exited with " + result.exitCode() + " and said: " + end(result)));
        if (answer.has("failed")) {
            throw failed(
                    name,
                    answer.string("failed") + " (line "
                            + answer.optionalString("at").orElse("unknown") + ")");
        }
        return answer;
    }

    private Params decoded(String name, String base64) {
        try {
            String json = new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
            List<Problem> problems = new ArrayList<>();
            Params answer = PlainJson.object(json, problems);
            if (!problems.isEmpty()) {
                throw failed(name, "it answered what is no JSON: " + problems.get(0));
            }
            return answer;
        } catch (IllegalArgumentException e) {
            throw failed(name, "its answer is cut off");
        }
    }

    private GdsDatabaseException failed(String name, String why) {
        return GdsDatabaseException.environment("MSSQL-HOST-SCRIPT")
                .message("host " + host() + ": script " + path(name) + ": " + why + ".")
                .remedy("read what it says; the script lies on the host and can be run there by hand.")
                .build();
    }

    private static String end(CommandResult result) {
        String said = (result.error().isBlank() ? result.output() : result.error()).strip();
        return said.length() > 500 ? "..." + said.substring(said.length() - 500) : said;
    }

    private synchronized void lay() {
        if (laid) {
            return;
        }
        CommandResult made =
                shell.run(SentScript.of("folder").with("path", root).command());
        if (!made.succeeded()) {
            throw untrusted(made);
        }
        if (shell.read(folder + "\\" + COMPLETE).isEmpty()) {
            for (String name : SCRIPTS) {
                shell.write(path(name), bytes(ScriptText.whole(name)), "600", "");
            }
            shell.write(folder + "\\" + COMPLETE, bytes("gds\n"), "600", "");
        }
        laid = true;
    }

    private GdsDatabaseException untrusted(CommandResult made) {
        String why =
                switch (made.exitCode()) {
                    case 3 -> "its access rights cannot be set";
                    case 4 -> "it belongs to somebody who is no administrator";
                    default -> "it cannot be made or looked at: " + made.status() + ", " + end(made);
                };
        return GdsDatabaseException.environment("MSSQL-HOST-FOLDER")
                .message("host " + host() + ": folder " + root + ": " + why + ".")
                .remedy(
                        "what lies there is run as SYSTEM: remove the folder, or name another one in shell.folder, and log in"
                                + " as an administrator.")
                .build();
    }

    private static byte[] bytes(String text) {
        // Windows PowerShell takes a file without a mark for the system's own code page.
        byte[] utf8 = text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
        byte[] marked = new byte[utf8.length + 3];
        marked[0] = (byte) 0xEF;
        marked[1] = (byte) 0xBB;
        marked[2] = (byte) 0xBF;
        System.arraycopy(utf8, 0, marked, 3, utf8.length);
        return marked;
    }

    private static String version() {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            SCRIPTS.forEach(name -> sha.update(bytes(ScriptText.whole(name))));
            return HexFormat.of().formatHex(sha.digest(), 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
