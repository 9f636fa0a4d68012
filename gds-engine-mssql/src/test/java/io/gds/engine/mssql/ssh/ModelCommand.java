package io.gds.engine.mssql.ssh;

import io.gds.database.testkit.windows.RunningCommand;
import io.gds.database.testkit.windows.WindowsHost;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;

/** A command of a session of MINA's server, which the model runs to its end. */
final class ModelCommand implements Command {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final WindowsHost host;
    private final String line;
    private OutputStream output = OutputStream.nullOutputStream();
    private OutputStream errors = OutputStream.nullOutputStream();
    private ExitCallback exit = (code, message, closes) -> {};

    ModelCommand(WindowsHost host, String line) {
        this.host = host;
        this.line = line;
    }

    @Override
    public void setInputStream(InputStream in) {
        // Commands of ours read nothing.
    }

    @Override
    public void setOutputStream(OutputStream out) {
        output = out;
    }

    @Override
    public void setErrorStream(OutputStream err) {
        errors = err;
    }

    @Override
    public void setExitCallback(ExitCallback callback) {
        exit = callback;
    }

    @Override
    public void start(ChannelSession channel, Environment environment) {
        Thread thread = new Thread(this::run, "model-command");
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try {
            RunningCommand.Piece all = host.login(line, "Administrator").finish(PATIENCE);
            output.write(all.stdout());
            output.flush();
            errors.write(all.stderr());
            errors.flush();
            exit.onExit(all.exitCode().orElseThrow());
        } catch (IOException e) {
            exit.onExit(255, e.toString());
        }
    }

    @Override
    public void destroy(ChannelSession channel) {
        // As on Windows, what runs goes on.
    }
}
